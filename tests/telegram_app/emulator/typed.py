"""What Telegram finds in a text that a person types: a command, mentions, links."""

import re

from tests.telegram_app.emulator.entities import Entity
from tests.telegram_app.emulator.utf16 import units

_COMMAND = re.compile(r"/\S+")
_MENTION = re.compile(r"(?<!\S)@[A-Za-z0-9_]+")
# With a scheme anything goes; without one, only a host in a domain that there is.
_LINK = re.compile(
    r"https?://[^\s<>\"]+|(?<![\w@./])(?:[a-z0-9-]+\.)+(?:com|org|net|io|md|de)(?:/[^\s<>\"]*)?\b",
    re.IGNORECASE,
)
_BEHIND_LINK = ".,:;!?)”»'"


def typed(text: str) -> list[Entity]:
    """Return the entities of a text, in order."""
    found = [_entity("bot_command", text, match) for match in _first(_COMMAND.match(text))]
    found += [_entity("mention", text, match) for match in _MENTION.finditer(text)]
    found += [_link(text, match) for match in _LINK.finditer(text)]
    return sorted(found, key=lambda entity: entity["offset"])


def _first(match: re.Match[str] | None) -> list[re.Match[str]]:
    return [] if match is None else [match]


def _entity(kind: str, text: str, match: re.Match[str]) -> Entity:
    return {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}


def _link(text: str, match: re.Match[str]) -> Entity:
    bare = match[0].rstrip(_BEHIND_LINK)
    return {"type": "url", "offset": units(text[: match.start()]), "length": units(bare)}
