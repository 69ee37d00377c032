"""Asking Telegram for updates, whatever the network does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import NoReturn

from telegram import Bot, Update
from telegram.error import RetryAfter, TelegramError

from bot.telegram_app.connecting import seconds_told
from bot.telegram_app.stopping import growing_delays

_LOGGER = logging.getLogger(__name__)

# Telegram answers after so many seconds even if there is nothing to tell.
_POLL_SECONDS = 20
# Once the network is back, people wait for this long at most.
_LONGEST_DELAY_SECONDS = 5.0
# How long Telegram may take to hear which updates were received.
_CONFIRM_SECONDS = 3.0

Sleep = Callable[[float], Awaitable[None]]


class Polling:
    """Takes updates from Telegram and hands them over, until cancelled.

    An `Updater` of python-telegram-bot would end for ever when a server says once that it does not
    know the token, as one that is being restarted may.
    """

    def __init__(
        self,
        bot: Bot,
        allowed_updates: Sequence[str],
        on_error: Callable[[TelegramError], Awaitable[None]],
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """Ask through a bot.

        Args:
            bot: initialised; knows which updates it has received.
            allowed_updates: the kinds that are asked for.
            on_error: is told of each failure; must not raise.
            sleep: waits for so many seconds.
        """
        self._bot = bot
        self._allowed_updates = allowed_updates
        self._on_error = on_error
        self._sleep = sleep

    async def run(self, updates: "asyncio.Queue[object]") -> NoReturn:
        """Ask again and again, and put what comes into a queue."""
        delays = growing_delays()
        while True:
            try:
                for update in await self._ask(_POLL_SECONDS):
                    updates.put_nowait(update)
                delays = growing_delays()
            except TelegramError as error:
                await self._on_error(error)
                await self._sleep(_delay(error, next(delays)))

    async def confirm(self) -> None:
        """Tell Telegram which updates were received, so that it need not keep them.

        Whether that arrives is no matter: they are known when they come again.
        """
        with suppress(TelegramError, TimeoutError):
            async with asyncio.timeout(_CONFIRM_SECONDS):
                await self._ask(0)

    async def _ask(self, seconds: int) -> tuple[Update, ...]:
        return await self._bot.get_updates(
            timeout=timedelta(seconds=seconds), allowed_updates=self._allowed_updates
        )


def _delay(error: TelegramError, delay: float) -> float:
    if isinstance(error, RetryAfter):
        return seconds_told(error)
    return min(delay, _LONGEST_DELAY_SECONDS)
