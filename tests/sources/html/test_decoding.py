import pytest

from index.sources.html.decoding import decode_html

CYRILLIC = "<p>Троллейбус, который привозил книги, стоит теперь во дворе школы.</p>"


def test_a_mark_decides() -> None:
    assert decode_html("<p>é</p>".encode("utf-8-sig"), "windows-1251") == "<p>é</p>"
    assert decode_html("<p>é</p>".encode("utf-16"), None) == "<p>é</p>"


def test_what_is_utf_8_is_read_as_that_whatever_is_declared() -> None:
    assert decode_html("<p>naïve café</p>".encode(), "iso-8859-1") == "<p>naïve café</p>"


@pytest.mark.parametrize("charset", ["windows-1251", "CP1251", ' "windows-1251" '])
def test_the_transport_names_the_encoding(charset: str) -> None:
    assert decode_html(CYRILLIC.encode("windows-1251"), charset) == CYRILLIC


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
        "<META CHARSET=Windows-1251>",
    ],
)
def test_the_page_names_the_encoding(declaration: str) -> None:
    text = declaration + CYRILLIC
    assert decode_html(text.encode("windows-1251")) == text


def test_a_wrong_declaration_of_the_transport_gives_way_to_that_of_the_page() -> None:
    text = '<meta charset="windows-1251">' + CYRILLIC
    assert decode_html(text.encode("windows-1251"), "utf-8") == text


def test_latin_1_means_windows_1252_on_the_web() -> None:
    assert decode_html("<p>“café”</p>".encode("windows-1252"), "iso-8859-1") == "<p>“café”</p>"


def test_seven_bit_japanese_is_no_ascii() -> None:
    text = "<p>駅の伝言板</p>"
    assert decode_html(text.encode("iso-2022-jp"), "iso-2022-jp") == text


def test_the_letters_tell_where_nothing_is_declared() -> None:
    assert decode_html(CYRILLIC.encode("windows-1251")) == CYRILLIC


def test_one_broken_character_leaves_the_rest_in_utf_8() -> None:
    raw = b'<meta charset="utf-8">' + "Grüße ".encode() * 50 + b"\xff"
    assert decode_html(raw).endswith("Grüße \ufffd")


@pytest.mark.parametrize("charset", ["no-such", "", "x-user-defined"])
def test_a_declaration_that_says_nothing_is_passed_over(charset: str) -> None:
    assert decode_html(b"<p>plain words</p>", charset).endswith("</p>")
