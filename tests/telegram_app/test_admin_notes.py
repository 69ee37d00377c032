import asyncio
from dataclasses import dataclass

import pytest
from telegram.error import Forbidden
from telegram.ext import ExtBot

from bot.telegram_app.admin_notes import AdminNotes
from tests.telegram_app.offline import TOKEN, OfflineRequest

ADMIN = 99


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def told(moments: list[float], chat_id: int | None, *errors: Exception) -> list[tuple[int, str]]:
    """Tell the operator something at each moment; return what arrived."""
    telegram, clock = OfflineRequest(), Clock()
    telegram.prepared["sendMessage"].extend(errors)

    async def run() -> None:
        bot: ExtBot[None] = ExtBot(TOKEN, request=telegram, get_updates_request=OfflineRequest())
        notes = AdminNotes(bot, chat_id, clock)
        for moment in moments:
            clock.now = moment
            notes.tell(f"at {moment:g}")
            for _ in range(20):
                await asyncio.sleep(0)
        await notes.close()

    asyncio.run(run())
    return telegram.texts()


def test_the_operator_is_told_at_most_once_a_minute_and_how_much_was_left_out() -> None:
    assert told([0, 1, 59.9, 60, 61, 130], ADMIN) == [
        (ADMIN, "article-bot: at 0"),
        (ADMIN, "article-bot: at 60 (2 more errors since the last note)"),
        (ADMIN, "article-bot: at 130 (1 more error since the last note)"),
    ]


def test_without_a_chat_nobody_is_told() -> None:
    assert told([0, 100], None) == []


def test_a_chat_that_cannot_be_reached_is_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    told([0], ADMIN, Forbidden("bot was blocked by the user"))

    assert caplog.messages == ["ADMIN_CHAT was not told of an error: Forbidden"]


def test_what_is_still_being_sent_does_not_hold_up_the_end() -> None:
    class Silent(OfflineRequest):
        async def do_request(self, *_arguments: object, **_named: object) -> tuple[int, bytes]:
            await asyncio.Event().wait()
            raise AssertionError("never reached")

    async def run() -> None:
        bot: ExtBot[None] = ExtBot(TOKEN, request=Silent(), get_updates_request=OfflineRequest())
        notes = AdminNotes(bot, ADMIN)
        notes.tell("something")
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            await notes.close()

    asyncio.run(run())
