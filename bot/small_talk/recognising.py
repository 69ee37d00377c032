"""`small_talk`: whether a message is small talk, and of which kind.

A message is taken only if all of it is made of phrases that are known: "thanks a lot, that helped"
is thanks, "thanks to whom did they win?" is a question.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from bot.small_talk.phrases import FILLERS, PHRASES, Kind

# Longer messages are no small talk, or have a question in them.
_MOST_WORDS = 14
_MOST_CHARACTERS = 120

_WORD = re.compile(r"/?\w+")
_APOSTROPHES = re.compile("['’‘`´]")
_OF_PICTURES = {"So", "Sk", "Cf", "Mn", "Me"}
# Drawn with punctuation and letters: ":-D", "<3", "^^".
_FACE = re.compile(r"(?<!\w)(?:[:;=][-'^o]?[()\[\]dpo/|*3]+|<3+|\^_*\^)(?!\w)")
# "f***", "sh*t": what is hidden is meant to be understood.
_HIDDEN = re.compile(r"\b[a-z]+[*#@$%]+[a-z*#@$%]*(?!\w)", re.IGNORECASE)
_SWEARING = re.compile(r"\b(?:fuck(?:ing|er|ed)?|shit|bullshit|fck|fuk)\b", re.IGNORECASE)
_SWEARWORD = "swearword"
_EVERYTHING = "\n".join([FILLERS, *PHRASES.values()])
_LONG_DRAWN = re.compile(r"([a-z])\1{2,}")


def small_talk(text: str) -> Kind | None:
    """Return the kind of small talk that a message is, or None if it may ask something.

    Where it is of several kinds, the one that wants an answer most is returned; "about" asks what
    the article is about.

    Args:
        text: as it was typed.
    """
    if len(text) > _MOST_CHARACTERS:
        return None
    plain = unicodedata.normalize("NFKC", text).casefold()
    without_pictures = _FACE.sub(" ", _without_pictures(plain))
    spoken = _SWEARING.sub(_SWEARWORD, _HIDDEN.sub(_SWEARWORD, without_pictures))
    words = " ".join(_WORD.findall(_APOSTROPHES.sub("", spoken)))
    if words:
        return _kind(words)
    return "emoji" if without_pictures != plain else "empty"


def _without_pictures(text: str) -> str:
    """Return a text with a space for each picture: symbols, tones of skin, and what joins them."""
    return "".join(
        " " if unicodedata.category(character) in _OF_PICTURES else character for character in text
    )


def _kind(words: str) -> Kind | None:
    if words.count(" ") >= _MOST_WORDS:
        return None
    for form in _forms(words):
        if _of_phrases().fullmatch(form):
            return next((kind for kind in PHRASES if _of_kind(kind).fullmatch(form)), None)
    return None


def _forms(words: str) -> Iterator[str]:
    """Yield a message, and where letters are drawn out ("sooo cooool") what it may be short for."""
    yield words
    if _LONG_DRAWN.search(words):
        yield _LONG_DRAWN.sub(r"\1", words)
        yield _LONG_DRAWN.sub(r"\1\1", words)


@cache
def _of_phrases() -> re.Pattern[str]:
    """Return what matches nothing but known phrases; tried first, since each kind's takes long."""
    phrase = _alternatives(_EVERYTHING)
    return re.compile(rf"(?:{phrase})(?: (?:{phrase}))*")


@cache
def _of_kind(kind: Kind) -> re.Pattern[str]:
    """Return what matches a phrase of a kind with known phrases around it."""
    phrase = _alternatives(_EVERYTHING)
    of_kind = _alternatives(PHRASES[kind])
    return re.compile(rf"(?:(?:{phrase}) )*(?:{of_kind})(?: (?:{phrase}))*")


def _alternatives(patterns: str) -> str:
    lines = patterns.replace("\\\n", "").splitlines()  # a backslash goes on in the next line
    return "|".join(f"(?:{line})" for line in lines if line)
