"""A long text: is it an article, or a question? Two buttons ask."""

import hashlib

from telegram import Bot, CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.telegram_app import article_messages, messages
from bot.telegram_app.addressing import AskedQuestion, is_old, thread_of
from bot.telegram_app.answer_delivery import Asking
from bot.telegram_app.incoming import Readable, SentText, ToOffer, ToRead
from bot.telegram_app.offer_buttons import offer_keyboard, offer_press_in
from bot.telegram_app.pressed import acknowledge
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.readings import Readings
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.rights import may_send_articles
from bot.telegram_app.sending import Outgoing, reply_to, retract, send
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import MessagePlace, Offer
from bot.telegram_app.text.rich_text import RichText
from index.article import count_words

# Half of a SHA-256, in hexadecimal.
_ID_LENGTH = 32


class Offers:
    """Asks what a long text is for, and does it."""

    def __init__(self, services: Services, questions: QuestionHandlers, readings: Readings) -> None:
        """Use the bot's services.

        Args:
            services: of the bot.
            questions: answer the text as a question.
            readings: read the text as an article.
        """
        self._services = services
        self._questions = questions
        self._readings = readings

    async def offer(self, update: Update, bot: Bot, to_offer: ToOffer) -> None:
        """Ask what a text is for; it is kept until that is said.

        Whoever may not send articles here is not asked: it is a question.
        """
        services, asked = self._services, to_offer.asked
        if not services.admission.is_allowed(asked.asker_id, asked.chat_id):
            await answer(services, update, Reply("refusal", RichText(messages.NOT_ALLOWED)))
            return
        if not await self._may(update):
            old = is_old(update, services.started_at)
            await self._questions.ask(Asking(update.update_id, bot, asked, old))
            return
        offer = Offer(_id_of(bot, asked, update), asked.chat_id, asked.message_id, asked.text)
        await services.store.keep_offer(offer)
        outgoing = Outgoing(
            update.update_id,
            "offer",
            asked.chat_id,
            RichText(article_messages.offer(count_words(asked.text))),
            asked.thread_id,
            reply_to(asked.message_id),
            offer_keyboard(offer.id),
        )
        await send(services, bot, outgoing)

    async def on_button(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Read the text or ask it, as the button says."""
        query = update.callback_query
        if query is None:
            return
        press = offer_press_in(query.data)
        offer = await self._services.store.offer(press.offer_id) if press else None
        message = query.message
        # A button's data comes from outside: a text is only given to the chat that sent it.
        if offer is None or not isinstance(message, Message) or offer.chat_id != message.chat.id:
            await acknowledge(self._services, query, messages.EXPIRED)
            return
        if press is not None and not press.reads:
            await acknowledge(self._services, query)
            is_done = await self._ask(update, context.bot, offer)
        elif await self._may(update):
            await acknowledge(self._services, query)
            is_done = await self._read(update, context.bot, offer)
        else:
            sentence = article_messages.ONLY_ADMINISTRATORS_UPLOAD
            await acknowledge(self._services, query, sentence, is_alert=True)
            return
        if is_done:
            await self._services.store.drop_offer(offer.id)

    async def _may(self, update: Update) -> bool:
        services = self._services
        return await may_send_articles(services.outbox, update, services.settings.group_uploads)

    async def _ask(self, update: Update, bot: Bot, offer: Offer) -> bool:
        asked, place = _pressed(update, offer, offer.text)
        is_done = await self._questions.ask(Asking(update.update_id, bot, asked))
        if is_done:
            await retract(self._services, bot, place)
        return is_done

    async def _read(self, update: Update, bot: Bot, offer: Offer) -> bool:
        asked, place = _pressed(update, offer, "")
        to_read = ToRead(asked, (Readable(SentText(offer.text), offer.message_id),))
        # The offer itself tells how far it is.
        return await self._readings.read(update, bot, to_read, place)


def _pressed(update: Update, offer: Offer, text: str) -> tuple[AskedQuestion, MessagePlace]:
    """Return what whoever pressed asks of the message that sent the text, and the offer's place."""
    query = update.callback_query
    assert query is not None
    message = query.message
    assert isinstance(message, Message)
    asked = _asked_by(query, message, offer.message_id, text)
    return asked, MessagePlace(message.chat.id, message.message_id)


def _asked_by(query: CallbackQuery, message: Message, message_id: int, text: str) -> AskedQuestion:
    return AskedQuestion(
        text=text,
        chat_id=message.chat.id,
        message_id=message_id,
        thread_id=thread_of(message),
        asker_id=query.from_user.id,
        asker_name=query.from_user.full_name,
        is_group=message.chat.type != ChatType.PRIVATE,
    )


def _id_of(bot: Bot, asked: AskedQuestion, update: Update) -> str:
    """Return the offer's id: the same at a second try, as buttons with it may be there."""
    key = f"offer {bot.id} {asked.chat_id} {update.update_id}"
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]
