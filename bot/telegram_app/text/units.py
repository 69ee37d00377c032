"""What Telegram counts and shows."""

import re

# What a message may not hold. Each is replaced by one other character, so that offsets stay true.
_LINE_BREAK = re.compile("\r(?!\n)|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x09\r\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
# Telegram deletes these: they would turn around our own words as well.
_OVERRIDE = re.compile("[\u202a-\u202e]")
# What Telegram deletes or counts as empty (TDLib, `strip_empty_characters` and
# `clean_input_string`), and what is drawn as nothing.
_BLANK = re.compile(
    "[\\s\xad\u030a\u0333\u033f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2800\ufeff\ufffc"
    "\U000e0000-\U000e007f]*"
)


def clean(text: str) -> str:
    r"""Return a text that the API accepts, of as many code points.

    Line breaks of every kind become `\n`, other control characters spaces, lone surrogates U+FFFD,
    and overrides of the writing direction invisible word joiners. Nothing of an `Article` changes.
    """
    text = _CONTROL.sub(" ", _LINE_BREAK.sub("\n", text))
    return _OVERRIDE.sub("\u2060", _SURROGATE.sub("\ufffd", text))


def one_clean_line(text: str) -> str:
    """Return a clean text with its line breaks as spaces, without white space at its ends."""
    return clean(text).replace("\n", " ").strip()


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: the API refuses such a message."""
    return _BLANK.fullmatch(text) is not None


def utf16_length(text: str) -> int:
    """Return the length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def fitting_end(text: str, start: int, limit: int) -> int:
    """Return the end of the longest piece from `start` of at most `limit` UTF-16 units."""
    end = min(start + limit, len(text))
    while (over := utf16_length(text[start:end]) - limit) > 0:
        # Each code point has two units at most: never more than needed is taken back.
        end -= (over + 1) // 2
    return end


def fitting_start(text: str, end: int, limit: int) -> int:
    """Return the start of the longest piece up to `end` of at most `limit` UTF-16 units."""
    start = max(end - limit, 0)
    while (over := utf16_length(text[start:end]) - limit) > 0:
        start += (over + 1) // 2
    return start
