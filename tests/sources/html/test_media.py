import pytest

from index.sources.html.media import applies_on_screen


@pytest.mark.parametrize(
    "query",
    [
        "",
        "all",
        "screen",
        "Screen, print",
        "only screen and (min-width: 600px)",
        "(max-width: 100em)",
        "not print",
        "(prefers-color-scheme: light)",
    ],
)
def test_what_holds_on_a_desktop_screen(query: str) -> None:
    assert applies_on_screen(query)


@pytest.mark.parametrize(
    "query",
    [
        "print",
        "not screen",
        "screen and (max-width: 600px)",
        "(min-width: 2000px)",
        "(prefers-color-scheme: dark)",
        "speech",
        "(whatever: this)",
    ],
)
def test_what_does_not(query: str) -> None:
    assert not applies_on_screen(query)
