import asyncio
from datetime import timedelta

import pytest
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.telegram_app.polling import Polling
from tests.telegram_app.offline import TOKEN, OfflineRequest, text_update

KINDS = ["message", "inline_query"]


class Poll:
    """Polls an offline Telegram, and notes what is said and slept."""

    def __init__(self, telegram: OfflineRequest) -> None:
        bot: ExtBot[None] = ExtBot(TOKEN, request=OfflineRequest(), get_updates_request=telegram)
        self.telegram = telegram
        self.errors: list[TelegramError] = []
        self.slept: list[float] = []
        self.updates: asyncio.Queue[object] = asyncio.Queue()
        self.polling = Polling(bot, KINDS, self._note, self._sleep)

    async def _note(self, error: TelegramError) -> None:
        self.errors.append(error)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def take(self, count: int) -> list[int]:
        """Poll until so many updates came; return their numbers."""

        async def run() -> list[int]:
            task = asyncio.create_task(self.polling.run(self.updates))
            async with asyncio.timeout(10):
                updates = [await self.updates.get() for _ in range(count)]
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            return [update.update_id for update in updates if isinstance(update, Update)]

        return asyncio.run(run())


def failing(poll: Poll, *errors: Exception) -> None:
    poll.telegram.prepared["getUpdates"].extend(errors)


def test_updates_are_handed_over_in_order() -> None:
    poll = Poll(OfflineRequest([[text_update(5), text_update(6)], [], [text_update(7)]]))

    assert poll.take(3) == [5, 6, 7]
    assert (poll.errors, poll.slept) == ([], [])


def test_the_kinds_are_named_and_the_poll_is_long() -> None:
    poll = Poll(OfflineRequest([[text_update(5)]]))
    poll.take(1)

    _, parameters = next(call for call in poll.telegram.calls if call[0] == "getUpdates")
    assert parameters == {"timeout": 20, "allowed_updates": KINDS}


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("gone"),
        TimedOut("slow"),
        Conflict("two of us"),
        # As a server says that is being restarted.
        InvalidToken("Not Found"),
        TelegramError("not stored"),
    ],
)
def test_whatever_goes_wrong_it_asks_again(error: TelegramError) -> None:
    poll = Poll(OfflineRequest([[text_update(5)]]))
    failing(poll, error)

    assert poll.take(1) == [5]
    assert (poll.errors, poll.slept) == ([error], [1.0])


def test_it_waits_longer_each_time_but_never_so_long_that_people_wait() -> None:
    poll = Poll(OfflineRequest([[text_update(5)], [text_update(6)]]))
    failing(poll, *[NetworkError("gone")] * 6)

    assert poll.take(2) == [5, 6]
    assert poll.slept == [1.0, 2.0, 4.0, 5.0, 5.0, 5.0]


def test_once_it_succeeded_it_begins_anew_with_short_waits() -> None:
    poll = Poll(OfflineRequest())
    poll.telegram.prepared["getUpdates"].extend(
        [NetworkError("1"), NetworkError("2"), (200, {"ok": True, "result": []}), NetworkError("3")]
    )
    poll.telegram.batches.append([text_update(5)])

    assert poll.take(1) == [5]
    assert poll.slept == [1.0, 2.0, 1.0]


def test_it_waits_as_told() -> None:
    poll = Poll(OfflineRequest([[text_update(5)]]))
    failing(poll, RetryAfter(timedelta(seconds=17)))

    assert poll.take(1) == [5]
    assert poll.slept == [17.0]


def test_what_was_received_is_confirmed_without_waiting() -> None:
    poll = Poll(OfflineRequest([[]]))

    asyncio.run(poll.polling.confirm())

    assert poll.telegram.calls == [("getUpdates", {"timeout": 0, "allowed_updates": KINDS})]


def test_whether_it_was_confirmed_is_no_matter() -> None:
    poll = Poll(OfflineRequest([[]]))
    failing(poll, NetworkError("gone"))

    asyncio.run(poll.polling.confirm())

    assert poll.errors == []
