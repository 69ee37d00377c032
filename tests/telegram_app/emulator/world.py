"""All that the emulated Telegram knows, apart from updates on their way."""

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_app.emulator.conversation import ChatState, Json
from tests.telegram_app.emulator.refusal import refusal

TOKEN = "4711:of-the-emulated-bot"
BOT: Json = {
    "id": 4711,
    "is_bot": True,
    "first_name": "Article",
    "username": "emulated_article_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
}


@dataclass(slots=True)
class Press:
    """A button that was pressed.

    Attributes:
        id: of the callback query.
        answers: what the bot answered; Telegram takes one.
    """

    id: str
    answers: list[Json] = field(default_factory=list)

    @property
    def popup(self) -> str | None:
        """What the answer says; None if it says nothing."""
        return self.answers[0].get("text") or None if self.answers else None

    @property
    def is_alert(self) -> bool:
        """Whether it says so in a window that must be closed."""
        return bool(self.answers and self.answers[0].get("show_alert"))


@dataclass(slots=True)
class InlineQuery:
    """What a person has typed behind the bot's name.

    Attributes:
        id: of the query.
        text: what was typed.
        answers: results that the bot offered, each time that it did so.
    """

    id: str
    text: str
    answers: list[Json] = field(default_factory=list)

    @property
    def results(self) -> list[Json]:
        """What is offered."""
        found: list[Json] = self.answers[-1]["results"] if self.answers else []
        return found


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A request of the bot.

    Attributes:
        method: such as "sendMessage".
        fields: its parameters, parsed.
        status: HTTP status of the answer; 0 where the connection was cut.
        description: why it was refused; empty if it was not.
        at: when it was answered, in seconds of the monotonic clock.
    """

    method: str
    fields: dict[str, Any]
    status: int
    description: str
    at: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that a person has sent.

    Attributes:
        file_id: by which the bot knows it.
        path: where it is downloaded.
        content: its bytes.
        size: what Telegram says of its length.
    """

    file_id: str
    path: str
    content: bytes
    size: int


class World:
    """The chats, and what the bot has told of itself. Only read or changed under `changed`.

    Attributes:
        changed: notified after every change.
        chats: by id.
        presses: buttons that were pressed, by the query's id.
        queries: inline queries, by id.
        files: what people have sent, by the file's id.
        profile: what the bot has set, such as commands and descriptions, by method.
        calls: what the bot has requested, but for polls that had nothing.
        keeps_calls: whether they are kept; not for very many questions.
        sent: how many messages the bot has sent.
        polls: how often the bot has begun to listen for updates: polls and webhooks.
    """

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.chats: dict[int, ChatState] = {}
        self.presses: dict[str, Press] = {}
        self.queries: dict[str, InlineQuery] = {}
        self.files: dict[str, StoredFile] = {}
        self.profile: dict[str, list[dict[str, Any]]] = {}
        self.calls: list[ApiCall] = []
        self.keeps_calls = True
        self.sent = 0
        self.polls = 0

    def notify(self) -> None:
        """Have those who wait look again."""
        with self.changed:
            self.changed.notify_all()

    def note(self, call: ApiCall) -> None:
        """Keep what was requested."""
        with self.changed:
            if self.keeps_calls:
                self.calls.append(call)
            self.changed.notify_all()

    def open_chat(self, chat_id: object) -> ChatState:
        """Return a chat that the bot may write to.

        Raises:
            ApiRefusal: if it may not.
        """
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise refusal("chat not found")
        if chat.moved_to is not None:
            raise refusal(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.moved_to
            )
        if chat.is_closed:
            private = chat.kind == "private"
            reason = "blocked by the user" if private else f"kicked from the {chat.kind} chat"
            raise refusal(f"bot was {reason}", 403)
        return chat
