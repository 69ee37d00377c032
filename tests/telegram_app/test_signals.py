import asyncio
import os
import signal

import pytest

from bot.telegram_app.signals import stopped_by_signals


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_sets_the_event(number: signal.Signals) -> None:
    async def wait() -> bool:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            asyncio.get_running_loop().call_later(0.01, os.kill, os.getpid(), number)
            async with asyncio.timeout(10):
                await stop.wait()
        return stop.is_set()

    assert asyncio.run(wait())


def test_the_second_signal_does_what_it_did_before() -> None:
    told: list[int] = []

    async def wait() -> None:
        stop = asyncio.Event()
        with stopped_by_signals(stop):
            os.kill(os.getpid(), signal.SIGTERM)
            await stop.wait()
            os.kill(os.getpid(), signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    try:
        asyncio.run(wait())
    finally:
        signal.signal(signal.SIGTERM, before)

    assert told == [signal.SIGTERM]


def test_afterwards_all_is_as_before() -> None:
    before = signal.getsignal(signal.SIGTERM)

    async def use() -> None:
        with stopped_by_signals(asyncio.Event()):
            assert signal.getsignal(signal.SIGTERM) is not before

    asyncio.run(use())

    assert signal.getsignal(signal.SIGTERM) is before
