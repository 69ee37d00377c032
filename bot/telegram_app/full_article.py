"""`/article full`: the article as messages of a chat, and where a citation stands in them."""

import asyncio
import math
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import Bot, ReplyParameters, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer import Citation
from bot.telegram_app.addressing import thread_of
from bot.telegram_app.messages import (
    FULL_ARTICLE_DONE,
    FULL_ARTICLE_IS_HERE,
    full_article_is_too_long,
)
from bot.telegram_app.sending import Evidence, Outgoing, reply_to, send
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import PostedPart
from bot.telegram_app.text.article_parts import ArticlePart, article_parts
from bot.telegram_app.text.quotes import quote_of
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS
from bot.telegram_app.text.units import utf16_length
from index.spans import Span


class FullArticle:
    """Posts the article into chats, and finds a citation in the messages that show it."""

    def __init__(self, services: Services) -> None:
        """Cut the article, unless it is far too long to be posted.

        Args:
            services: of the bot.
        """
        article = services.pipeline.article
        self._services = services
        self._most = services.settings.full_article_max_messages
        at_least = math.ceil(utf16_length(article.text) / MAX_MESSAGE_UNITS)
        # Cutting a long article takes long, and nothing would be done with it.
        self._parts = article_parts(article) if at_least <= self._most else ()
        self._needed = max(at_least, len(self._parts))
        self._posting: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def post(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Post the article into a chat once; from then on, show where it begins.

        Raises:
            TelegramError: if Telegram refuses one of the messages.
            Stopping: if the bot stops before all is posted; the rest follows at the next start.
        """
        message = update.effective_message
        if message is None:
            return
        said = Outgoing(
            update.update_id,
            "full",
            message.chat.id,
            RichText(FULL_ARTICLE_DONE),
            thread_of(message),
            reply_to(message.message_id),
        )
        if self._needed > self._most:
            sentence = full_article_is_too_long(self._needed, self._most)
            await send(self._services, context.bot, replace(said, text=RichText(sentence)))
            return
        async with self._posting.setdefault(message.chat.id, asyncio.Lock()):
            if not await self._points_at_it(context.bot, said):
                await self._post_parts(context.bot, said)
                await send(self._services, context.bot, said)

    async def evidence(self, chat_id: int, citation: Citation) -> Evidence | None:
        """Return the article's message that shows a citation, and what to quote of it.

        Args:
            chat_id: where the answer is given.
            citation: its words.

        Returns:
            None where the article does not stand in the chat, or not as it would be cut now.
        """
        if not self._parts:
            return None
        posted = await self._posted(chat_id)
        words = Span(citation.start, citation.end)
        sentence = Span(citation.sentence_start, citation.sentence_start + len(citation.sentence))
        number = self._number_of(sentence)
        if number is None:
            # The sentence goes over two messages; its words may be in one.
            number = self._number_of(words)
        if number is None or len(posted) != len(self._parts):
            return None
        part = self._parts[number]
        quote = quote_of(part.text, part.place(sentence), part.place(words))
        return None if quote is None else Evidence(posted[number].message_id, quote)

    def _number_of(self, span: Span) -> int | None:
        return next((n for n, part in enumerate(self._parts) if _shows(part, span)), None)

    async def _posted(self, chat_id: int) -> tuple[PostedPart, ...]:
        return await self._services.store.parts(chat_id, self._services.pipeline.article.sha256)

    async def _points_at_it(self, bot: Bot, said: Outgoing) -> bool:
        """Say where the article begins in the chat; False if it is not, or no more, there."""
        posted = await self._posted(said.chat_id)
        if not posted:
            return False
        beginning = ReplyParameters(posted[0].message_id, allow_sending_without_reply=False)
        here = replace(said, text=RichText(FULL_ARTICLE_IS_HERE), reply_to=beginning)
        try:
            await send(self._services, bot, here)
        except BadRequest:
            # Somebody deleted it.
            return False
        return True

    async def _post_parts(self, bot: Bot, said: Outgoing) -> None:
        posted: list[PostedPart] = []
        for number, part in enumerate(self._parts):
            # One sound is enough for all of them.
            outgoing = replace(
                said, key=f"part:{number}", text=part.text, reply_to=None, is_silent=number > 0
            )
            posted.append(PostedPart(await send(self._services, bot, outgoing), number))
        sha256 = self._services.pipeline.article.sha256
        await self._services.store.keep_parts(said.chat_id, sha256, posted)


def _shows(part: ArticlePart, span: Span) -> bool:
    return part.span.start <= span.start and span.end <= part.span.end
