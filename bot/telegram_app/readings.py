"""Reading what people send: it becomes their chat's article, and is asked from then on."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import Bot, Update

from bot.telegram_app import article_messages
from bot.telegram_app.addressing import AskedQuestion
from bot.telegram_app.answer_delivery import Asking
from bot.telegram_app.chat_articles import ALL
from bot.telegram_app.incoming import Link, Readable, SentFile, ToRead
from bot.telegram_app.offer_buttons import offer_press_in
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.reading_limits import ReadingLimits
from bot.telegram_app.reading_message import ReadingMessage
from bot.telegram_app.reading_watch import ReadingWatch
from bot.telegram_app.sending import Outgoing, reply_to, send
from bot.telegram_app.services import Services
from bot.telegram_app.source_reading import SourceReader, download
from bot.telegram_app.store.records import MessagePlace, Reading
from bot.telegram_app.text.article_card import reading_card
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS, cut
from index.article import Article
from index.errors import ArticleBotError
from index.library.entry import Added, Entry


@dataclass(frozen=True, slots=True)
class _Order:
    """Articles to read because of an update.

    Attributes:
        update: calls for them.
        bot: reads.
        to_read: what is read.
        shown: the message of the bot that is to tell of it, if there is one.
    """

    update: Update
    bot: Bot
    to_read: ToRead
    shown: MessagePlace | None

    @property
    def asked(self) -> AskedQuestion:
        """Who wants it, and what is asked afterwards."""
        return self.to_read.asked

    def outgoing(self, key: str, message_id: int) -> Outgoing:
        """Return a message without words that replies to one of the person's."""
        asked = self.asked
        return Outgoing(
            self.update.update_id,
            key,
            asked.chat_id,
            RichText(),
            asked.thread_id,
            reply_to(message_id),
        )


class Readings:
    """Reads in the order in which a chat has sent, apart from the answers to all others."""

    def __init__(
        self, services: Services, reader: SourceReader, questions: QuestionHandlers
    ) -> None:
        """Use the bot's services.

        Args:
            services: of the bot.
            reader: makes articles of what was sent.
            questions: answers what is asked beside an article.
        """
        self._services = services
        self._limits = ReadingLimits(services)
        self._reader = reader
        self._questions = questions

    async def read(
        self, update: Update, bot: Bot, to_read: ToRead, shown: MessagePlace | None = None
    ) -> bool:
        """Read articles, and answer what was asked beside them.

        Args:
            update: calls for it; its turn has come.
            bot: reads.
            to_read: what is read.
            shown: a message of the bot that is to tell of it, instead of a new one.

        Returns:
            Whether that was tried; if not, the person was told why.

        Raises:
            TelegramError: if Telegram refuses a message.
            Stopping: if the bot stops; all is done again at the next start.
        """
        order = _Order(update, bot, to_read, shown)
        refusal = await self._limits.refusal(update, order.asked)
        if refusal is not None:
            await self._say(order, refusal)
            return False
        found = [
            await self._read_one(order, number, readable)
            for number, readable in enumerate(to_read.readables)
        ]
        entries = [entry for entry in found if entry is not None]
        if len(entries) > 1:
            await self._ask_all(order)
        if entries and not order.asked.is_blank:
            await self._questions.reply(Asking(update.update_id, bot, order.asked))
        return True

    async def give_up(self, update: Update, bot: Bot) -> bool:
        """Say in the message that tells of a reading that it is not tried again.

        Returns:
            Whether there is such a message.
        """
        place = await self._place_of(update)
        if place is None:
            return False
        outgoing = Outgoing(update.update_id, _key(0), place.chat_id, RichText())
        message = ReadingMessage(self._services, bot, outgoing, place)
        await message.end(RichText(article_messages.READING_GIVEN_UP))
        return True

    async def _place_of(self, update: Update) -> MessagePlace | None:
        """Return the message that tells of the reading of an update, if there is one."""
        query, chat = update.callback_query, update.effective_chat
        press = offer_press_in(query.data) if query is not None else None
        if press is not None and press.reads and query is not None and query.message is not None:
            return MessagePlace(query.message.chat.id, query.message.message_id)
        known = await self._services.store.delivery(update.update_id, _key(0))
        if known.message_id is None or chat is None:
            return None
        return MessagePlace(chat.id, known.message_id)

    async def _read_one(self, order: _Order, number: int, readable: Readable) -> Entry | None:
        """Read one article and tell of it; None if that could not be done, which is told, too."""
        outgoing = order.outgoing(_key(number), readable.message_id)
        message = ReadingMessage(self._services, order.bot, outgoing, order.shown)
        try:
            reading = Reading(order.update.update_id, number, order.asked.chat_id)
            is_second_try = await self._limits.refuse_too_many(reading, readable.source)
            await message.begin()
            article, added = await self._article(order, readable, message)
        except ArticleBotError as error:
            self._services.metrics.articles.labels("refused").inc()
            await message.end(cut(RichText(str(error)), MAX_MESSAGE_UNITS))
            return None
        except Exception:
            self._services.metrics.articles.labels("failed").inc()
            # What follows says that something went wrong.
            await message.take_back()
            raise
        self._services.metrics.articles.labels(added.outcome).inc()
        await self._services.articles.choose(order.asked.chat_id, added.entry)
        # What the first try has added, the person does not know yet.
        is_new = is_second_try and added.outcome == "known"
        await message.end(reading_card(article, "new" if is_new else added.outcome))
        return added.entry

    async def _article(
        self, order: _Order, readable: Readable, message: ReadingMessage
    ) -> tuple[Article, Added]:
        """Fetch, read, keep and index an article."""
        services, settings, chat_id = self._services, self._services.settings, order.asked.chat_id
        watch = ReadingWatch(settings.reading_seconds, services.queue.stopping.is_set)
        ticket = services.queue.ticket(order.update.update_id)
        make = await self._prepared(order, readable)

        def work() -> tuple[Article, Added]:
            watch.begin()
            article = make(watch)
            watch.check()
            return article, services.articles.take(chat_id, article, watch)

        def said() -> str:
            place = 0 if watch.has_begun or ticket is None else ticket.place
            return article_messages.reading_waits(place) if place > 1 else watch.said

        async with message.watching(said):
            article, added = await services.queue.compute(work, "reading")
        await services.articles.note_use(chat_id, added.entry)
        services.metrics.reading_seconds.observe(watch.elapsed_seconds)
        return article, added

    async def _prepared(
        self, order: _Order, readable: Readable
    ) -> Callable[[ReadingWatch], Article]:
        """Return what makes the article on a thread; a document is downloaded before."""
        source, reader = readable.source, self._reader
        if isinstance(source, Link):
            return lambda watch: reader.page(source, watch)
        if isinstance(source, SentFile):
            limit = self._services.settings.telegram_file_limit_bytes
            content = await download(order.bot, self._services.outbox, source, limit)
            return lambda _watch: reader.file(source, content)
        return lambda _watch: reader.text(source)

    async def _ask_all(self, order: _Order) -> None:
        """Have a chat that was sent several articles at once ask all of its own."""
        chat_id = order.asked.chat_id
        await self._services.articles.choose(chat_id, ALL)
        count = len(await self._services.articles.entries(chat_id))
        outgoing = order.outgoing("all", order.asked.message_id)
        text = RichText(article_messages.all_ready(count))
        await send(self._services, order.bot, replace(outgoing, text=text))

    async def _say(self, order: _Order, sentence: str) -> None:
        outgoing = order.outgoing("refusal", order.asked.message_id)
        await send(self._services, order.bot, replace(outgoing, text=RichText(sentence)))


def _key(number: int) -> str:
    return f"reading:{number}"
