"""Splitting a text into messages, and shortening one."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from telegram.constants import MessageLimit

from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.units import fitting_end, is_blank
from bot.text_bounds import bound_before, bound_behind, grapheme_bounds
from index.sentences import split_sentences
from index.spans import Span, stripped

MAX_MESSAGE_UNITS = int(MessageLimit.MAX_TEXT_LENGTH)

_ELLIPSIS = "…"
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LINE_END = re.compile(r"\n")
_SPACE = re.compile(r"\s")
# A character outside the Basic Multilingual Plane has two units.
_MIN_UNITS = 2


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where a text is best cut; offsets in code points, in order.

    Attributes:
        paragraphs: the ends of its paragraphs.
        sentences: the ends of its sentences; where a paragraph ends, one does too.
    """

    paragraphs: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()

    @classmethod
    def of_text(cls, text: str) -> "Breaks":
        """Return the breaks of a text whose paragraphs are parted by blank lines."""
        return cls.of_blocks(text, _blocks(text))

    @classmethod
    def of_blocks(cls, text: str, blocks: Iterable[Span]) -> "Breaks":
        """Return the ends of these paragraphs and of the sentences in them."""
        paragraphs: list[int] = []
        sentences: list[int] = []
        for block in blocks:
            paragraphs.append(block.end)
            sentences.extend(sentence.end for sentence in split_sentences(text, block))
            sentences.append(block.end)
        return cls(tuple(paragraphs), tuple(sentences))


def split(text: RichText, limit: int = MAX_MESSAGE_UNITS) -> list[RichText]:
    """Split a text into messages.

    A cut is made where a paragraph ends, if that leaves the part at least half full; else where a
    sentence ends, a line, a word, a grapheme. So a sentence that fits into one message is not cut.
    What is cut in two keeps its style in both parts.

    Args:
        text: what to send.
        limit: longest part, in UTF-16 units, at least 2.

    Returns:
        The parts in order, none of them blank. Together they hold every character except white
        space at cuts and at both ends. Only a grapheme that is longer than the limit is cut.

    Raises:
        ValueError: if the limit is under 2.
    """
    plain = text.plain()
    # Finding sentences takes longer than all the rest: most texts fit, and need none.
    breaks = Breaks() if text.utf16_length <= limit else Breaks.of_text(plain)
    return [text.slice(span.start, span.end) for span in cut_spans(plain, limit, breaks)]


def cut_spans(text: str, limit: int, breaks: Breaks) -> Iterator[Span]:
    """Yield the parts of a text, as `split` does, cut at these breaks where that can be.

    Raises:
        ValueError: if the limit is under 2 UTF-16 units.
    """
    if limit < _MIN_UNITS:
        raise ValueError(f"limit must be at least {_MIN_UNITS} UTF-16 units, not {limit}")
    bounds = grapheme_bounds(text)
    rest = _bare(text, bounds, Span(0, len(text)))
    while rest.start < rest.end:
        end = _end_of_part(text, rest, limit, breaks, bounds)
        part = _bare(text, bounds, Span(rest.start, end))
        if not is_blank(text[part.start : part.end]):
            yield part
        rest = _bare(text, bounds, Span(end, rest.end))


def cut(text: RichText, limit: int) -> RichText:
    """Shorten a text that is too long, with "…" for what is left out.

    Args:
        text: what to show.
        limit: longest result, in UTF-16 units, at least 1.

    Raises:
        ValueError: if the limit is under 1.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1 UTF-16 unit, not {limit}")
    if text.utf16_length <= limit:
        return text
    plain = text.plain()
    bounds = grapheme_bounds(plain)
    hard_end = bound_before(bounds, fitting_end(plain, 0, limit - len(_ELLIPSIS)))
    end = _last(_matches(_SPACE, plain, Span(hard_end // 2, hard_end)), bounds) or hard_end
    end = _bare(plain, bounds, Span(0, end)).end
    # The ellipsis stands for the character at the cut, and takes its styles.
    shown = text.slice(0, end + 1)
    spans = tuple(span for span in shown.spans if span.start < end)
    return replace(shown, text=plain[:end] + _ELLIPSIS, spans=spans)


def _blocks(text: str) -> Iterator[Span]:
    """Yield what lies between blank lines."""
    start = 0
    for blank_line in _BLANK_LINE.finditer(text):
        yield Span(start, blank_line.start())
        start = blank_line.end()
    yield Span(start, len(text))


def _end_of_part(text: str, rest: Span, limit: int, breaks: Breaks, bounds: list[int]) -> int:
    """Return the best place to cut what is left of a text; `rest` begins with no white space."""
    start = rest.start
    hard_end = fitting_end(text, start, limit)
    if hard_end >= rest.end:
        return rest.end
    anywhere, half_full = Span(start + 1, hard_end), Span((start + hard_end + 1) // 2, hard_end)
    choices = (
        _within(breaks.paragraphs, half_full),
        _within(breaks.sentences, anywhere),
        _matches(_LINE_END, text, anywhere),
        _matches(_SPACE, text, anywhere),
    )
    for places in choices:
        place = _last(places, bounds)
        if place is not None:
            return place
    place = bound_before(bounds, hard_end)
    return place if place > start else hard_end


def _within(places: tuple[int, ...], span: Span) -> Iterator[int]:
    """Yield these places from `span.start` up to and with `span.end`, the last first."""
    for number in range(bisect_right(places, span.end) - 1, -1, -1):
        if places[number] < span.start:
            return
        yield places[number]


def _matches(pattern: re.Pattern[str], text: str, span: Span) -> Iterator[int]:
    """Yield where a pattern matches, from `span.start` up to and with `span.end`, last first."""
    found = [match.start() for match in pattern.finditer(text, span.start, span.end + 1)]
    yield from reversed(found)


def _last(places: Iterable[int], bounds: list[int]) -> int | None:
    """Return the first of these places that parts no grapheme, or None."""
    return next((place for place in places if bound_before(bounds, place) == place), None)


def _bare(text: str, bounds: list[int], span: Span) -> Span:
    """Return a span without white space at its ends, where that is no part of a grapheme."""
    bare = stripped(text, span)
    if bare.start == bare.end:
        return bare
    start = max(bound_before(bounds, bare.start), span.start)
    return Span(start, min(bound_behind(bounds, bare.end), span.end))
