import asyncio
from pathlib import Path

import pytest
from telegram import Update
from telegram.error import BadRequest

from bot.pipeline import QAPipeline
from bot.telegram_app.rights import GroupUploads, is_administrator, may_send_articles
from tests.telegram_app.small_world import ANN, BEN, GROUP, PRIVATE, Json, World, small_world

ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
OWNER = {"status": "creator", "user": ANN, "is_anonymous": False}


@pytest.mark.parametrize(
    ("who", "chat", "person", "expected"),
    [
        ("nobody", PRIVATE, ANN, True),
        ("nobody", GROUP, ANN, False),
        ("admins", GROUP, ANN, True),
        ("admins", GROUP, BEN, False),
        ("everybody", GROUP, BEN, True),
    ],
)
def test_who_may_send_articles(
    who: GroupUploads,
    chat: Json,
    person: Json,
    expected: bool,
    own_environment: Path,
    fake_pipeline: QAPipeline,
) -> None:
    async def may(world: World) -> bool:
        world.telegram.prepared["getChatAdministrators"].append((200, told([OWNER])))
        update = world.message("Hi", chat, **{"from": person})
        return await may_send_articles(world.services.outbox, update, who)

    assert asyncio.run(in_world(may, own_environment, fake_pipeline)) is expected


def test_whoever_speaks_as_the_group_is_an_administrator(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def look(world: World) -> bool:
        update = world.message("Hi", GROUP, sender_chat=GROUP, **{"from": ANONYMOUS})
        return await is_administrator(world.services.outbox, update)

    assert asyncio.run(in_world(look, own_environment, fake_pipeline))


def test_telegram_is_asked_until_it_tells(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def look(world: World) -> bool:
        limited = {"ok": False, "error_code": 429, "description": "Too Many Requests"}
        limited |= {"parameters": {"retry_after": 1}}
        answers = [(429, limited), (200, told([OWNER]))]
        world.telegram.prepared["getChatAdministrators"].extend(answers)
        return await is_administrator(world.services.outbox, press(world))

    assert asyncio.run(in_world(look, own_environment, fake_pipeline))


def test_a_group_that_is_gone_has_no_administrators(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def look(world: World) -> bool:
        gone = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
        world.telegram.prepared["getChatAdministrators"].append((400, gone))
        return await is_administrator(world.services.outbox, press(world))

    with pytest.raises(BadRequest):
        asyncio.run(in_world(look, own_environment, fake_pipeline))


def press(world: World) -> Update:
    return world.press("v1:a:d", GROUP, ANN)


def told(result: object) -> Json:
    return {"ok": True, "result": result}


async def in_world(look: object, data_dir: Path, pipeline: QAPipeline) -> bool:
    async with small_world(data_dir, pipeline) as world:
        return await look(world)  # type: ignore[operator,no-any-return]
