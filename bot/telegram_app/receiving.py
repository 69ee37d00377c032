"""`Receiving`: whatever people send that is no command goes from here to who deals with it."""

from telegram import Bot, Update
from telegram.ext import ContextTypes

from bot.telegram_app.addressing import is_old
from bot.telegram_app.answer_delivery import Asking
from bot.telegram_app.article_messages import NOTHING_TO_READ
from bot.telegram_app.incoming import Intent, ToAsk, ToOffer, ToRead, intent_of, reading_of
from bot.telegram_app.offers import Offers
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.readings import Readings
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText


class Receiving:
    """Finds out what is wanted with messages, and has it done."""

    def __init__(
        self, services: Services, questions: QuestionHandlers, readings: Readings, offers: Offers
    ) -> None:
        """Use the bot's services.

        Args:
            services: of the bot.
            questions: answer.
            readings: read articles.
            offers: ask back where a text is long.
        """
        self._services = services
        self._questions = questions
        self._readings = readings
        self._offers = offers

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Deal with a message, and with those that belong to it."""
        services = self._services
        updates = await services.gathering.whole(update, services.queue.stopping)
        messages = [one.message for one in updates if one.message is not None]
        intent = intent_of(messages, context.bot, services.settings.long_text_length)
        if intent is not None:
            await self._deal(update, context.bot, self._allowed(intent))

    async def on_read(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Read what stands behind `/read`, or what its message replies to."""
        message = update.message
        to_read = None if message is None else reading_of(message, context.bot)
        if to_read is None:
            await answer(self._services, update, Reply("read", RichText(NOTHING_TO_READ)))
        else:
            await self._readings.read(update, context.bot, to_read)

    def _allowed(self, intent: Intent) -> Intent:
        """Return what is done where no articles are taken: whatever can be asked is."""
        if self._services.settings.allow_uploads or isinstance(intent, ToAsk):
            return intent
        if isinstance(intent, ToRead) and intent.asked.is_blank:
            return intent  # which is declined
        return ToAsk(intent.asked)

    async def _deal(self, update: Update, bot: Bot, intent: Intent) -> None:
        if isinstance(intent, ToRead):
            await self._readings.read(update, bot, intent)
        elif isinstance(intent, ToOffer):
            await self._offers.offer(update, bot, intent)
        else:
            old = is_old(update, self._services.started_at)
            await self._questions.ask(Asking(update.update_id, bot, intent.asked, old))
