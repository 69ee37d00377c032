"""Text and entities → HTML, as a client shows them."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from tests.telegram_app.emulator.utf16 import piece, units

Entity = Mapping[str, Any]

_TAGS = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_BLOCKS = {"blockquote", "expandable_blockquote", "pre"}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a text, in UTF-16 units, and what is laid on it."""

    text: str
    start: int
    end: int


def html_of(text: str, entities: Sequence[Entity]) -> Markup:
    """Return a text as HTML; entities lie within one another or apart, as Telegram wants them."""
    # Of those over the same words, a block is the outer one.
    ordered = sorted(
        entities, key=lambda one: (one["offset"], -one["length"], one["type"] not in _BLOCKS)
    )
    return _inside(_Piece(text, 0, units(text)), ordered)


def ends_from_right(text: str) -> bool:
    """Whether the last line of a text is written from right to left, by its first letter."""
    directions = map(unicodedata.bidirectional, text.rpartition("\n")[2])
    return next((one for one in directions if one in {"L", "R", "AL"}), "L") != "L"


def _inside(whole: _Piece, entities: Sequence[Entity]) -> Markup:
    html = Markup()
    at = whole.start
    left = list(entities)
    while left:
        outer = left.pop(0)
        start, end = outer["offset"], outer["offset"] + outer["length"]
        inner = [one for one in left if one["offset"] < end]
        left = left[len(inner) :]
        html += _plain(whole.text, at, start, before_block=outer["type"] in _BLOCKS)
        html += _wrapped(outer, _inside(_Piece(whole.text, start, end), inner))
        at = end
        # A block ends its line by itself.
        if outer["type"] in _BLOCKS and piece(whole.text, at, 1) == "\n" and at < whole.end:
            at += 1
    return html + _plain(whole.text, at, whole.end, before_block=False)


def _plain(text: str, start: int, end: int, *, before_block: bool) -> Markup:
    words = piece(text, start, end - start)
    # And it begins a new one.
    return escape(words.removesuffix("\n") if before_block else words)


def _wrapped(entity: Entity, inner: Markup) -> Markup:
    kind = entity["type"]
    if kind == "text_link":
        return Markup('<a href="{}">{}</a>').format(entity["url"], inner)
    tag = Markup(_TAGS.get(kind, "span"))
    name = "expandable" if kind == "expandable_blockquote" else kind
    return Markup('<{} class="{}">{}</{}>').format(tag, name, inner, tag)
