"""Where a text may be cut, by graphemes and by words: the one door to `regex`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import regex  # type: ignore[import-untyped]

from index.spans import Span

# Thai, Lao, Burmese, Khmer, Japanese, Chinese: without spaces, only a dictionary parts the words.
# For a class of a regular expression.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
_IN_UNSPACED = re.compile(f"[{UNSPACED}]{{2}}")
_GRAPHEME = regex.compile(r"\X")
_WORD_BOUND = regex.compile(r"(?w)\b")
# In code points.
_AROUND = 64
# Their marks end a piece where no space does.
_UNSPACED_MARKS = "、。，．！？；：・…」』】）》〉〕"
_PIECE = re.compile(rf"[^\s{_UNSPACED_MARKS}]*[{_UNSPACED_MARKS}]+|[^\s{_UNSPACED_MARKS}]+")


def grapheme_bounds(text: str) -> list[int]:
    """Return where the text may be cut: 0, the end of each grapheme cluster.

    Source: Unicode Standard Annex 29, extended grapheme clusters.
    """
    return [0, *(match.end() for match in _GRAPHEME.finditer(text))]


def bound_before(bounds: list[int], offset: int) -> int:
    """Return the last bound that is not behind `offset`."""
    return bounds[bisect_right(bounds, offset) - 1]


def bound_behind(bounds: list[int], offset: int) -> int:
    """Return the first bound that is not before `offset`, which must be within the text."""
    return bounds[bisect_left(bounds, offset)]


def whole_words(text: str, span: Span) -> Span:
    """Return the span, widened so that it cuts no word.

    A word never goes over a line break; in scripts without spaces, what has no punctuation in it
    counts as one.
    Source: Unicode Standard Annex 29, default word boundaries.
    """
    first = text.rfind("\n", 0, span.start) + 1
    last = text.find("\n", span.end)
    last = last if last >= 0 else len(text)
    # Of a long line only what is around: a space parts words whatever stands next to it.
    first = max(first, text.rfind(" ", first, max(span.start - _AROUND, first)))
    around = text.find(" ", min(span.end + _AROUND, last), last)
    line = text[first : around if around >= 0 else last]
    found = (match.start() for match in _WORD_BOUND.finditer(line))
    inner = [at for at in found if at and not _IN_UNSPACED.match(line, at - 1)]
    bounds = [0, *inner, len(line)]
    start, end = span.start - first, span.end - first
    return Span(first + bound_before(bounds, start), first + bound_behind(bounds, end))


def pieces(line: str) -> Iterator[Span]:
    """Yield what stands between white space, or ends with a mark of a script without spaces.

    A line may be cut between two of them whatever its language is.
    """
    for match in _PIECE.finditer(line):
        yield Span(*match.span())
