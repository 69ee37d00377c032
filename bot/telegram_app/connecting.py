"""Getting through to Telegram when the bot starts, however long that takes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.settings import Settings
from bot.telegram_app.bot_client import request_of
from bot.telegram_app.intake import AnyApplication
from bot.telegram_app.stopping import Pause, Stopping, growing_delays, pause
from index.errors import SettingsError

_LOGGER = logging.getLogger(__name__)

# A token is looked at before the models are loaded; who is not there then is asked later.
_LOOK_SECONDS = 5.0


def token_refused(settings: Settings) -> SettingsError:
    """Return what to say when Telegram does not know the token; the token is not in it."""
    where = settings.telegram_base_url.removesuffix("/bot")
    return SettingsError(
        f"{where} does not know the TELEGRAM_TOKEN. Copy it again from @BotFather (/mybots, API "
        "Token), or have a new one made there (/revoke)."
    )


def plain_bot(settings: Settings, token: str) -> Bot:
    """Return a client that takes no updates, to ask Telegram something once."""
    return Bot(
        token,
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=request_of(1),
        get_updates_request=request_of(1),
    )


async def refuse_bad_token(settings: Settings, token: str) -> None:
    """Find out before seconds of loading that a token does not serve.

    Raises:
        SettingsError: if Telegram says that it does not know it.
    """
    try:
        async with asyncio.timeout(_LOOK_SECONDS), plain_bot(settings, token):
            pass
    except InvalidToken:
        raise token_refused(settings) from None
    except (TelegramError, TimeoutError) as error:
        _LOGGER.warning("Telegram was not reached", extra={"error": type(error).__name__})


class Connecting:
    """Repeats what has to succeed before updates can be taken."""

    def __init__(self, settings: Settings, stopping: asyncio.Event, pause: Pause = pause) -> None:
        """Prepare.

        Args:
            settings: name the token and the address.
            stopping: is set when the bot is told to stop.
            pause: waits, and raises `Stopping` when the bot stops.
        """
        self._settings = settings
        self._stopping = stopping
        self._pause = pause

    async def initialize(self, application: AnyApplication) -> None:
        """Get the application ready: afterwards the bot knows its name.

        Raises:
            SettingsError: if Telegram does not know the token.
            Stopping: if the bot stops first.
        """

        async def call() -> None:
            await application.initialize()
            # A bot whose first call failed counts as initialised and knows nothing of itself.
            await application.bot.get_me()

        await self.until_done(call)

    async def until_done(self, call: Callable[[], Awaitable[Any]]) -> None:
        """Repeat a call until Telegram answers it.

        Raises:
            SettingsError: if Telegram does not know the token.
            Stopping: if the bot stops first.
        """
        for delay in growing_delays():
            try:
                await self._unless_stopping(call)
            except InvalidToken:
                raise token_refused(self._settings) from None
            except TelegramError as error:
                _LOGGER.warning(
                    "Telegram was not reached",
                    extra={"error": type(error).__name__, "again_in_seconds": delay},
                )
                told = seconds_told(error) if isinstance(error, RetryAfter) else delay
                await self._pause(self._stopping, told)
            else:
                return

    async def _unless_stopping(self, call: Callable[[], Awaitable[Any]]) -> None:
        """Give up a call when the bot stops: nobody waits for what it would begin."""
        calling = asyncio.ensure_future(call())
        stopped = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({calling, stopped}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopped.cancel()
            if not calling.done():
                calling.cancel()
                await asyncio.gather(calling, return_exceptions=True)
        if calling.cancelled():
            raise Stopping
        await calling


def seconds_told(error: RetryAfter) -> float:
    """Return how long Telegram says to wait, in seconds."""
    told = error.retry_after
    return told if isinstance(told, int) else told.total_seconds()
