import asyncio
from pathlib import Path

import pytest
from telegram import ReplyParameters
from telegram.error import BadRequest

from bot.pipeline import QAPipeline
from bot.telegram_app.article_messages import READING
from bot.telegram_app.reading_message import ReadingMessage
from bot.telegram_app.sending import Outgoing
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.rich_text import RichText
from tests.telegram_app.small_world import GROUP, PRIVATE, World, small_world

REPLY = ReplyParameters(5, allow_sending_without_reply=True)
GONE = {"ok": False, "error_code": 400, "description": "Bad Request: message to edit not found"}
BROKEN = {"ok": False, "error_code": 500, "description": "Internal Server Error"}


def outgoing(chat_id: int) -> Outgoing:
    return Outgoing(9, "reading:0", chat_id, RichText(), reply_to=REPLY)


def message(world: World, chat_id: int = PRIVATE["id"]) -> ReadingMessage:
    return ReadingMessage(world.services, world.bot, outgoing(chat_id))


def edits(world: World) -> list[str]:
    return [call["text"] for call in world.calls("editMessageText")]


def test_it_begins_silently_and_ends_in_place(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            one = message(world)
            await one.begin()
            await one.end(RichText("Ask away."))

            (sent,) = world.calls("sendMessage")
            assert (sent["text"], sent["disable_notification"]) == (READING, True)
            (edited,) = world.calls("editMessageText")
            assert (edited["text"], edited["message_id"]) == ("Ask away.", 101)

    asyncio.run(check())


def test_without_a_beginning_the_end_is_sent(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await message(world).end(RichText("It is too large."))

            (sent,) = world.calls("sendMessage")
            assert (sent["text"], edits(world)) == ("It is too large.", [])
            assert "disable_notification" not in sent

    asyncio.run(check())


def test_what_is_there_already_is_used(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            place = MessagePlace(PRIVATE["id"], 77)
            one = ReadingMessage(world.services, world.bot, outgoing(place.chat_id), place)
            await one.begin()
            await one.end(RichText("Ask away."))
            await one.take_back()

            assert edits(world) == [READING, "Ask away."]
            assert world.calls("sendMessage") == []
            assert world.calls("deleteMessage")[0]["message_id"] == 77

    asyncio.run(check())


def test_progress_is_shown_as_it_changes(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline, progress_seconds=0.001) as world:
            one, said = message(world), READING
            await one.begin()
            async with one.watching(lambda: said):
                for number in range(3):
                    said = f"{number} of 3"
                    async with asyncio.timeout(10):
                        while len(edits(world)) <= number:
                            await asyncio.sleep(0.001)
            assert edits(world) == ["0 of 3", "1 of 3", "2 of 3"]

    asyncio.run(check())


@pytest.mark.parametrize("failure", [GONE, BROKEN])
def test_progress_that_is_not_shown_does_no_harm(
    failure: dict[str, object], own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline, progress_seconds=0.001) as world:
            one, said = message(world), "1 of 3"
            await one.begin()
            status = failure["error_code"]
            assert isinstance(status, int)
            world.telegram.prepared["editMessageText"].append((status, failure))
            async with one.watching(lambda: said):
                async with asyncio.timeout(10):
                    while not edits(world):
                        await asyncio.sleep(0.001)
                said = "2 of 3"
                async with asyncio.timeout(10):
                    while len(edits(world)) < 2:
                        await asyncio.sleep(0.001)

    asyncio.run(check())


def test_in_a_group_progress_is_told_less_often(
    own_environment: Path, fake_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        slept.append(seconds)
        await sleep(60)

    async def check() -> None:
        async with small_world(own_environment, fake_pipeline, progress_seconds=2) as world:
            monkeypatch.setattr("bot.telegram_app.reading_message.asyncio.sleep", noted)
            for chat in (PRIVATE, GROUP):
                async with message(world, chat["id"]).watching(lambda: READING):
                    await sleep(0.01)

    asyncio.run(check())
    assert slept == [2, 10]


def test_an_end_that_telegram_refuses_is_an_error(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            world.telegram.prepared["editMessageText"].append((400, GONE))
            refused = GONE | {"description": "Bad Request: chat not found"}
            one = message(world)
            await one.begin()
            world.telegram.prepared["sendMessage"].append((400, refused))
            with pytest.raises(BadRequest):
                await one.end(RichText("Ask away."))

    asyncio.run(check())
