import sys
import time
import unicodedata

import pytest
from hypothesis import given

from index.normalise import normalise
from tests.nasty_text import nasty_texts

FLAG_OF_ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
# Format characters that are drawn: number signs and the like stand over or under what follows.
DRAWN = {"\u0600", "\u0601", "\u0602", "\u0603", "\u0604", "\u0605", "\u06dd", "\u070f", "\u08e2"}
DRAWN |= {"\u0890", "\u0891", "\U000110bd", "\U000110cd", "\ufff9", "\ufffa", "\ufffb"}
DRAWN |= {chr(code) for code in range(0x13430, 0x13440)}
JOINERS = {"\u200c", "\u200d"}
# Drawn as nothing, though not of a category that says so.
BLANK_LETTERS = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u3164", "\uffa0"}


def is_unwanted(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        (category in ("Cc", "Zl", "Zp", "Zs") and character not in "\n ")
        or (category == "Cf" and character not in DRAWN | JOINERS)
        or character in BLANK_LETTERS
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One.\r\nTwo.\rThree.\nFour.", "One.\nTwo.\nThree.\nFour."),
        ("a\vb\fc\x1cd\x1de\x1ef\x85g\u2028h\u2029i", "a\nb\nc\nd\ne\nf\ng\nh\ni"),
        ("One.\r\n\r\n \t\r\n\r\nTwo.", "One.\n\nTwo."),
        ("One.\n\u200b\n\n\xad\nTwo.", "One.\n\nTwo."),
        ("  \n\ufeffOne.  \n  Two. \n\n", "One.\n  Two."),
        ("a\tb\xa0c\u202fd\u3000e", "a b c d e"),
        ("a  b", "a  b"),
        ("\x00na\x07me\x1b\x7f\x9f", "name"),
        ("co\xadop\u2060er\u200bate\ufeff", "cooperate"),
        ("\u202eabc\u202c \u2066d\u2069\u200e", "abc d"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("½ ﬁ ①", "½ ﬁ ①"),
        ("a\u200db \u200cc", "ab c"),
        ("é\u200d é\u200c", "é é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧 ❤\ufe0f", "👩\u200d👩\u200d👧 ❤\ufe0f"),
        (FLAG_OF_ENGLAND + " a\U000e0067b", FLAG_OF_ENGLAND + " ab"),
        ("", ""),
        ("\ufeff \u200b\n", ""),
    ],
)
def test_keeps_what_is_seen(text: str, expected: str) -> None:
    assert normalise(text) == expected


def test_a_letter_that_turns_into_ascii_leaves_no_joiner_behind() -> None:
    assert normalise("\u212a\u200dx") == "Kx"


def test_no_code_point_is_invisible_between_letters() -> None:
    odd = [chr(code) for code in range(sys.maxunicode + 1)]
    odd = [character for character in odd if is_unwanted(character)]
    assert {character for character in normalise("é".join(odd)) if is_unwanted(character)} == set()
    assert len(odd) > 200


@given(text=nasty_texts())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(text=nasty_texts())
def test_nothing_invisible_is_left(text: str) -> None:
    left = normalise(text)
    tags = range(0xE0020, 0xE0080)
    assert [c for c in left if is_unwanted(c) and ord(c) not in tags] == []
    assert all(
        left[place - 1] == "🏴" or ord(left[place - 1]) in tags
        for place, c in enumerate(left)
        if ord(c) in tags
    )
    assert unicodedata.is_normalized("NFC", left)
    assert "\n\n\n" not in left
    assert " \n" not in left
    assert left == left.strip(" \n")


@given(text=nasty_texts())
def test_every_letter_and_digit_is_kept(text: str) -> None:
    def visible(words: str) -> str:
        kept = (c for c in unicodedata.normalize("NFD", words) if c.isalnum())
        return "".join(c for c in kept if c not in BLANK_LETTERS)

    assert visible(normalise(text)) == visible(text)


@pytest.mark.parametrize("run", [" ", "\u200d", "\n ", "\r", "\u0301"])
def test_long_runs_take_linear_time(run: str) -> None:
    started = time.process_time()
    normalise("é" + run * 20_000 + "x")
    assert time.process_time() - started < 1  # a pattern that looks back at each took seven
