"""The ends of an answer: no dangling punctuation, no bracket or quotation mark without its half."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.spans import Span

_ABBREVIATION_END = re.compile(r"(?:\b[^\W\d_]\.){2,}\Z")
_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", "‘": "’", "«": "»", "„": "“"}
_CLOSING = frozenset(_PAIRS.values())
# One sign for both halves.
_SAME = "\"'`"
_APOSTROPHES = "'’"
# What an answer does not end with, unless it belongs to its last word.
_DANGLING = " \t\n\r\u00a0.,;:!?…-–—|/\\*_•·"
_LEADING = " \t\n\r\u00a0.,;:!?…–—|/\\*_•·)]}”’»"


@dataclass(frozen=True, slots=True)
class _Marks:
    """The brackets and quotation marks of a text.

    Attributes:
        halves: place of an opening one → place of the closing one.
        lone: places of those without another half.
    """

    halves: dict[int, int]
    lone: frozenset[int]


def tidied(text: str, span: Span) -> Span:
    """Drop dangling punctuation, and brackets and quotation marks without their other half.

    Where a pair of them stands round the whole answer, both are dropped.
    """
    start, end = span.start, span.end
    while True:
        before = start, end
        while start < end and text[start] in _LEADING and not _begins_number(text, start, end):
            start += 1
        while start < end and text[end - 1] in _DANGLING and not _ends_abbreviation(text, end):
            end -= 1
        start, end = _without_halves(text, start, end)
        if (start, end) == before:
            return Span(start, end)


def _begins_number(text: str, start: int, end: int) -> bool:
    """Whether a point or a sign there belongs to a number: ".5", "–3"."""
    return text[start] in ".–" and start + 1 < end and text[start + 1].isdigit()


def _ends_abbreviation(text: str, end: int) -> bool:
    return _ABBREVIATION_END.search(text, max(end - 12, 0), end) is not None


def _without_halves(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    last = len(inside) - 1
    marks = _marks(inside)
    if 0 in marks.lone:
        return start + 1, end
    if last in marks.lone:
        return start, end - 1
    if marks.halves.get(0) == last and inside[1:last].strip():
        return start + 1, end - 1
    return start, end


def _marks(inside: str) -> _Marks:
    """Find out which mark belongs to which."""
    halves: dict[int, int] = {}
    lone: list[int] = []
    opened: list[int] = []
    for place, sign in _signs(inside):
        opening = next((at for at in reversed(opened) if _closes(inside[at], sign)), None)
        if opening is not None:
            halves[opening] = place
            lone += [at for at in opened if at > opening]
            opened = [at for at in opened if at < opening]
        elif sign in _APOSTROPHES and inside[place - 1 : place] == "s":
            continue  # "the Iraqis'"
        elif sign in _PAIRS or sign in _SAME:
            opened.append(place)
        else:
            lone.append(place)
    return _Marks(halves, frozenset(lone + opened))


def _signs(inside: str) -> Iterator[tuple[int, str]]:
    """Yield the brackets and quotation marks; an apostrophe within a word is none."""
    for place, sign in enumerate(inside):
        if sign not in _PAIRS and sign not in _CLOSING and sign not in _SAME:
            continue
        neighbours = inside[max(place - 1, 0) : place], inside[place + 1 : place + 2]
        if not (sign in _APOSTROPHES and all(map(str.isalnum, neighbours))):
            yield place, sign


def _closes(opening: str, sign: str) -> bool:
    return _PAIRS.get(opening) == sign or (opening == sign and sign in _SAME)
