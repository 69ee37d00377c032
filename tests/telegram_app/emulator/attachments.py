"""Documents, forwarded messages and long pastes, as Telegram sends them."""

import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.entities import MAX_TEXT_UNITS
from tests.telegram_app.emulator.people import Chat
from tests.telegram_app.emulator.typed import typed
from tests.telegram_app.emulator.utf16 import units
from tests.telegram_app.emulator.world import StoredFile

Json = dict[str, Any]

_numbers = itertools.count(1)

CHANNEL: Json = {
    "type": "channel",
    "chat": {"id": -1_009_999, "type": "channel", "title": "Harbour News", "username": "harbour"},
    "message_id": 5,
    "date": 1_700_000_000,
}
HIDDEN_USER: Json = {"type": "hidden_user", "sender_user_name": "Grace", "date": 1_700_000_000}


@dataclass(frozen=True, slots=True)
class Document:
    """A file on a person's device.

    Attributes:
        content: its bytes.
        name: None as some clients leave it out.
        mime_type: as the client says, or does not.
        size: what Telegram says of its length, where that is not the content's own.
    """

    content: bytes
    name: str | None = "document.txt"
    mime_type: str | None = None
    size: int | None = None


def send_document(
    chat: Chat,
    document: Document,
    caption: str | None = None,
    *,
    reply_to: Message | None = None,
    extra: Json | None = None,
) -> Message:
    """Send a file, perhaps with words below it."""
    described = _uploaded(chat, document)
    worded = {"caption": caption, "caption_entities": typed(caption)} if caption else {}
    more = {"document": described, **worded, **(extra or {})}
    return chat.say(None, reply_to=reply_to, extra=more)


def send_album(
    chat: Chat, documents: Sequence[Document], caption: str | None = None
) -> list[Message]:
    """Send files together; Telegram puts the caption below the last one."""
    group = {"media_group_id": str(next(_numbers))}
    last = len(documents) - 1
    return [
        send_document(chat, document, caption if number == last else None, extra=group)
        for number, document in enumerate(documents)
    ]


def forward(
    chat: Chat, *texts: str, origin: Json = CHANNEL, date: int | None = None
) -> list[Message]:
    """Forward messages together."""
    now = int(time.time()) if date is None else date
    return [chat.say(text, date=now, extra={"forward_origin": origin}) for text in texts]


def paste(chat: Chat, text: str, date: int | None = None) -> list[Message]:
    """Send a text in as many messages as a client makes of it."""
    now = int(time.time()) if date is None else date
    return [chat.say(part, date=now) for part in client_parts(text)]


def client_parts(text: str) -> list[str]:
    """Cut a text as clients do: behind a paragraph, a sentence or a word of the second half."""
    parts = []
    left = text.strip()
    while units(left) > MAX_TEXT_UNITS:
        end = len(left[:MAX_TEXT_UNITS])
        while units(left[:end]) > MAX_TEXT_UNITS:
            end -= 1
        cuts = (left.rfind(mark, end // 2, end) for mark in ("\n\n", "\n", ". ", " "))
        cut = next((found for found in cuts if found >= 0), end - 1) + 1
        parts.append(left[:cut].strip())
        left = left[cut:].strip()
    return [*parts, left]


def _uploaded(chat: Chat, document: Document) -> Json:
    number = next(_numbers)
    size = len(document.content) if document.size is None else document.size
    stored = StoredFile(f"file-{number}", f"documents/file_{number}", document.content, size)
    with chat.telegram.world.changed:
        chat.telegram.world.files[stored.file_id] = stored
    facts = {"file_name": document.name, "mime_type": document.mime_type, "file_size": size}
    known = {key: value for key, value in facts.items() if value is not None}
    return {"file_id": stored.file_id, "file_unique_id": f"unique-{number}", **known}
