import asyncio
import logging
from pathlib import Path

import pytest
from telegram.constants import BotCommandLimit, BotDescriptionLimit

from bot.pipeline import QAPipeline
from bot.telegram_app import messages
from bot.telegram_app.menu import announce
from tests.telegram_app.small_world import small_world


def test_commands_and_descriptions_are_registered(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await announce(world.bot)

            registered = {
                call["scope"]["type"]: {
                    one["command"]: one["description"] for one in call["commands"]
                }
                for call in world.calls("setMyCommands")
            }
            assert registered == {
                "all_private_chats": messages.COMMANDS,
                "all_group_chats": {
                    name: messages.COMMANDS[name] for name in messages.GROUP_COMMANDS
                },
            }
            assert world.calls("setMyDescription") == [{"description": messages.DESCRIPTION}]
            assert world.calls("setMyShortDescription") == [
                {"short_description": messages.SHORT_DESCRIPTION}
            ]

    asyncio.run(check())


def test_where_no_articles_are_taken_none_is_spoken_of(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await announce(world.bot, takes_articles=False)

            calls = world.calls("setMyCommands")
            names = {one["command"] for call in calls for one in call["commands"]}
            assert names == set(messages.COMMANDS) - set(messages.UPLOAD_COMMANDS)
            assert world.calls("setMyDescription") == [{"description": messages.DESCRIPTION_OF_ONE}]

    asyncio.run(check())


@pytest.mark.parametrize(
    "refusal",
    [
        {"ok": False, "error_code": 400, "description": "Bad Request: no"},
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests",
            "parameters": {"retry_after": 3600},
        },
    ],
)
def test_a_failure_is_one_line_in_the_log(
    refusal: dict[str, object],
    own_environment: Path,
    fake_pipeline: QAPipeline,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            world.telegram.prepared["setMyDescription"].append((400, refusal))
            await announce(world.bot)

    with caplog.at_level(logging.WARNING, "bot"):
        asyncio.run(check())

    (record,) = caplog.records
    assert record.getMessage().startswith("The menu of commands was not set: ")
    assert record.exc_info is None


def test_a_telegram_that_does_not_answer_is_not_waited_for(
    own_environment: Path,
    fake_pipeline: QAPipeline,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def never(*_arguments: object, **_named: object) -> tuple[int, bytes]:
        await asyncio.Event().wait()
        raise AssertionError("there was an answer")

    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            monkeypatch.setattr(world.telegram, "do_request", never)
            await announce(world.bot, seconds=0.01)

    with caplog.at_level(logging.WARNING, "bot"):
        asyncio.run(check())

    assert caplog.messages == ["The menu of commands was not set: TimeoutError"]


def test_what_is_registered_is_within_the_limits() -> None:
    assert set(messages.GROUP_COMMANDS) <= set(messages.COMMANDS)
    assert max(map(len, messages.COMMANDS.values())) <= BotCommandLimit.MAX_DESCRIPTION
    assert len(messages.DESCRIPTION) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(messages.SHORT_DESCRIPTION) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
