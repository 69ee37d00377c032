import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app.text.units import (
    clean,
    fitting_end,
    fitting_start,
    is_blank,
    one_clean_line,
    utf16_length,
)
from index.normalise import normalise
from tests.telegram_app.text.texts import texts

FAMILY = "👩‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\tc", "a b c"),
        ("a\nb", "a\nb"),
        ("a\r\nb", "a \nb"),
        ("a\rb\u2028c\x85d\fe", "a\nb\nc\nd\ne"),
        ("\ud83d\ude00", "\ufffd\ufffd"),
        ("😀", "😀"),
        ("\u202eabc", "\u2060abc"),
        ("\x7f\x9f", "  "),
    ],
)
def test_what_the_api_refuses_is_replaced(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(texts)
def test_a_clean_text_keeps_its_offsets(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned
    assert all(new == old or not old.isprintable() for new, old in zip(cleaned, text, strict=True))
    cleaned.encode()


@given(texts)
def test_a_normalised_text_is_clean(text: str) -> None:
    normal = normalise("".join(c for c in text if not "\ud800" <= c <= "\udfff"))

    assert clean(normal) == normal


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\u2800", "\u202e\ufeff", "\U000e0061"])
def test_nothing_to_see(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", " . ", "\u0301", "\ufffd", "😀"])
def test_something_to_see(text: str) -> None:
    assert not is_blank(text)


def test_a_line_is_one() -> None:
    assert one_clean_line(" a\nb\r\nc\x00 ") == "a b  c"


@pytest.mark.parametrize(("text", "length"), [("", 0), ("aé", 2), ("😀", 2), (FAMILY, 8)])
def test_length_in_utf_16(text: str, length: int) -> None:
    assert utf16_length(text) == length


@given(texts.map(clean), st.integers(0, 50), st.data())
def test_a_piece_fits_and_no_longer_one_would(text: str, limit: int, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text)))
    end, start = fitting_end(text, place, limit), fitting_start(text, place, limit)

    assert len(text[place:end].encode("utf-16-le")) // 2 == utf16_length(text[place:end]) <= limit
    assert utf16_length(text[start:place]) <= limit
    assert end == len(text) or utf16_length(text[place : end + 1]) > limit
    assert start == 0 or utf16_length(text[start - 1 : place]) > limit
