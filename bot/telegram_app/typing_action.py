"""“typing” in a chat while its question is being answered."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

_LOGGER = logging.getLogger(__name__)
# A quick answer needs none, and each counts towards Telegram's limits as a message does.
_FIRST_AFTER_SECONDS = 0.3
# Telegram shows it for 5 s.
_EVERY_SECONDS = 4.0


@asynccontextmanager
async def typing(
    bot: Bot,
    chat_id: int,
    thread_id: int | None = None,
    *,
    first_after: float = _FIRST_AFTER_SECONDS,
    every: float = _EVERY_SECONDS,
) -> AsyncIterator[None]:
    """Show “typing” in a chat for as long as the body runs; whether it works never matters.

    Args:
        bot: shows it.
        chat_id: where.
        thread_id: topic of the chat, if it has some.
        first_after: seconds after which it begins.
        every: seconds after which it is shown again.
    """

    async def show() -> None:
        await asyncio.sleep(first_after)
        while True:
            try:
                await bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=thread_id)
            except TelegramError as error:
                _LOGGER.debug("typing was not shown: %s", type(error).__name__)
            await asyncio.sleep(every)

    showing = asyncio.create_task(show())
    try:
        yield
    finally:
        showing.cancel()
        await asyncio.gather(showing, return_exceptions=True)
