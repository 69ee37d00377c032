"""`ReadingMessage`: the one message that tells how far a reading is, and then what was read."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup
from telegram.error import BadRequest, TelegramError

from bot.telegram_app.article_messages import READING
from bot.telegram_app.sending import Edit, Outgoing, edit, retract, send
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.rich_text import RichText

_LOGGER = logging.getLogger(__name__)
# A group is sent 20 messages a minute, edits counted: what is read is to be told at once.
_TIMES_LONGER_IN_GROUPS = 5


class ReadingMessage:
    """A message of the bot that is edited again and again."""

    def __init__(
        self, services: Services, bot: Bot, outgoing: Outgoing, shown: MessagePlace | None = None
    ) -> None:
        """Show nothing yet.

        Args:
            services: of the bot.
            bot: sends.
            outgoing: how the message is sent; its text does not matter.
            shown: the message, if it is there already.
        """
        self._services = services
        self._bot = bot
        self._outgoing = outgoing
        self._shown = shown

    async def begin(self) -> None:
        """Say that something is being read.

        Raises:
            TelegramError: if Telegram refuses it.
            Stopping: if the bot stops first.
        """
        if self._shown is None:
            begun = replace(self._outgoing, text=RichText(READING), is_silent=True)
            message_id = await send(self._services, self._bot, begun)
            self._shown = MessagePlace(self._outgoing.chat_id, message_id)
        else:
            await self._try_to_show(READING)

    @asynccontextmanager
    async def watching(self, said: Callable[[], str]) -> AsyncIterator[None]:
        """Show how far a reading is while the body runs; whether it works never matters.

        Args:
            said: how far it is now, as a sentence.
        """
        showing = asyncio.create_task(self._show(said))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def end(self, text: RichText, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Say what came of it; in a new message if the old one is gone, or there was none.

        Raises:
            TelegramError: if Telegram refuses it.
            Stopping: if the bot stops first.
        """
        if self._shown is not None:
            try:
                await edit(self._services, self._bot, self._shown, Edit(text, keyboard))
            except BadRequest as error:
                _LOGGER.info("a reading's message is gone: %s", error.message)
            else:
                return
        key = f"{self._outgoing.key}:end"
        ended = replace(self._outgoing, key=key, text=text, keyboard=keyboard)
        await send(self._services, self._bot, ended)

    async def take_back(self) -> None:
        """Delete the message: something else says what came of it."""
        if self._shown is not None:
            await retract(self._services, self._bot, self._shown)

    async def _show(self, said: Callable[[], str]) -> None:
        shown = READING
        seconds = self._services.settings.progress_seconds
        if self._outgoing.chat_id < 0:
            seconds *= _TIMES_LONGER_IN_GROUPS
        while True:
            await asyncio.sleep(seconds)
            now = said()
            if now != shown:
                shown = now
                await self._try_to_show(shown)

    async def _try_to_show(self, sentence: str) -> None:
        place = self._shown
        if place is None:
            return
        try:
            await self._bot.edit_message_text(
                sentence, chat_id=place.chat_id, message_id=place.message_id
            )
        except TelegramError as error:
            _LOGGER.debug("progress was not shown: %s", type(error).__name__)
