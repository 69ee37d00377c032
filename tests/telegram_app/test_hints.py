import asyncio
from pathlib import Path

import pytest

from bot.pipeline import QAPipeline
from bot.telegram_app import article_messages, messages
from bot.telegram_app.hints import Hints
from tests.telegram_app.offline import BOT
from tests.telegram_app.small_world import (
    ANN,
    BEN,
    GROUP,
    PRIVATE,
    Json,
    World,
    message,
    small_world,
)

FILE: Json = {"file_id": "f", "file_unique_id": "u"}
PICTURE = FILE | {"width": 1, "height": 1}
PHOTO: Json = {"photo": [PICTURE]}
STICKER: Json = {"sticker": PICTURE | {"type": "regular", "is_animated": False, "is_video": False}}


def said(hint: str) -> str:
    return f"{hint} {article_messages.HINT}"


async def hinted(world: World, text: str | None = None, chat: Json = PRIVATE, **more: Json) -> None:
    update = world.message(text, chat, **more)
    await Hints(world.services).on_message(update, world.context)


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        (PHOTO, messages.HINT_PHOTO),
        ({"video": PICTURE | {"duration": 1}}, messages.HINT_PHOTO),
        ({"animation": PICTURE | {"duration": 1}, "document": FILE}, messages.HINT_PHOTO),
        ({"video_note": FILE | {"length": 1, "duration": 1}}, messages.HINT_PHOTO),
        ({"voice": FILE | {"duration": 1}}, messages.HINT_VOICE),
        ({"audio": FILE | {"duration": 1}}, messages.HINT_VOICE),
        (STICKER, messages.HINT_STICKER),
        ({"location": {"latitude": 1.0, "longitude": 1.0}}, messages.HINT_OTHER),
        ({"text": "\u2800"}, messages.HINT_EMPTY),
    ],
)
def test_what_is_no_text_gets_a_hint(
    content: Json, hint: str, own_environment: Path, tmp_path: Path, fake_pipeline: QAPipeline
) -> None:
    other_data = tmp_path / "other"

    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await hinted(world, **content)
            assert world.texts() == [said(hint)]
        async with small_world(other_data, fake_pipeline, allow_uploads=False) as world:
            await hinted(world, **content)
            assert world.texts() == [hint]

    asyncio.run(check())


def test_a_chat_is_hinted_once(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await hinted(world, **PHOTO)
            await hinted(world, **STICKER)
            assert world.texts() == [said(messages.HINT_PHOTO)]

            await hinted(world, chat=PRIVATE | {"id": 43}, **STICKER)
            assert world.texts() == [said(messages.HINT_PHOTO), said(messages.HINT_STICKER)]

    asyncio.run(check())


def test_in_a_group_only_what_is_meant_for_the_bot_is_hinted_at(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    def replying_to(sender: Json, **more: object) -> Json:
        return {"reply_to_message": message("An answer.", GROUP, sender, **more)}

    topic = {"forum_topic_created": {"name": "Topic", "icon_color": 1}}
    named = {"caption": "Who, @Article_Bot?"}
    named |= {"caption_entities": [{"type": "mention", "offset": 5, "length": 12}]}
    other = {"caption": "@article_bots", "caption_entities": []}
    other |= {"caption_entities": [{"type": "mention", "offset": 0, "length": 13}]}

    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            for more in ({}, replying_to(BEN), replying_to(BOT, **topic), other):
                await hinted(world, chat=GROUP, **PHOTO, **more)
            assert world.texts() == []

            for number, more in enumerate((replying_to(BOT), named), 1):
                await hinted(world, chat=GROUP | {"id": -number}, **PHOTO, **more)
                assert world.texts() == [said(messages.HINT_PHOTO)] * number

    asyncio.run(check())


def test_the_bots_name_alone_asks_nothing(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await hinted(world, "@article_bot", GROUP)
            assert world.texts() == [said(messages.HINT_EMPTY)]

    asyncio.run(check())


def test_what_came_from_the_bot_itself_is_no_message_to_it(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            await hinted(world, "An inline answer.", via_bot=BOT)
            assert world.texts() == []

    asyncio.run(check())


def test_whoever_may_not_ask_gets_no_hint(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        allowed = frozenset({BEN["id"]})
        async with small_world(own_environment, fake_pipeline, allowed_users=allowed) as world:
            await hinted(world, **PHOTO)
            assert world.texts() == []
            await hinted(world, **PHOTO, **{"from": BEN})
            assert world.texts() == [said(messages.HINT_PHOTO)]

    asyncio.run(check())


def test_another_kind_of_update_is_left(own_environment: Path, fake_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            edited = world.update(edited_message=message(None, PRIVATE, ANN, **PHOTO))
            await Hints(world.services).on_message(edited, world.context)
            assert world.texts() == []

    asyncio.run(check())
