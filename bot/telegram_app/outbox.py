"""`Outbox`: each message that an update calls for is sent once, whatever the network does."""

import logging
from asyncio import Event
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import httpx
from telegram import Message
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.telegram_app.metrics import Metrics
from bot.telegram_app.stopping import Pause, growing_delays, pause
from bot.telegram_app.store.protocol import Store

_LOGGER = logging.getLogger(__name__)

# No connection was there to carry the request.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# The library reports these as errors of the network, too.
_OUR_FAULTS = (AttributeError, LookupError, TypeError, ValueError)
_IS_SO_ALREADY = "message is not modified"

T = TypeVar("T")


class Outbox:
    """Sends messages, and repeats what failed until it is through or the bot stops.

    A message counts as sent once Telegram's answer with its id is stored. Between the two lies one
    call: if the process dies in it, or the connection breaks, nobody can tell whether the message
    is there. It is then sent again, and counted in `Metrics.possible_duplicates`.
    """

    def __init__(
        self, store: Store, metrics: Metrics, *, stopping: Event, pause: Pause = pause
    ) -> None:
        """Use a store.

        Args:
            store: remembers what was sent.
            metrics: counts what may have been sent twice.
            stopping: is set when the bot is told to stop.
            pause: waits, and raises `Stopping` when the bot stops.
        """
        self._store = store
        self._metrics = metrics
        self._stopping = stopping
        self._pause = pause

    async def send(self, update_id: int, key: str, call: Callable[[], Awaitable[Message]]) -> int:
        """Send a message that an update calls for, unless it was sent before.

        Args:
            update_id: of the update.
            key: tells the update's messages apart.
            call: sends it; may be repeated.

        Returns:
            The message's id.

        Raises:
            TelegramError: if Telegram refuses the message; it was not sent.
            Stopping: if the bot stops before the message is through.
            StoreError: if the store does not work.
        """
        known = await self._store.delivery(update_id, key)
        if known.message_id is not None:
            return known.message_id
        if known.begun:
            self._count_possible_duplicate("the bot died while it sent")
        for delay in growing_delays():
            await self._store.begin_delivery(update_id, key)
            try:
                message = await call()
            except TelegramError as error:
                await self._recover(update_id, key, error, delay)
                continue
            await self._store.finish_delivery(update_id, key, message.message_id)
            return message.message_id
        raise AssertionError("there is always another delay")

    async def edit(self, call: Callable[[], Awaitable[T]]) -> T | None:
        """Do what may be done twice, such as an edit: repeat it until it is through.

        Args:
            call: does it; may be repeated.

        Returns:
            What it returns; None if there was nothing to change.

        Raises:
            TelegramError: if Telegram refuses it.
            Stopping: if the bot stops before it is through.
        """
        for delay in growing_delays():
            try:
                return await call()
            except TelegramError as error:
                if isinstance(error, BadRequest) and _IS_SO_ALREADY in error.message.lower():
                    return None
                if _is_refused(error):
                    raise
                await self._wait(error, delay)
        raise AssertionError("there is always another delay")

    async def _recover(self, update_id: int, key: str, error: TelegramError, delay: float) -> None:
        """Return when a message may be sent again; raise the error where that is no use."""
        if _is_refused(error):
            await self._store.withdraw_delivery(update_id, key)
            raise error
        if _may_have_arrived(error):
            self._count_possible_duplicate(type(error).__name__)
        else:
            await self._store.withdraw_delivery(update_id, key)
        await self._wait(error, delay)

    async def _wait(self, error: TelegramError, delay: float) -> None:
        seconds = _told_to_wait(error) if isinstance(error, RetryAfter) else delay
        _LOGGER.info("%s: trying again in %g s", type(error).__name__, seconds)
        await self._pause(self._stopping, seconds)

    def _count_possible_duplicate(self, cause: str) -> None:
        _LOGGER.warning("A message may be sent twice (%s).", cause)
        self._metrics.possible_duplicates.inc()


def _is_refused(error: TelegramError) -> bool:
    """Whether Telegram, or a fault of ours, refuses a call: repeating it is no use."""
    if isinstance(error, RetryAfter):
        return False
    if type(error) is TelegramError:
        return False  # what came was no answer of the Bot API, but of something in between
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return True
    return isinstance(error.__cause__, _OUR_FAULTS)


def _may_have_arrived(error: TelegramError) -> bool:
    """Whether a message may be there although sending it failed and was not refused."""
    return not isinstance(error, RetryAfter) and not isinstance(error.__cause__, _NEVER_SENT)


def _told_to_wait(error: RetryAfter) -> float:
    """Return how long Telegram says to wait, in seconds."""
    told = error.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else told
