"""What the buttons under an answer do. All is rebuilt from the store: old ones go on working."""

import asyncio

from telegram import Update
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.answer import Citation
from bot.telegram_app.context_button import ContextButton
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.keyboards import answer_keyboard, cited, press_in
from bot.telegram_app.messages import BUTTON_BAD, BUTTON_GOOD, EXPIRED, TAKEN_BACK, noted
from bot.telegram_app.pressed import Pressed, acknowledge, find_pressed, note_gone
from bot.telegram_app.questions import QuestionHandlers
from bot.telegram_app.sending import send_quoting
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import Rating
from bot.telegram_app.text.answer_message import cited_sentence
from bot.telegram_app.text.splitting import split
from bot.telegram_app.text.units import clean, utf16_length

_MAX_POPUP_UNITS = int(CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
_RATED = "rated"


class Buttons:
    """Does what a pressed button says."""

    def __init__(
        self, services: Services, full_article: FullArticle, questions: QuestionHandlers
    ) -> None:
        """Use the bot's services.

        Args:
            services: of the bot.
            full_article: finds the article's message that shows a sentence.
            questions: asks what is suggested.
        """
        self._services = services
        self._full_article = full_article
        self._questions = questions
        self._context = ContextButton(services)

    async def on_button(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a button says, or say that its answer has expired."""
        query = update.callback_query
        if query is None:
            return
        press = press_in(query.data)
        if press is not None and press.what == "q":
            if await self._questions.ask_suggestion(update, context.bot):
                return
            press = None
        if press is None:
            await acknowledge(self._services, query, EXPIRED)
            return
        pressed = await find_pressed(self._services, update.update_id, query, press)
        if isinstance(pressed, str):
            await acknowledge(self._services, query, pressed)
        elif pressed.press.what == "s":
            await self._show_sentence(pressed)
        elif pressed.press.what == "c":
            await self._context.toggle(pressed)
        else:
            await self._rate(pressed, "good" if pressed.press.what == "g" else "bad")

    async def _show_sentence(self, pressed: Pressed) -> None:
        citations = cited(pressed.answer)
        citation = next((one for one in citations if one.number == pressed.press.number), None)
        if citation is None:
            await acknowledge(self._services, pressed.query, EXPIRED)
            return
        popup = popup_of(citation)
        await acknowledge(self._services, pressed.query, popup, is_alert=popup is not None)
        if popup is None:
            await self._send_sentence(pressed, citation)

    async def _send_sentence(self, pressed: Pressed, citation: Citation) -> None:
        """Send a sentence that is too long for a pop-up, as a reply that quotes the article."""
        evidence = await self._full_article.evidence(pressed.message.chat_id, citation)
        text = cited_sentence(citation, pressed.answer)
        for number, part in enumerate(split(text)):
            outgoing = pressed.outgoing(f"sentence:{number}", part)
            here = evidence if number == 0 else None
            await send_quoting(self._services, pressed.bot, outgoing, here)

    async def _rate(self, pressed: Pressed, rating: Rating) -> None:
        now = await self._toggle_rating(pressed, rating)
        label = BUTTON_GOOD if rating == "good" else BUTTON_BAD
        sentence = TAKEN_BACK if now is None else noted(label)
        await acknowledge(self._services, pressed.query, sentence)
        # In a group all see the same buttons: a mark would be somebody's, and nobody knew whose.
        if pressed.is_private:
            await self._mark(pressed, now)

    async def _toggle_rating(self, pressed: Pressed, rating: Rating) -> Rating | None:
        """Keep a rating, or take the same one back; return what is kept now."""
        store, answer_id, person = self._services.store, pressed.kept.id, pressed.query.from_user.id
        before = await store.rating(answer_id, person)
        # At a second try it has been done, or the press is lost; it must not be undone.
        if (await store.delivery(pressed.update_id, _RATED)).begun:
            return before
        await store.begin_delivery(pressed.update_id, _RATED)
        now = None if before == rating else rating
        await store.rate(answer_id, person, now)
        return now

    async def _mark(self, pressed: Pressed, rating: Rating | None) -> None:
        bot, message = pressed.bot, pressed.message
        keyboard = await asyncio.to_thread(
            answer_keyboard,
            pressed.answer,
            pressed.kept.id,
            context_shown=bool(pressed.press.number),
            rating=rating,
        )
        try:
            await self._services.outbox.edit(
                lambda: bot.edit_message_reply_markup(
                    message.chat_id, message.message_id, reply_markup=keyboard
                )
            )
        except BadRequest as error:
            note_gone(error)


def popup_of(citation: Citation) -> str | None:
    """Return the sentence of a citation as a pop-up, with its place if there is room.

    Returns:
        None if the sentence is longer than the 200 UTF-16 units that a pop-up takes.
    """
    sentence = clean(citation.sentence)
    texts = (f"[{citation.number}] {citation.spoken_place()}\n{sentence}", sentence)
    return next((text for text in texts if utf16_length(text) <= _MAX_POPUP_UNITS), None)
