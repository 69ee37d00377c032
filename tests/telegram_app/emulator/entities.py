"""Which texts and entities are taken."""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from tests.telegram_app.emulator.refusal import refusal
from tests.telegram_app.emulator.utf16 import is_bound, piece, units

MAX_TEXT_UNITS = 4096
MAX_ENTITIES = 100

# What Telegram deletes or replaces: offsets that were counted before would then be wrong.
_CHANGED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")
_QUOTES = {"blockquote", "expandable_blockquote"}
_CODE = {"code", "pre"}
_KEYS: dict[str, set[str]] = {
    "text_link": {"url"},
    "text_mention": {"user"},
    "pre": {"language"},
    **dict.fromkeys(("bold", "italic", "underline", "strikethrough", "spoiler", "code"), set()),
    **dict.fromkeys(("blockquote", "expandable_blockquote"), set()),
    **dict.fromkeys(("mention", "hashtag", "bot_command", "url", "email"), set()),
}

Entity = dict[str, Any]


def check_text(text: object) -> str:
    """Return a text that would be sent as it is.

    Raises:
        ApiRefusal: if it is blank or too long, or would be changed.
    """
    if not isinstance(text, str) or not text.strip():
        raise refusal("message text is empty")
    if _CHANGED.search(text) or text != text.strip():
        raise refusal(f"strict: Telegram would change this text: {text[:40]!r}")
    if units(text) > MAX_TEXT_UNITS:
        raise refusal("message is too long")
    return text


def check_entities(text: str, entities: object) -> list[Entity]:
    """Return the entities of a text.

    Raises:
        ApiRefusal: if Telegram refuses one, would leave it out, or would move it.
    """
    if not isinstance(entities, list):
        raise refusal("can't parse entities: expected an Array")
    if len(entities) > MAX_ENTITIES:
        raise refusal(f"strict: {len(entities)} entities, and the last ones would be left out")
    for entity in entities:
        _check_shape(entity)
        _check_place(text, entity)
    for one, other in combinations(entities, 2):
        _check_nesting(one, other)
    return entities


def clipped(entities: Sequence[Entity], offset: int, length: int) -> list[Entity]:
    """Return what entities cover of a piece of their text, with offsets within the piece."""
    found = []
    for entity in entities:
        start = max(entity["offset"], offset)
        end = min(entity["offset"] + entity["length"], offset + length)
        if start < end:
            found.append({**entity, "offset": start - offset, "length": end - start})
    return found


def _check_shape(entity: object) -> None:
    if not isinstance(entity, dict) or not {"type", "offset", "length"} <= entity.keys():
        raise refusal("can't parse MessageEntity")
    kind = entity["type"]
    if kind not in _KEYS:
        raise refusal(f"can't parse MessageEntity: unknown type {kind!r}")
    others = entity.keys() - {"type", "offset", "length"}
    if others != _KEYS[kind] and not (kind == "pre" and not others):
        raise refusal(f"can't parse MessageEntity: {kind} with {sorted(others)}")
    if kind == "text_link" and not re.match(r"(https?|tg)://[^/\s]+", entity["url"]):
        raise refusal(f"strict: no link: {entity['url']!r}")


def _check_place(text: str, entity: Entity) -> None:
    offset, length = entity["offset"], entity["length"]
    if type(offset) is not int or type(length) is not int or offset < 0 or length <= 0:
        raise refusal(f"strict: an entity of length {length!r} at {offset!r}")
    if offset + length > units(text):
        raise refusal(f"entity ends behind the text, at {offset + length}")
    if not is_bound(text, offset) or not is_bound(text, offset + length):
        raise refusal(f"entity begins or ends in a middle of a UTF-16 symbol, at {offset}")
    words = piece(text, offset, length)
    if words != words.strip():
        raise refusal(f"strict: an entity over white space at its ends: {words!r}")


def _check_nesting(one: Entity, other: Entity) -> None:
    start, end = max(one["offset"], other["offset"]), min(_end(one), _end(other))
    if start >= end:
        return
    shared = end - start
    kinds = {one["type"], other["type"]}
    if shared < one["length"] and shared < other["length"]:
        raise refusal(f"strict: entities cross: {one}, {other}")
    if len(kinds) == 1 or kinds <= _QUOTES or kinds <= _CODE:
        raise refusal(f"strict: entities that cannot nest: {one}, {other}")
    code = one if one["type"] in _CODE else other
    outer = other if code is one else one
    if code["type"] in _CODE and (outer["type"] not in _QUOTES or code["length"] > shared):
        raise refusal(f"strict: code with another style: {one}, {other}")


def _end(entity: Entity) -> int:
    end: int = entity["offset"] + entity["length"]
    return end
