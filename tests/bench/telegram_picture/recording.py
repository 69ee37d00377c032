"""Conversations as JSON, so that a picture can be drawn again without the bot."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.people import Chat

SCHEMA = 1

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Screen:
    """A chat as it is drawn, one beside the other.

    Attributes:
        caption: stands above it.
        title: the chat's name.
        subtitle: below the name.
        messages: from top to bottom.
        popup: text of a window over it, as a pressed button opens it; None for none.
    """

    caption: str
    title: str
    subtitle: str
    messages: tuple[Json, ...]
    popup: str | None = None


def record(chat: Chat, caption: str, popup: str | None = None) -> Screen:
    """Return what is to be seen in a chat now."""
    private = chat.state.kind == "private"
    return Screen(
        caption=caption,
        title="Article bot" if private else chat.state.name,
        subtitle="bot" if private else "group",
        messages=tuple(_recorded(message, chat) for message in chat.messages),
        popup=popup,
    )


def save(path: Path, screens: Sequence[Screen]) -> None:
    """Write screens, to be read by `load`."""
    content = {
        "schema": SCHEMA,
        "screens": [
            {name: getattr(screen, name) for name in Screen.__slots__} for screen in screens
        ],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> list[Screen]:
    """Read screens that were saved."""
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["schema"] != SCHEMA:
        raise ValueError(f"{path} has schema {content['schema']}, not {SCHEMA}")
    return [
        Screen(**{**screen, "messages": tuple(screen["messages"])}) for screen in content["screens"]
    ]


def _recorded(message: Message, chat: Chat) -> Json:
    return {
        "name": message.sender["first_name"],
        "is_bot": message.is_from_bot,
        "is_mine": message.sender["id"] == chat.person.id,
        "text": _shown(message),
        "entities": message.entities,
        "reply": _reply(message, chat),
        "keyboard": [
            [{"label": button.label, "kind": button.kind} for button in row]
            for row in message.keyboard
        ],
        "is_edited": message.is_edited,
        "time": time.strftime("%H:%M", time.gmtime(message.date)),
    }


def _shown(message: Message) -> str | None:
    """Return what a client shows of a message: its text, or a document with the words below it."""
    document = message.extra.get("document")
    if document is None:
        return message.text
    words = (f"📄 {document.get('file_name', 'Document')}", message.extra.get("caption"))
    return "\n".join(filter(None, words))


def _reply(message: Message, chat: Chat) -> Json | None:
    if message.reply is None:
        return None
    target = chat.state.messages[message.reply.message_id]
    is_quote = message.reply.quote is not None
    return {
        "name": target.sender["first_name"],
        "text": message.reply.quote if is_quote else _shown(target),
        "is_quote": is_quote,
    }
