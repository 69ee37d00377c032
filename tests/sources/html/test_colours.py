import pytest

from index.sources.html.colours import (
    BLACK,
    WHITE,
    Colour,
    Ground,
    contrast,
    is_readable,
    parse_colour,
    parse_ground,
)

RED = Colour(1, 0, 0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("white", WHITE),
        ("#FFF", WHITE),
        ("rgb(255 0 0)", RED),
        ("rgba(255,255,255,.5)", Colour(1, 1, 1, 0.5)),
        ("transparent", Colour(0, 0, 0, 0)),
        ("canvastext", BLACK),
        ("oklch(100% 0 0)", WHITE),
        ("lab(0% 0 0)", BLACK),
        ("oklch(60% 0.2 30)", None),
        ("currentcolor", None),
        ("var(--ink)", None),
        ("no colour", None),
    ],
)
def test_reading_a_colour(text: str, expected: Colour | None) -> None:
    assert parse_colour(text) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#f00", (RED,)),
        ("no-repeat center red", (RED,)),
        ("linear-gradient(red, white)", (RED, WHITE)),
        ("rgb(0 0 0 / 50%)", (Colour(0.5, 0.5, 0.5),)),
        ("none", (WHITE,)),
        ("transparent", (WHITE,)),
        ("url(sea.jpg) red", None),
        ("var(--sea)", None),
        ("radial-gradient(var(--a), var(--b))", None),
    ],
)
def test_what_lies_behind_text(value: str, expected: Ground) -> None:
    assert parse_ground(value, (WHITE,)) == expected


def test_something_see_through_on_something_unknown_is_unknown() -> None:
    assert parse_ground("rgb(0 0 0 / 50%)", None) is None


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(BLACK, WHITE) == contrast(WHITE, BLACK) == pytest.approx(21)


@pytest.mark.parametrize(
    ("text", "ground", "expected"),
    [
        (BLACK, (WHITE,), True),
        (WHITE, (WHITE,), False),
        (WHITE, None, True),
        (WHITE, (WHITE, BLACK), True),
        (BLACK.fade(0.01), (WHITE,), False),
        (BLACK.fade(0.5), (WHITE,), True),
    ],
)
def test_text_is_readable_on_another_colour(text: Colour, ground: Ground, expected: bool) -> None:
    assert is_readable(text, ground) == expected
