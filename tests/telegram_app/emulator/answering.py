"""The methods that answer presses and inline queries, and those that tell of the bot itself."""

from typing import Any

from lo_bot_api_emulator import LoBotApiEmulator  # type: ignore[import-untyped]

from tests.telegram_app.emulator.entities import check_entities, check_text
from tests.telegram_app.emulator.refusal import refusal
from tests.telegram_app.emulator.utf16 import units
from tests.telegram_app.emulator.world import BOT, World

Fields = dict[str, Any]

_MAX_POPUP_UNITS = 200
# The Bot API's documentation of `getFile`.
MAX_DOWNLOAD_BYTES = 20_000_000
_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_MAX_UNITS = {"setMyDescription": 512, "setMyShortDescription": 120}


def answer_press(world: World, fields: Fields) -> bool:
    LoBotApiEmulator.validate_callback_answer(fields)
    press = world.presses.get(str(fields["callback_query_id"]))
    if press is None or press.answers:
        raise refusal(_TOO_OLD)
    if units(fields.get("text", "")) > _MAX_POPUP_UNITS:
        raise refusal("MESSAGE_TOO_LONG")
    press.answers.append(fields)
    return True


def answer_inline_query(world: World, fields: Fields) -> bool:
    LoBotApiEmulator().validate_inline_answer(fields)
    query = world.queries.get(str(fields["inline_query_id"]))
    if query is None or query.answers:
        raise refusal(_TOO_OLD)
    for result in fields["results"]:
        content = result["input_message_content"]
        text = check_text(content["message_text"])
        check_entities(text, content.get("entities") or [])
        markup = result.get("reply_markup")
        if markup is not None:
            LoBotApiEmulator.validate_markup(markup, private_chat=False)
    query.answers.append(fields)
    return True


def get_me(_world: World, _fields: Fields) -> Fields:
    return dict(BOT)


def get_chat(world: World, fields: Fields) -> Fields:
    chat = world.open_chat(fields.get("chat_id")).as_json()
    return {**chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}


def get_file(world: World, fields: Fields) -> Fields:
    stored = world.files.get(str(fields.get("file_id")))
    if stored is None:
        raise refusal("wrong file_id or the file is temporarily unavailable")
    if stored.size > MAX_DOWNLOAD_BYTES:
        raise refusal("file is too big")
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.file_id,
        "file_size": stored.size,
        "file_path": stored.path,
    }


def get_administrators(world: World, fields: Fields) -> list[Fields]:
    chat = world.open_chat(fields.get("chat_id"))
    if chat.kind == "private":
        raise refusal("there are no administrators in the private chat")
    return [_administrator(person) for person in chat.administrators]


def _administrator(person: Fields) -> Fields:
    return {"status": "creator", "user": person, "is_anonymous": False}


_GIFTS = dict.fromkeys(
    ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"), False
) | {"gifts_from_channels": False}


def set_commands(world: World, fields: Fields) -> bool:
    commands = fields.get("commands")
    if not isinstance(commands, list) or not 1 <= len(commands) <= 100:
        raise refusal("can't parse commands list JSON object")
    for command in commands:
        name, description = command.get("command"), command.get("description")
        if not isinstance(name, str) or not name.isidentifier() or not 1 <= len(name) <= 32:
            raise refusal("BOT_COMMAND_INVALID")
        if name != name.lower() or not name.isascii():
            raise refusal("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= units(description) <= 256:
            raise refusal("BOT_COMMAND_DESCRIPTION_INVALID")
    return _note(world, "setMyCommands", fields)


def delete_commands(world: World, fields: Fields) -> bool:
    return _note(world, "deleteMyCommands", fields)


def set_description(world: World, fields: Fields) -> bool:
    return _set_text(world, "setMyDescription", fields.get("description", ""), fields)


def set_short_description(world: World, fields: Fields) -> bool:
    text = fields.get("short_description", "")
    return _set_text(world, "setMyShortDescription", text, fields)


def set_menu_button(world: World, fields: Fields) -> bool:
    return _note(world, "setChatMenuButton", fields)


def _set_text(world: World, method: str, text: str, fields: Fields) -> bool:
    if units(text) > _MAX_UNITS[method]:
        raise refusal("BOT_DESCRIPTION_INVALID")
    return _note(world, method, fields)


def _note(world: World, method: str, fields: Fields) -> bool:
    world.profile.setdefault(method, []).append(fields)
    return True
