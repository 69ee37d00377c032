from pathlib import Path

import pytest

from index.library.address import absolute_source, address_of, is_web_address


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://Tea.example/A?b=1#c", "https://tea.example/A?b=1"),
        ("HTTP://tea.example:80", "http://tea.example/"),
        ("https://tea.example:8443/a", "https://tea.example:8443/a"),
        ("https://tea.example:443/a", "https://tea.example/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://tea.example:port/", "https://tea.example:port/"),
        ("/a/../b/./c.txt", "/b/c.txt"),
        ("sent.txt", None),
        ("", None),
        ("/a\0b", None),
    ],
)
def test_the_same_address_has_one_form(source: str, address: str | None) -> None:
    assert address_of(source) == address


def test_a_path_is_made_absolute_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert absolute_source("a.txt") == str(tmp_path / "a.txt")
    assert absolute_source("/a.txt") == "/a.txt"
    assert absolute_source("https://tea.example/a") == "https://tea.example/a"


def test_other_schemes_are_no_web_address() -> None:
    assert not is_web_address("ftp://tea.example/")
    assert is_web_address("HTTPS://tea.example/")
