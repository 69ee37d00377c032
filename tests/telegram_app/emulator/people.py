"""People who use the bot, and chats as they see them."""

import itertools
from collections.abc import Callable
from typing import Any

from tests.telegram_app.emulator.conversation import (
    ChatKind,
    ChatState,
    Message,
    Reply,
    message_json,
)
from tests.telegram_app.emulator.emulated_telegram import PATIENCE, EmulatedTelegram
from tests.telegram_app.emulator.typed import typed
from tests.telegram_app.emulator.world import BOT, InlineQuery, Press

Json = dict[str, Any]

_numbers = itertools.count(1)
PHOTO: Json = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 9, "height": 9}]}
STICKER: Json = {
    "sticker": {
        **{"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9},
        **{"is_animated": False, "is_video": False},
    }
}
# What a person sends, and not Telegram itself; hidden in groups unless it is meant for the bot.
_CONTENT = {"photo", "sticker", "voice", "video", "document", "caption"}
VOICE: Json = {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}


class Person:
    """Somebody with a Telegram account."""

    def __init__(self, telegram: EmulatedTelegram, name: str = "Ada") -> None:
        self.telegram = telegram
        self.name = name
        self.id = 100_000 + next(_numbers)

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "en"}

    def private_chat(self) -> "Chat":
        """Open the chat with the bot."""
        return Chat(self.telegram, ChatState(self.id, "private", self.name), self)

    def group(self, name: str = "Readers", *, topics: tuple[int, ...] = ()) -> "Chat":
        """Make a group with the bot in it, and be its owner; with topics, it is a forum."""
        kind: ChatKind = "supergroup" if topics else "group"
        chat_id = -1_000_000_000_000 - next(_numbers) if topics else -next(_numbers)
        state = ChatState(chat_id, kind, name, set(topics), administrators=[self.as_json()])
        chat = Chat(self.telegram, state, self)
        chat.member_changed("left", "member")
        return chat

    def ask_inline(self, text: str) -> InlineQuery:
        """Type behind the bot's name in some chat; each call is a keystroke's query."""
        query = InlineQuery(f"inline-{next(_numbers)}", text)
        with self.telegram.world.changed:
            self.telegram.world.queries[query.id] = query
        self.telegram.send_update(
            {"inline_query": {"id": query.id, "from": self.as_json(), "query": text, "offset": ""}}
        )
        return query


class Chat:
    """A chat, as the people in it see it. Messages are sent by `person` unless another is named.

    Attributes:
        state: all that is known of it.
        person: sends what is said.
        update_id: of the last update that the bot was sent from here; 0 before that.
    """

    def __init__(self, telegram: EmulatedTelegram, state: ChatState, person: Person) -> None:
        self.telegram = telegram
        self.state = state
        self.person = person
        self.update_id = 0
        with telegram.world.changed:
            telegram.world.chats[state.id] = state

    @property
    def id(self) -> int:
        return self.state.id

    def say(
        self,
        text: str | None,
        *,
        by: Person | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
        date: int | None = None,
        extra: Json | None = None,
    ) -> Message:
        """Send a message; a command is one that begins with a slash."""
        with self.telegram.world.changed:
            message = self.state.add(
                Message(
                    message_id=self.state.next_message_id,
                    chat=self.state,
                    sender=(by or self.person).as_json(),
                    text=text,
                    entities=typed(text or ""),
                    reply=None if reply_to is None else Reply(reply_to.message_id),
                    thread_id=topic,
                    extra=extra or {},
                )
            )
            message.date = message.date if date is None else date
            content = message_json(message)
        if self._is_shown(message):
            self.update_id = self.telegram.send_update({"message": content})
        return message

    def edit(self, message: Message, text: str) -> None:
        """Edit a message of a person."""
        with self.telegram.world.changed:
            message.earlier.append(message.text)
            message.text, message.entities = text, typed(text)
            content = message_json(message)
        if self._is_shown(message):
            self.update_id = self.telegram.send_update({"edited_message": content})

    def press(self, message: Message, label: str, *, by: Person | None = None) -> Press:
        """Press a button and wait until the bot has answered that."""
        press = self.press_only(message, label, by=by)
        self.telegram.wait_until(lambda: press.answers, f"{label!r} is answered")
        return press

    def press_only(self, message: Message, label: str, *, by: Person | None = None) -> Press:
        """Press a button."""
        press = Press(f"press-{next(_numbers)}")
        with self.telegram.world.changed:
            button = message.button(label)
            assert button.kind == "callback_data", f"{label!r} is no button for the bot"
            self.telegram.world.presses[press.id] = press
            content = message_json(message)
        self.update_id = self.telegram.send_update(
            {
                "callback_query": {
                    "id": press.id,
                    "from": (by or self.person).as_json(),
                    "chat_instance": str(self.id),
                    "data": button.value,
                    "message": content,
                }
            }
        )
        return press

    def member_changed(self, before: str, after: str) -> None:
        """Tell the bot that it was added ("member"), removed or blocked ("kicked")."""
        with self.telegram.world.changed:
            self.state.is_closed = after in {"kicked", "left"}
        self.update_id = self.telegram.send_update(
            {
                "my_chat_member": {
                    "chat": self.state.as_json(),
                    "from": self.person.as_json(),
                    "date": 1,
                    "old_chat_member": _member(before),
                    "new_chat_member": _member(after),
                }
            }
        )

    def become_supergroup(self) -> "Chat":
        """Turn a group into a supergroup, as Telegram does; return the new chat."""
        new_id = -1_000_000_000_000 - next(_numbers)
        state = ChatState(new_id, "supergroup", self.state.name)
        state.administrators = self.state.administrators
        new = Chat(self.telegram, state, self.person)
        with self.telegram.world.changed:
            self.state.moved_to = new_id
        self.say(None, extra={"migrate_to_chat_id": new_id})
        new.say(None, extra={"migrate_from_chat_id": self.id})
        return new

    @property
    def messages(self) -> list[Message]:
        """What is to be seen in the chat, from top to bottom."""
        with self.telegram.world.changed:
            return [one for one in self.state.messages.values() if not one.is_deleted]

    @property
    def from_bot(self) -> list[Message]:
        """What the bot has said, from top to bottom."""
        return [message for message in self.messages if message.is_from_bot]

    def replies_to(self, message: Message) -> list[Message]:
        """Return what the bot has replied to a message, from top to bottom."""
        return [
            one
            for one in self.from_bot
            if one.reply is not None and one.reply.message_id == message.message_id
        ]

    def reply_to(self, message: Message, patience: float = PATIENCE) -> Message:
        """Wait for the bot's first reply to a message."""
        self.wait_until(lambda: self.replies_to(message), f"reply to {message.text!r}", patience)
        return self.replies_to(message)[0]

    def wait_for(self, count: int, patience: float = PATIENCE) -> list[Message]:
        """Wait until the bot has said so many messages; return them."""
        self.wait_until(lambda: len(self.from_bot) >= count, f"{count} from the bot", patience)
        return self.from_bot

    def wait_until(
        self, holds: Callable[[], object], what: str, patience: float = PATIENCE
    ) -> None:
        """Wait until something holds; a failure shows the chat."""
        self.telegram.wait_until(holds, lambda: f"{what}\n{self}", patience)

    def ask(self, text: str) -> Message:
        """Send a message and return the bot's reply to it."""
        return self.reply_to(self.say(text))

    def __str__(self) -> str:
        """Return the chat as text, for failures."""
        return "\n".join(
            f"{one.message_id} {one.sender['first_name']}: {one.text!r} {one.labels or ''}"
            for one in self.messages
        )

    def _is_shown(self, message: Message) -> bool:
        """Whether the bot is told of it."""
        words = message.text or message.extra.get("caption", "")
        is_service = message.text is None and not message.extra.keys() & _CONTENT
        if self.state.kind == "private" or not self.telegram.privacy or is_service:
            return True
        target = None if message.reply is None else self.state.messages[message.reply.message_id]
        return (
            words.startswith("/")
            or f"@{BOT['username']}" in words
            or (target is not None and target.is_from_bot)
        )


def _member(status: str) -> Json:
    user = {key: BOT[key] for key in ("id", "is_bot", "first_name", "username")}
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})
