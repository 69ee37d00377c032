"""`Stopping`: how whatever waits ends when the bot is told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from bot.telegram_app.store.errors import StoreError

_LOGGER = logging.getLogger(__name__)
_LONGEST_DELAY = 30.0

T = TypeVar("T")
Pause = Callable[[asyncio.Event, float], Awaitable[None]]


class Stopping(BaseException):
    """The bot stops before an update was handled to the end: it is handled at the next start.

    Like `asyncio.CancelledError` it is no `Exception`: neither a handler's `except Exception` nor
    the application's error handling takes it for a failure.
    """


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Wait.

    Args:
        stopping: is set when the bot is told to stop.
        seconds: how long.

    Raises:
        Stopping: at once when the bot stops.
    """
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
    raise Stopping


def growing_delays() -> Iterator[float]:
    """Yield how long to wait after each failure, in seconds: 1, 2, 4 … and then 30 each time."""
    delay = 1.0
    while True:
        yield delay
        delay = min(2 * delay, _LONGEST_DELAY)


async def until_stored(
    call: Callable[[], Awaitable[T]], stopping: asyncio.Event, pause: Pause = pause
) -> T:
    """Ask the store until it answers: a disk that is full or locked for a while loses nothing.

    Args:
        call: asks the store; may be repeated.
        stopping: is set when the bot is told to stop.
        pause: waits between the tries.

    Raises:
        Stopping: if the bot stops before the store has answered.
    """
    for delay in growing_delays():
        try:
            return await call()
        except StoreError as error:
            _LOGGER.error("%s Trying again in %g s.", error, delay)
            await pause(stopping, delay)
    raise AssertionError("there is always another delay")
