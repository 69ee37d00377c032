import asyncio

import pytest

from bot.telegram_app.typing_action import typing
from tests.telegram_app.offline_bot import OfflineTelegram


class Typed(OfflineTelegram):
    """Lets a test wait until “typing” was shown."""

    async def wait_for(self, count: int) -> None:
        while len(self.made("sendChatAction")) < count:
            await asyncio.sleep(0)


def test_typing_is_shown_again_and_again_until_the_work_is_done() -> None:
    async def scenario() -> tuple[Typed, int]:
        telegram = Typed()
        async with typing(telegram.bot(), 7, 5, first_after=0, every=0):
            await telegram.wait_for(3)
        shown = len(telegram.made("sendChatAction"))
        for _ in range(20):
            await asyncio.sleep(0)
        return telegram, shown

    telegram, shown = asyncio.run(scenario())
    calls = telegram.made("sendChatAction")
    assert calls[0] == {"chat_id": 7, "action": "typing", "message_thread_id": 5}
    assert len(calls) == shown


def test_a_quick_answer_needs_none() -> None:
    async def scenario() -> Typed:
        telegram = Typed()
        async with typing(telegram.bot(), 7):
            await asyncio.sleep(0)
        return telegram

    assert asyncio.run(scenario()).calls == []


@pytest.mark.parametrize("refusal", [("Forbidden: bot was blocked", 403), ("Bad Gateway", 502)])
def test_a_failure_to_show_it_never_matters(refusal: tuple[str, int]) -> None:
    async def scenario() -> int:
        telegram = Typed()
        telegram.refuse("sendChatAction", refusal[0], code=refusal[1])
        async with typing(telegram.bot(), 7, first_after=0, every=0):
            await telegram.wait_for(2)
        return len(telegram.made("sendChatAction"))

    assert asyncio.run(scenario()) >= 2


def test_it_stops_when_the_work_fails() -> None:
    async def scenario() -> set[asyncio.Task[object]]:
        telegram = Typed()
        with pytest.raises(ValueError, match="the work"):
            async with typing(telegram.bot(), 7, first_after=0, every=60):
                await telegram.wait_for(1)
                raise ValueError("the work failed")
        return asyncio.all_tasks() - {asyncio.current_task()}  # type: ignore[arg-type]

    assert asyncio.run(scenario()) == set()
