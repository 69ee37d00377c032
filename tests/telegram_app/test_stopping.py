import asyncio
from itertools import islice

import pytest

from bot.telegram_app.stopping import Stopping, growing_delays, pause, until_stored
from bot.telegram_app.store.errors import StoreError


def test_delays_grow_to_half_a_minute() -> None:
    assert [*islice(growing_delays(), 8)] == [1, 2, 4, 8, 16, 30, 30, 30]


def test_no_handler_takes_stopping_for_a_failure() -> None:
    assert not issubclass(Stopping, Exception)


def test_a_pause_ends_by_itself() -> None:
    asyncio.run(pause(asyncio.Event(), 0.001))


def test_a_pause_ends_at_once_when_the_bot_stops() -> None:
    async def stop_during_pause() -> None:
        stopping = asyncio.Event()
        pausing = asyncio.create_task(pause(stopping, 3600))
        await asyncio.sleep(0)
        stopping.set()
        with pytest.raises(Stopping):
            await pausing
        with pytest.raises(Stopping):
            await pause(stopping, 3600)

    asyncio.run(stop_during_pause())


class Store:
    """Fails so many times."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    async def ask(self) -> int:
        self.failures -= 1
        if self.failures >= 0:
            raise StoreError("The disk is full.")
        return 7


class Pauses:
    """Notes how long it was to wait, and does not."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, stopping: asyncio.Event, seconds: float) -> None:
        if stopping.is_set():
            raise Stopping
        self.seconds.append(seconds)


def test_a_store_is_asked_until_it_answers() -> None:
    store, pauses = Store(3), Pauses()
    assert asyncio.run(until_stored(store.ask, asyncio.Event(), pauses)) == 7
    assert pauses.seconds == [1, 2, 4]


def test_a_store_is_asked_once_when_the_bot_stops() -> None:
    async def ask(store: Store) -> int:
        stopping = asyncio.Event()
        stopping.set()
        return await until_stored(store.ask, stopping)

    assert asyncio.run(ask(Store(0))) == 7
    with pytest.raises(Stopping):
        asyncio.run(ask(Store(1)))
