"""`/article full`: the article as messages of a chat, and where a citation stands in them."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from weakref import WeakValueDictionary

from telegram import Bot, ReplyParameters, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer import Citation
from bot.open_once import OpenOnce
from bot.telegram_app.addressing import thread_of
from bot.telegram_app.article_messages import CHOOSE_ONE
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
from index.article import Article
from index.library.article_json import article_id
from index.spans import Span


@dataclass(frozen=True, slots=True)
class _Cut:
    """An article as messages.

    Attributes:
        parts: the messages; empty where the article is far too long to be posted.
        needed: how many there would have to be.
    """

    parts: tuple[ArticlePart, ...]
    needed: int


class FullArticle:
    """Posts articles into chats, and finds a citation in the messages that show its article."""

    def __init__(self, services: Services) -> None:
        """Cut nothing yet.

        Args:
            services: of the bot.
        """
        self._services = services
        self._most = services.settings.full_article_max_messages
        # Of the articles that are asked at a time.
        self._cuts: OpenOnce[str, _Cut] = OpenOnce(services.settings.open_articles)
        self._posting: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def post(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Post what a chat asks into it once; from then on, show where it begins.

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
        subject = await self._services.articles.subject(message.chat.id)
        article = await self._services.articles.article(subject)
        if article is None:
            await send(self._services, context.bot, replace(said, text=RichText(CHOOSE_ONE)))
            return
        cut = await self._cut(article)
        if cut.needed > self._most:
            sentence = full_article_is_too_long(cut.needed, self._most)
            await send(self._services, context.bot, replace(said, text=RichText(sentence)))
            return
        async with self._posting.setdefault(message.chat.id, asyncio.Lock()):
            if not await self._points_at_it(context.bot, said, article):
                await self._post_parts(context.bot, said, article)
                await send(self._services, context.bot, said)

    async def evidence(self, chat_id: int, citation: Citation) -> Evidence | None:
        """Return the article's message that shows a citation, and what to quote of it.

        Args:
            chat_id: where the answer is given.
            citation: its words.

        Returns:
            None where the article does not stand in the chat, or not as it would be cut now.
        """
        posted = await self._posted(chat_id, citation.article)
        if not posted:
            return None
        parts = (await self._cut(citation.article)).parts
        words = Span(citation.start, citation.end)
        sentence = Span(citation.sentence_start, citation.sentence_start + len(citation.sentence))
        number = _number_of(parts, sentence)
        if number is None:
            # The sentence goes over two messages; its words may be in one.
            number = _number_of(parts, words)
        if number is None or len(posted) != len(parts):
            return None
        part = parts[number]
        quote = quote_of(part.text, part.place(sentence), part.place(words))
        return None if quote is None else Evidence(posted[number].message_id, quote)

    async def _cut(self, article: Article) -> _Cut:
        """Cut an article, unless it is far too long: that takes long, and would be for nothing."""

        def cut() -> _Cut:
            at_least = math.ceil(utf16_length(article.text) / MAX_MESSAGE_UNITS)
            parts = article_parts(article) if at_least <= self._most else ()
            return _Cut(parts, max(at_least, len(parts)))

        return await asyncio.to_thread(lambda: self._cuts.get(article_id(article), cut))

    async def _posted(self, chat_id: int, article: Article) -> tuple[PostedPart, ...]:
        return await self._services.store.parts(chat_id, article.sha256)

    async def _points_at_it(self, bot: Bot, said: Outgoing, article: Article) -> bool:
        """Say where the article begins in the chat; False if it is not, or no more, there."""
        posted = await self._posted(said.chat_id, article)
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

    async def _post_parts(self, bot: Bot, said: Outgoing, article: Article) -> None:
        posted: list[PostedPart] = []
        for number, part in enumerate((await self._cut(article)).parts):
            # One sound is enough for all of them.
            key = f"part:{article.sha256[:8]}:{number}"
            outgoing = replace(said, key=key, text=part.text, reply_to=None, is_silent=number > 0)
            posted.append(PostedPart(await send(self._services, bot, outgoing), number))
        await self._services.store.keep_parts(said.chat_id, article.sha256, posted)


def _number_of(parts: Sequence[ArticlePart], span: Span) -> int | None:
    """Return the number of the message that shows all of a span of the article."""
    shows = (part.span.start <= span.start and span.end <= part.span.end for part in parts)
    return next((number for number, does in enumerate(shows) if does), None)
