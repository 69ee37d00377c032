"""`AdminNotes`: the operator's chat hears that something is wrong, now and then."""

import asyncio
import logging
import time
from collections.abc import Callable

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram_app import messages

_LOGGER = logging.getLogger(__name__)
_SECONDS_BETWEEN = 60.0


class AdminNotes:
    """Tells the operator's chat of errors: one line, at most once a minute.

    A line holds what a module of ours says, and nothing that a person wrote.
    """

    def __init__(
        self, bot: Bot, chat_id: int | None, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Write to a chat.

        Args:
            bot: sends.
            chat_id: of the operator; None for nobody.
            now: seconds of a clock that only goes forward.
        """
        self._bot = bot
        self._chat_id = chat_id
        self._now = now
        self._last: float | None = None
        self._left_out = 0
        self._sending: set[asyncio.Task[None]] = set()

    def tell(self, what: str) -> None:
        """Have a line sent, unless one was sent within the last minute; nobody waits for it."""
        if self._chat_id is None:
            return
        now = self._now()
        if self._last is not None and now - self._last < _SECONDS_BETWEEN:
            self._left_out += 1
            return
        line = messages.admin_note(what, self._left_out)
        self._last, self._left_out = now, 0
        task = asyncio.create_task(self._send(self._chat_id, line))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def close(self) -> None:
        """Give up what is still being sent."""
        for task in self._sending:
            task.cancel()
        await asyncio.gather(*self._sending, return_exceptions=True)

    async def _send(self, chat_id: int, line: str) -> None:
        try:
            await self._bot.send_message(chat_id, line)
        except TelegramError as error:
            _LOGGER.warning("ADMIN_CHAT was not told of an error: %s", type(error).__name__)
