"""`RichText`: a text with styles, and the entities that Telegram wants for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.telegram_app.text.units import clean, utf16_length
from index.spans import Span, stripped

MAX_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)


class Style(StrEnum):
    """How words are shown; the most important first, which is what a full message keeps.

    A link works only as one, and without its quote a folded text fills the screen; the others only
    set words off.
    """

    TEXT_LINK = MessageEntityType.TEXT_LINK.value
    EXPANDABLE_BLOCKQUOTE = MessageEntityType.EXPANDABLE_BLOCKQUOTE.value
    BLOCKQUOTE = MessageEntityType.BLOCKQUOTE.value
    BOLD = MessageEntityType.BOLD.value
    UNDERLINE = MessageEntityType.UNDERLINE.value
    CODE = MessageEntityType.CODE.value
    ITALIC = MessageEntityType.ITALIC.value


_IMPORTANCE = {style: place for place, style in enumerate(Style)}
_BLOCKQUOTES = frozenset({Style.BLOCKQUOTE, Style.EXPANDABLE_BLOCKQUOTE})
# What cannot stand inside of what, by Telegram's rules for nested entities.
_NEVER_INSIDE: dict[Style, frozenset[Style]] = {
    Style.CODE: frozenset(Style),
    Style.TEXT_LINK: _BLOCKQUOTES | {Style.TEXT_LINK, Style.CODE},
    Style.BLOCKQUOTE: _BLOCKQUOTES,
    Style.EXPANDABLE_BLOCKQUOTE: _BLOCKQUOTES,
}
_NEVER_AROUND_CODE = frozenset({Style.BOLD, Style.UNDERLINE, Style.ITALIC})


@dataclass(frozen=True, slots=True)
class StyledSpan:
    """Where a style is.

    Attributes:
        start: offset of the first code point.
        end: offset behind the last one.
        style: how these words are shown.
        url: where a text link leads; None for every other style.
    """

    start: int
    end: int
    style: Style
    url: str | None = None


@dataclass(frozen=True, slots=True)
class RichText:
    """A text with styles; never changes.

    Any text is data: nothing in it is markup, and what the API refuses is replaced, one code point
    by one, so that every offset stays true. Spans are made by `styled`; one either holds another
    or has nothing in common with it.

    Attributes:
        text: the words; offsets count their Unicode code points.
        spans: where the styles are.
    """

    text: str = ""
    spans: tuple[StyledSpan, ...] = ()

    def __post_init__(self) -> None:
        """Replace what the API refuses."""
        object.__setattr__(self, "text", clean(self.text))

    def plain(self) -> str:
        """Return the words without their styles."""
        return self.text

    @property
    def utf16_length(self) -> int:
        """Length as Telegram's limits count it, in UTF-16 units."""
        return utf16_length(self.text)

    def __add__(self, other: "RichText | str") -> "RichText":
        """Return both, one behind the other; a `str` has no style."""
        return RichText().join([self, other])

    def join(self, parts: "Iterable[RichText | str]") -> "RichText":
        """Return these parts, with this text between each two of them."""
        texts: list[str] = []
        spans: list[StyledSpan] = []
        length = 0
        for number, part in enumerate(parts):
            for piece in (self, part) if number else (part,):
                rich = piece if isinstance(piece, RichText) else RichText(piece)
                texts.append(rich.text)
                spans.extend(_shifted(rich.spans, length))
                length += len(rich.text)
        return RichText("".join(texts), tuple(spans))

    def styled(self, style: Style, url: str | None = None) -> "RichText":
        """Return the whole text in one more style.

        Blockquotes do not nest: the outer one stays. Code has no other style in it, and what is
        laid around code leaves it out.

        Args:
            style: what to show it as.
            url: where a text link leads.

        Raises:
            ValueError: if a text link has no url, or another style has one.
        """
        if (style is Style.TEXT_LINK) != bool(url):
            raise ValueError(f"url is for text links, and {style.value} has {url!r}")
        never_inside = _NEVER_INSIDE.get(style, frozenset()) | {style}
        inner = tuple(span for span in self.spans if span.style not in never_inside)
        outer = StyledSpan(0, len(self.text), style, clean(url) if url else None)
        return replace(self, spans=(*_around_code(outer, inner), *inner))

    def slice(self, start: int, end: int) -> "RichText":
        """Return the piece `[start, end)`, in code points, with the styles that it has here."""
        bounds = Span(max(start, 0), min(end, len(self.text)))
        clipped = (
            replace(span, start=max(span.start, bounds.start), end=min(span.end, bounds.end))
            for span in self.spans
        )
        kept = [span for span in clipped if span.start < span.end]
        return RichText(self.text[bounds.start : bounds.end], tuple(_shifted(kept, -bounds.start)))

    def entities(self) -> tuple[MessageEntity, ...]:
        """Return the styles as the API takes them, in UTF-16 units, outer ones first.

        None begins or ends with white space, or is empty. A message has at most 100: over that,
        italics lose their style first, then code, underline, bold, quotes and links; of one style,
        the last in the text.
        """
        trimmed = (_trimmed(self.text, span) for span in self.spans)
        spans = [span for span in trimmed if span.start < span.end]
        spans.sort(key=lambda span: (_IMPORTANCE[span.style], span.start))
        kept = sorted(spans[:MAX_ENTITIES], key=_outer_first)
        entities = [
            MessageEntity(span.style.value, span.start, span.end - span.start, url=span.url)
            for span in kept
        ]
        adjusted = MessageEntity.adjust_message_entities_to_utf_16(self.text, entities)
        # Built anew: an adjusted entity still compares and hashes by its old offsets.
        return tuple(MessageEntity(e.type, e.offset, e.length, url=e.url) for e in adjusted)


def _shifted(spans: Iterable[StyledSpan], by: int) -> Iterator[StyledSpan]:
    return (replace(span, start=span.start + by, end=span.end + by) for span in spans)


def _trimmed(text: str, span: StyledSpan) -> StyledSpan:
    bare = stripped(text, Span(span.start, span.end))
    return replace(span, start=bare.start, end=bare.end)


def _outer_first(span: StyledSpan) -> tuple[int, int, bool, int]:
    inside_quote = span.style not in _BLOCKQUOTES
    return (span.start, -span.end, inside_quote, _IMPORTANCE[span.style])


def _around_code(outer: StyledSpan, inner: tuple[StyledSpan, ...]) -> list[StyledSpan]:
    """Return the pieces of `outer` that leave out code and cross no other span."""
    code = [span for span in inner if span.style is Style.CODE]
    if not code or outer.style not in _NEVER_AROUND_CODE:
        return [outer]
    bounds = {offset for span in inner for offset in (span.start, span.end)}
    places = pairwise(sorted({outer.start, outer.end} | bounds))
    return [
        replace(outer, start=start, end=end)
        for start, end in places
        if not any(span.start <= start and end <= span.end for span in code)
    ]
