"""The methods that send, edit and delete messages."""

from collections.abc import Sequence
from typing import Any

from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

from tests.telegram_app.emulator.conversation import (
    Button,
    ChatState,
    Message,
    Reply,
    message_json,
)
from tests.telegram_app.emulator.entities import Entity, check_entities, check_text, clipped
from tests.telegram_app.emulator.refusal import refusal
from tests.telegram_app.emulator.utf16 import piece, units
from tests.telegram_app.emulator.world import BOT, World

Fields = dict[str, Any]

_MAX_QUOTE_UNITS = 1024
# What of a message must be the same in a quote.
_QUOTED_KINDS = {"bold", "italic", "underline", "strikethrough", "spoiler"}
_REPLY_KEYS = {
    *("message_id", "chat_id", "allow_sending_without_reply"),
    *("quote", "quote_entities", "quote_position"),
}
_PREVIEW_KEYS = {
    *("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"),
}


def send_message(world: World, fields: Fields) -> Any:  # noqa: ANN401 - JSON
    chat = world.open_chat(fields.get("chat_id"))
    text, entities = _content(fields)
    thread_id = fields.get("message_thread_id")
    if thread_id is not None and thread_id not in chat.topics:
        raise refusal("message thread not found")
    message = Message(
        message_id=chat.next_message_id,
        chat=chat,
        sender={key: BOT[key] for key in ("id", "is_bot", "first_name", "username")},
        text=text,
        entities=entities,
        keyboard=_keyboard(fields, chat),
        reply=_reply(chat, fields.get("reply_parameters")),
        thread_id=thread_id,
    )
    world.sent += 1
    return message_json(chat.add(message))


def edit_text(world: World, fields: Fields) -> Any:  # noqa: ANN401 - JSON
    message = _to_edit(world, fields)
    text, entities = _content(fields)
    # Without a keyboard, an edit takes the old one away.
    keyboard = _keyboard(fields, message.chat)
    if (text, entities, keyboard) == (message.text, message.entities, message.keyboard):
        raise refusal(_NOT_MODIFIED)
    if (text, entities) != (message.text, message.entities):
        message.earlier.append(message.text)
    message.text, message.entities, message.keyboard = text, entities, keyboard
    return message_json(message)


def edit_keyboard(world: World, fields: Fields) -> Any:  # noqa: ANN401 - JSON
    message = _to_edit(world, fields)
    keyboard = _keyboard(fields, message.chat)
    if keyboard == message.keyboard:
        raise refusal(_NOT_MODIFIED)
    message.keyboard = keyboard
    return message_json(message)


def delete_message(world: World, fields: Fields) -> bool:
    chat = world.open_chat(fields.get("chat_id"))
    message = chat.message(fields.get("message_id"), "message to delete not found")
    if not message.is_from_bot:
        raise refusal("message can't be deleted")
    message.is_deleted = True
    return True


def delete_messages(world: World, fields: Fields) -> bool:
    chat = world.open_chat(fields.get("chat_id"))
    ids = fields.get("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100:
        raise refusal("there must be 1 to 100 messages to delete")
    # Telegram skips those that are not there.
    for message in (chat.messages[number] for number in ids if number in chat.messages):
        message.is_deleted = message.is_deleted or message.is_from_bot
    return True


def send_chat_action(world: World, fields: Fields) -> bool:
    chat = world.open_chat(fields.get("chat_id"))
    if fields.get("action") != "typing":
        raise refusal("strict: a bot that writes is typing")
    chat.actions.append("typing")
    return True


_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def _to_edit(world: World, fields: Fields) -> Message:
    chat = world.open_chat(fields.get("chat_id"))
    message = chat.message(fields.get("message_id"), "message to edit not found")
    if not message.is_from_bot:
        raise refusal("message can't be edited")
    return message


def _content(fields: Fields) -> tuple[str, list[Entity]]:
    text = check_text(fields.get("text"))
    preview = fields.get("link_preview_options") or {}
    if not isinstance(preview, dict) or preview.keys() - _PREVIEW_KEYS:
        raise refusal("can't parse link preview options JSON object")
    return text, check_entities(text, fields.get("entities") or [])


def _keyboard(fields: Fields, chat: ChatState) -> tuple[tuple[Button, ...], ...]:
    markup = fields.get("reply_markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict) or set(markup) != {"inline_keyboard"}:
        raise refusal("strict: only inline keyboards are used")
    LoBotApiEmulator.validate_markup(markup, private_chat=chat.kind == "private")
    rows = tuple(tuple(map(_button, row)) for row in markup["inline_keyboard"])
    copied = [b.value for row in rows for b in row if b.kind == "copy_text"]
    if any(units(text) > 256 for text in copied):
        raise refusal("BUTTON_COPY_TEXT_INVALID")
    return rows


def _button(button: Fields) -> Button:
    kind = next(key for key in button if key != "text")
    value = button[kind]["text"] if kind == "copy_text" else button[kind]
    return Button(button["text"], kind, value)


def _reply(chat: ChatState, asked: object) -> Reply | None:
    if asked is None:
        return None
    if not isinstance(asked, dict) or asked.keys() - _REPLY_KEYS:
        raise refusal("can't parse reply parameters JSON object")
    if asked.get("chat_id", chat.id) != chat.id:
        raise refusal("strict: a reply into another chat")
    number = asked.get("message_id")
    target = chat.messages.get(number) if type(number) is int else None
    if target is None or target.is_deleted:
        if asked.get("allow_sending_without_reply") is True:
            return None
        raise refusal("message to be replied not found")
    if "quote" not in asked:
        if asked.keys() & {"quote_entities", "quote_position"}:
            raise refusal("strict: facts of a quote without a quote")
        return Reply(target.message_id)
    return _quoting(target, asked)


def _quoting(target: Message, asked: Fields) -> Reply:
    quote, position = asked["quote"], asked.get("quote_position", 0)
    entities = asked.get("quote_entities", [])
    if not isinstance(quote, str) or not 0 < units(quote) <= _MAX_QUOTE_UNITS:
        raise refusal("QUOTE_TEXT_INVALID")
    check_entities(quote, entities)
    length = units(quote)
    if type(position) is not int or position < 0:
        raise refusal("can't parse reply parameters JSON object")
    if target.text is None or piece(target.text, position, length) != quote:
        raise refusal("QUOTE_TEXT_INVALID")
    if _kept(entities) != _kept(clipped(target.entities, position, length)):
        raise refusal("QUOTE_TEXT_INVALID")
    return Reply(target.message_id, quote, position, tuple(entities))


def _kept(entities: Sequence[Entity]) -> list[tuple[int, int, str]]:
    """Return what a quote has to share with its message, in one order."""
    return sorted(
        (entity["offset"], entity["length"], entity["type"])
        for entity in entities
        if entity["type"] in _QUOTED_KINDS
    )
