"""`Span`: a half-open range of an article's text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of a text, in Unicode code points.

    Attributes:
        start: offset of the first code point, at least 0.
        end: offset behind the last code point, at least `start`.
    """

    start: int
    end: int
