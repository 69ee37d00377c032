import asyncio
import logging
from pathlib import Path

import pytest
from telegram import Update

from bot.pipeline import QAPipeline
from bot.telegram_app import messages
from bot.telegram_app.membership import Membership
from bot.telegram_app.reading_watch import ReadingWatch
from tests.telegram_app.offline import BOT
from tests.telegram_app.small_world import (
    ANN,
    BEN,
    GROUP,
    PRIVATE,
    Json,
    World,
    kept_answer,
    small_world,
)
from tests.telegram_app.text.articles import article_of

OLD_GROUP: Json = {"id": -5, "type": "group", "title": "Readers"}
LEFT: Json = {"status": "left", "user": BOT}
BANNED: Json = {"status": "kicked", "user": BOT, "until_date": 0}
MEMBER: Json = {"status": "member", "user": BOT}
_RIGHTS = """
    can_send_messages can_send_audios can_send_documents can_send_photos can_send_videos
    can_send_video_notes can_send_voice_notes can_send_polls can_send_other_messages
    can_add_web_page_previews can_change_info can_invite_users can_pin_messages can_manage_topics
    can_edit_tag can_react_to_messages
"""
OUTSIDE: Json = {"status": "restricted", "user": BOT, "is_member": False, "until_date": 0}
OUTSIDE |= dict.fromkeys(_RIGHTS.split(), False)
RESTRICTED = OUTSIDE | {"is_member": True}


def change(world: World, before: Json, after: Json, chat: Json = GROUP) -> Update:
    content = {"chat": chat, "from": ANN, "date": 1}
    content |= {"old_chat_member": before, "new_chat_member": after}
    return world.update(my_chat_member=content)


@pytest.mark.parametrize(
    ("before", "after", "chat", "greeted"),
    [
        (LEFT, MEMBER, GROUP, True),
        (BANNED, MEMBER, OLD_GROUP, True),
        (OUTSIDE, RESTRICTED, GROUP, True),
        (MEMBER, RESTRICTED, GROUP, False),
        (MEMBER, LEFT, GROUP, False),
        (RESTRICTED, OUTSIDE, GROUP, False),
        (BANNED, MEMBER, PRIVATE, False),
        (LEFT, MEMBER, {"id": -6, "type": "channel", "title": "News"}, False),
    ],
)
def test_a_group_that_the_bot_comes_into_is_greeted(
    before: Json,
    after: Json,
    chat: Json,
    greeted: bool,
    own_environment: Path,
    fake_pipeline: QAPipeline,
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            update = change(world, before, after, chat)
            await Membership(world.services).on_change(update, world.context)
            said = [(chat["id"], messages.GREETING_GROUP)] if greeted else []
            assert world.telegram.texts() == said

    asyncio.run(check())


def test_a_group_that_may_not_use_the_bot_is_told_so(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        allowed = frozenset({BEN["id"]})
        async with small_world(own_environment, fake_pipeline, allowed_users=allowed) as world:
            update = change(world, LEFT, MEMBER)
            await Membership(world.services).on_change(update, world.context)
            assert world.texts() == [messages.NOT_ALLOWED]

    asyncio.run(check())


def test_being_blocked_is_one_line_in_the_log(
    own_environment: Path, fake_pipeline: QAPipeline, caplog: pytest.LogCaptureFixture
) -> None:
    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            update = change(world, MEMBER, BANNED, PRIVATE)
            await Membership(world.services).on_change(update, world.context)
            assert world.texts() == []

    with caplog.at_level(logging.INFO, "bot.telegram_app.membership"):
        asyncio.run(check())

    assert caplog.messages == ["Blocked by or removed from a private chat."]


@pytest.mark.parametrize(
    ("chat", "service"),
    [
        (OLD_GROUP, {"migrate_to_chat_id": GROUP["id"]}),
        (GROUP, {"migrate_from_chat_id": OLD_GROUP["id"]}),
    ],
)
def test_what_is_kept_moves_with_the_group(
    chat: Json, service: dict[str, int], own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, sure_pipeline) as world:
            store = world.services.store
            await store.keep_answer(kept_answer(sure_pipeline.answer("What?"), OLD_GROUP))
            articles = world.services.articles
            watch = ReadingWatch(60, lambda: False)
            added = articles.take(OLD_GROUP["id"], article_of("The mill was sold in 1999."), watch)
            await articles.choose(OLD_GROUP["id"], added.entry)
            for _ in range(2):
                update = world.message(None, chat, **service)
                await Membership(world.services).on_migration(update, world.context)

            moved = await store.last_answer(GROUP["id"])
            assert (moved is not None, await store.last_answer(OLD_GROUP["id"])) == (True, None)
            assert world.texts() == []
            old, new = [await articles.subject(one["id"]) for one in (OLD_GROUP, GROUP)]
            assert (old.kind, [one.id for one in new.entries]) == ("default", [added.entry.id])

    asyncio.run(check())
