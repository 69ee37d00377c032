"""`Span`: a half-open range of an article's text, and trimming one."""

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


def stripped(text: str, span: Span, characters: str | None = None) -> Span:
    """Return a span without white space, or without these characters, at its ends.

    An empty span comes back where nothing else is in it.
    """
    words = text[span.start : span.end]
    start = span.end - len(words.lstrip(characters))
    return Span(start, max(start, span.start + len(words.rstrip(characters))))
