"""`Words`: what a person wrote in a message, with what Telegram found in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message, MessageEntity

# What stands between the bot's name and the question.
_AFTER_NAME = re.compile(r"[\s,:;]*")
_UTF16 = "utf-16-le"
_WEB = re.compile(r"https?://", re.IGNORECASE)
_ANY_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LINKS = {MessageEntity.URL, MessageEntity.TEXT_LINK}


@dataclass(frozen=True, slots=True)
class Words:
    """A text as a person sent it.

    Attributes:
        text: of a message, or below its picture or document; empty where there is none.
        entities: what Telegram found in `whole`, in its UTF-16 units.
        whole: the text with what `text` leaves out.
        left_out: entities whose words are not in `text`.
    """

    text: str
    entities: tuple[MessageEntity, ...]
    whole: str
    left_out: tuple[MessageEntity, ...] = ()

    def of(self, entity: MessageEntity) -> str:
        """Return the words of an entity."""
        return _piece(self.whole, entity.offset, entity.offset + entity.length)

    def without(self, entities: Sequence[MessageEntity]) -> "Words":
        """Return the rest of the words, without what set off the first of these entities."""
        left_out = (*self.left_out, *entities)
        text = _without(self.whole, left_out) if left_out else self.text.strip()
        return Words(text, self.entities, self.whole, left_out)

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses of the web in the words, each once, in their order.

        One without "https://" counts only where nothing else is said: “README.md” looks like one.
        """
        found = [self._address(entity) for entity in self._links()]
        return tuple(dict.fromkeys(address for address in found if address is not None))

    @property
    def besides_links(self) -> str:
        """What is said besides the links; empty if it has no letter and no digit.

        Words that lead somewhere are said, too, unless nothing else is.
        """
        bare = self.without([one for one in self._links() if one.type == MessageEntity.URL])
        spoken = self.without(self._links())
        return bare.text if any(map(str.isalnum, spoken.text)) else ""

    def _links(self) -> list[MessageEntity]:
        links = [one for one in self.entities if one.type in _LINKS]
        full = [one for one in links if _WEB.match(one.url or self.of(one))]
        rest = self.without(links).text
        return full if any(map(str.isalnum, rest)) else links

    def _address(self, entity: MessageEntity) -> str | None:
        address = (entity.url or self.of(entity)).strip()
        if _WEB.match(address):
            return address
        return None if _ANY_SCHEME.match(address) else f"https://{address}"


def words_of(message: Message) -> Words:
    """Return the words of a message: its text, or what stands below its picture or document."""
    text, entities = message.text, message.entities
    if text is None:
        text, entities = message.caption or "", message.caption_entities
    return Words(text, tuple(entities), text)


def _piece(text: str, start: int, end: int) -> str:
    units = text.encode(_UTF16, "surrogatepass")
    return units[2 * start : 2 * end].decode(_UTF16, "surrogatepass")


def _without(text: str, entities: Sequence[MessageEntity]) -> str:
    """Return a text without these entities, and without what set off the first one."""
    units = text.encode(_UTF16, "surrogatepass")
    pieces: list[str] = []
    start = 0
    for entity in sorted(entities, key=lambda one: one.offset):
        pieces.append(units[2 * start : 2 * entity.offset].decode(_UTF16, "surrogatepass"))
        start = max(start, entity.offset + entity.length)
    pieces.append(units[2 * start :].decode(_UTF16, "surrogatepass"))
    if len(pieces) > 1 and not pieces[0].strip():
        pieces[1] = pieces[1][_AFTER_NAME.match(pieces[1]).end() :]  # type: ignore[union-attr]
    # Words on both sides of a name do not grow together.
    return " ".join(piece.strip() for piece in pieces if piece.strip())
