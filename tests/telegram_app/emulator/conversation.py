"""What stands in the chats, as the people in them see it."""

import time
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.telegram_app.emulator.entities import Entity
from tests.telegram_app.emulator.refusal import refusal
from tests.telegram_app.emulator.utf16 import piece

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message.

    Attributes:
        label: what it says.
        kind: what it does, as the API names it, such as "callback_data".
        value: the data, address or text.
    """

    label: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message replies to.

    Attributes:
        message_id: of the message, in the same chat.
        quote: its words that are quoted; None for the whole message.
        position: where they begin in it, in UTF-16 units.
        entities: of the quote.
    """

    message_id: int
    quote: str | None = None
    position: int = 0
    entities: tuple[Entity, ...] = ()


@dataclass(slots=True)
class Message:
    """A message of a chat.

    Attributes:
        message_id: counted within the chat.
        chat: where it stands.
        sender: the API's user.
        text: None for what is no text, such as a photo.
        entities: as the API gives them.
        keyboard: rows of buttons.
        reply: what it replies to.
        thread_id: its topic.
        date: when it was sent, in seconds since 1970.
        at: when it appeared, in seconds of the monotonic clock.
        extra: what else the API tells of it, such as its photo.
        earlier: what it said before it was edited, the oldest first.
        is_deleted: whether it is gone from the chat.
    """

    message_id: int
    chat: "ChatState"
    sender: Json
    text: str | None
    entities: list[Entity] = field(default_factory=list)
    keyboard: tuple[tuple[Button, ...], ...] = ()
    reply: Reply | None = None
    thread_id: int | None = None
    date: int = field(default_factory=lambda: int(time.time()))
    at: float = field(default_factory=time.monotonic)
    extra: Json = field(default_factory=dict)
    earlier: list[str | None] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def is_from_bot(self) -> bool:
        """Whether the bot has sent it."""
        return bool(self.sender["is_bot"])

    @property
    def is_edited(self) -> bool:
        """Whether its text was edited; a new keyboard is none of that."""
        return bool(self.earlier)

    @property
    def labels(self) -> list[str]:
        """What its buttons say, row by row."""
        return [button.label for row in self.keyboard for button in row]

    def button(self, label: str) -> Button:
        """Return the button that says this."""
        for row in self.keyboard:
            for button in row:
                if button.label == label:
                    return button
        raise AssertionError(f"no button {label!r} among {self.labels}")

    def words(self, kind: str) -> list[str]:
        """Return the pieces of the text that are shown so, such as "bold"."""
        assert self.text is not None
        return [
            piece(self.text, entity["offset"], entity["length"])
            for entity in self.entities
            if entity["type"] == kind
        ]


@dataclass(slots=True)
class ChatState:
    """A chat and all its messages.

    Attributes:
        id: negative for groups.
        kind: private chats have one person.
        name: the group's title, or the person's name.
        topics: ids of its topics, where it has some.
        is_closed: whether the bot was blocked or removed.
        moved_to: the supergroup that it became.
        messages: by id, the deleted ones too.
        actions: what the bot was shown to be doing, such as "typing".
        administrators: of a group; the API's users.
    """

    id: int
    kind: ChatKind
    name: str
    topics: set[int] = field(default_factory=set)
    is_closed: bool = False
    moved_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    administrators: list[Json] = field(default_factory=list)

    @property
    def next_message_id(self) -> int:
        """The id of the next message: each chat counts from 1, so ids of two chats are alike."""
        return len(self.messages) + 1

    def add(self, message: Message) -> Message:
        """Put a message at the end."""
        assert message.message_id == self.next_message_id
        self.messages[message.message_id] = message
        return message

    def message(self, message_id: object, missing: str) -> Message:
        """Return a message that is not deleted, or refuse, saying what is missing."""
        message = self.messages.get(message_id) if isinstance(message_id, int) else None
        if message is None or message.is_deleted:
            raise refusal(missing)
        return message

    def as_json(self) -> Json:
        """Return the chat as the API gives it."""
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.name}
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.kind, "title": self.name, **forum}


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Return a message as the API gives it."""
    result: Json = {
        "message_id": message.message_id,
        "from": message.sender,
        "chat": message.chat.as_json(),
        "date": message.date,
        **message.extra,
    }
    if message.text is not None:
        result["text"] = message.text
    if message.entities:
        result["entities"] = message.entities
    if message.is_edited:
        result["edit_date"] = int(time.time())
    if message.thread_id is not None:
        result |= {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.keyboard:
        result["reply_markup"] = {"inline_keyboard": _keyboard_json(message)}
    if message.reply is not None and with_reply:
        result |= _reply_json(message.chat, message.reply)
    return result


def _keyboard_json(message: Message) -> list[list[Json]]:
    return [
        [
            {
                "text": button.label,
                button.kind: {"text": button.value} if button.kind == "copy_text" else button.value,
            }
            for button in row
        ]
        for row in message.keyboard
    ]


def _reply_json(chat: ChatState, reply: Reply) -> Json:
    target = chat.messages[reply.message_id]
    result: Json = {"reply_to_message": message_json(target, with_reply=False)}
    if reply.quote is not None:
        result["quote"] = {
            "text": reply.quote,
            "position": reply.position,
            "is_manual": True,
            "entities": list(reply.entities),
        }
    return result
