import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest
from telegram import Update
from telegram.constants import UpdateType
from telegram.ext import ExtBot, SimpleUpdateProcessor

from bot.telegram_app.application import ALLOWED_UPDATES, Handlers, build_application
from bot.telegram_app.errors import Errors
from bot.telegram_app.menu import announce
from tests.telegram_app.offline import TOKEN, OfflineRequest
from tests.telegram_app.small_world import ANN, GROUP, PRIVATE, message

Json = dict[str, Any]

LONG = 60


class Recorder:
    """Stands for a group of handlers, and notes which is called."""

    def __init__(self, name: str, called: list[str]) -> None:
        self._name, self._called = name, called

    def __getattr__(self, method: str) -> Callable[..., Awaitable[None]]:
        async def handle(_update: object, _context: object) -> None:
            self._called.append(f"{self._name}.{method}")
            if self._name == "forgetting":
                raise ValueError("a bug")

        return handle


def handled(**content: Json) -> list[str]:
    """Return the handlers that an update reaches."""
    called: list[str] = []
    names = Handlers.__slots__
    handlers = Handlers(**{name: cast(Any, Recorder(name, called)) for name in names})
    errors = cast(Errors, Recorder("errors", called))
    bot: ExtBot[None] = ExtBot(
        TOKEN, request=OfflineRequest(), get_updates_request=OfflineRequest()
    )

    async def run() -> None:
        application = build_application(bot, SimpleUpdateProcessor(1), handlers, errors, LONG)
        async with application:
            update = Update.de_json({"update_id": 1, **content}, bot)
            await application.process_update(update)

    asyncio.run(run())
    return called


def text(words: str, chat: Json = PRIVATE, **more: object) -> Json:
    return message(words, chat, **more)


def press(data: str) -> Json:
    return {"id": "9", "from": ANN, "chat_instance": "1", "data": data, "message": text("…")}


COMMANDS = {
    "/start": "commands.start",
    "/start payload": "commands.start",
    "/help": "commands.help",
    "/help@article_bot": "commands.help",
    "/article full": "commands.article",
    "/articles": "choice.articles",
    "/default": "choice.default",
    "/read https://a.org": "receiving.on_read",
    "/sources": "commands.sources",
    "/feedback good": "commands.feedback",
    "/privacy": "commands.privacy",
    "/nonsense": "commands.unknown",
}


@pytest.mark.parametrize(("words", "handler"), COMMANDS.items())
def test_a_command_reaches_its_handler(words: str, handler: str) -> None:
    assert handled(message=text(words)) == [handler]
    assert handled(message=text(words, GROUP)) == [handler]


def test_an_error_of_a_handler_reaches_the_error_handler() -> None:
    assert handled(message=text("/forget")) == ["forgetting.forget", "errors.on_error"]


def test_an_edited_command_is_no_command() -> None:
    assert handled(edited_message=text("/help", edit_date=2)) == []


def test_a_text_is_a_question() -> None:
    assert handled(message=text("Who wrote this?")) == ["receiving.on_message"]
    assert handled(edited_message=text("Who wrote it?", edit_date=2)) == ["questions.on_edit"]


FILE: Json = {"file_id": "f", "file_unique_id": "u"}


@pytest.mark.parametrize(
    "content",
    [
        {"text": "https://a.org", "entities": [{"type": "url", "offset": 0, "length": 13}]},
        {"text": "word " * LONG},
        {"document": FILE},
        {"document": FILE, "caption": "Who?"},
    ],
)
def test_what_can_be_read_is_received(content: Json) -> None:
    assert handled(message=message(None, PRIVATE) | content) == ["receiving.on_message"]
    # What was read stays as it was, whatever becomes of the message.
    assert handled(edited_message=message(None, PRIVATE) | content | {"edit_date": 2}) == []


def test_in_a_group_only_what_names_the_bot_is_a_question() -> None:
    named = text("@article_bot who wrote this?", GROUP)

    assert handled(message=named) == ["receiving.on_message"]
    assert handled(edited_message=named | {"edit_date": 2}) == ["questions.on_edit"]
    # Whether that is meant for the bot at all, the hints decide.
    assert handled(message=text("Who wrote this?", GROUP)) == ["hints.on_message"]
    assert handled(edited_message=text("Who?", GROUP, edit_date=2)) == []


@pytest.mark.parametrize(
    "content",
    [
        {"text": "@article_bot", "entities": [{"type": "mention", "offset": 0, "length": 12}]},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]},
    ],
)
def test_what_asks_nothing_gets_a_hint(content: Json) -> None:
    assert handled(message=message(None, PRIVATE) | content) == ["hints.on_message"]


def test_what_telegram_tells_of_a_chat_gets_no_hint() -> None:
    assert handled(message=message(None, GROUP, new_chat_title="Others")) == []
    moved = message(None, GROUP, migrate_to_chat_id=-1_001)
    assert handled(message=moved) == ["membership.on_migration"]


def test_a_button_reaches_its_handler() -> None:
    assert handled(callback_query=press("v1:g:a1")) == ["buttons.on_button"]
    assert handled(callback_query=press("anything")) == ["buttons.on_button"]
    assert handled(callback_query=press("v1:f:y"))[0] == "forgetting.on_button"
    assert handled(callback_query=press(f"v1:o:r:{'0' * 32}")) == ["offers.on_button"]
    assert handled(callback_query=press(f"v1:a:u:{'0' * 16}")) == ["choice.on_button"]
    assert handled(callback_query=press("v1:a:d")) == ["choice.on_button"]


def test_an_inline_question_and_a_membership_reach_their_handlers() -> None:
    query = {"id": "1", "from": ANN, "query": "Who?", "offset": ""}
    bot = {"id": 7, "is_bot": True, "first_name": "Bot"}
    old, new = {"user": bot, "status": "left"}, {"user": bot, "status": "member"}
    change = {"chat": GROUP, "from": ANN, "date": 1}
    change |= {"old_chat_member": old, "new_chat_member": new}

    assert handled(inline_query=query) == ["inline.on_query"]
    assert handled(my_chat_member=change) == ["membership.on_change"]


def test_exactly_the_kinds_that_are_handled_are_asked_for() -> None:
    assert set(ALLOWED_UPDATES) == {
        UpdateType.MESSAGE,
        UpdateType.EDITED_MESSAGE,
        UpdateType.CALLBACK_QUERY,
        UpdateType.INLINE_QUERY,
        UpdateType.MY_CHAT_MEMBER,
    }


def test_every_command_of_the_menu_has_a_handler() -> None:
    telegram = OfflineRequest()
    bot: ExtBot[None] = ExtBot(TOKEN, request=telegram, get_updates_request=OfflineRequest())
    asyncio.run(announce(bot))
    menus = [call["commands"] for name, call in telegram.calls if name == "setMyCommands"]
    commands = {command["command"] for menu in menus for command in menu}

    assert commands
    for command in commands:
        assert handled(message=text(f"/{command}"))[0] != "commands.unknown"
