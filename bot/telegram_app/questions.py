"""Questions: answered, answered anew when they are edited, and told their place in the queue."""

import time
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.answer import Answer
from bot.pipeline import clean_question
from bot.telegram_app.addressing import AskedQuestion, is_old, question_in, thread_of
from bot.telegram_app.answer_delivery import AnswerDelivery, Asking
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.keyboards import press_in
from bot.telegram_app.messages import BUSY, place_in_queue
from bot.telegram_app.pressed import acknowledge, answer_of
from bot.telegram_app.sending import Outgoing, reply_to, send
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import KeptAnswer
from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import cut
from bot.telegram_app.text.units import one_clean_line
from bot.telegram_app.typing_action import typing
from index.errors import ArticleBotError, QuestionError

# In UTF-16 units: a name, not a text.
_MAX_NAME_UNITS = 64


class QuestionHandlers:
    """Handles all that is answered by the pipeline."""

    def __init__(self, services: Services, full_article: FullArticle) -> None:
        """Use the bot's services.

        Args:
            services: of the bot.
            full_article: finds the article's message that an answer replies to.
        """
        self._services = services
        self._delivery = AnswerDelivery(services, full_article)

    async def ask(self, asking: Asking) -> bool:
        """Answer a question, if it is answered now; else tell the person why not.

        Returns:
            Whether it was admitted.
        """
        is_admitted = await self._is_admitted(asking)
        if is_admitted:
            await self.reply(asking)
        return is_admitted

    async def reply(self, asking: Asking) -> None:
        """Answer a question that was admitted."""
        started = time.perf_counter()
        answer = await self._kept_answer(asking) or await self._answer(asking)
        if answer is not None:
            await self._delivery.send(asking, answer)
            self._services.metrics.answer_seconds.observe(time.perf_counter() - started)

    async def on_edit(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an edited message in the place of its earlier answer; as a new one without it."""
        asking = self._asking(update, context.bot)
        if asking is None:
            return
        before = await self._services.store.answer_to(asking.question.place)
        if before is None or not before.messages:
            await self.ask(asking)
        elif await self._is_answered_by(asking, before):
            return
        elif await self._is_admitted(asking):
            answer = await self._answer(asking)
            if answer is not None:
                await self._delivery.send_instead(asking, before, answer)

    async def ask_suggestion(self, update: Update, bot: Bot) -> bool:
        """Ask the question on the button that was pressed, as if it had been typed.

        The label is asked and not its number: after a restart, that may be another question's.

        Returns:
            Whether there is such a button; if not, the press is not acknowledged.
        """
        query = update.callback_query
        message = query.message if query is not None else None
        if query is None or not isinstance(message, Message):
            return False
        text = _label(message.reply_markup, query.data)
        if text is None:
            return False
        await acknowledge(self._services, query)
        asked = AskedQuestion(
            text=text,
            chat_id=message.chat.id,
            message_id=message.message_id,
            thread_id=thread_of(message),
            asker_id=query.from_user.id,
            asker_name=query.from_user.full_name,
            is_group=message.chat.type != ChatType.PRIVATE,
        )
        asking = Asking(update.update_id, bot, asked)
        if await self._is_admitted(asking):
            # The answer replies to a message that asks, so that it can be read later.
            said = asking.outgoing("asked", _said_aloud(asked))
            message_id = await send(self._services, bot, said)
            await self.reply(replace(asking, question=replace(asked, message_id=message_id)))
        return True

    async def tell_place(self, update: Update, bot: Bot, place: int) -> None:
        """Tell who asks how many are ahead.

        Args:
            update: asks something.
            bot: tells it.
            place: in the queue, 1 being the next.
        """
        message = update.effective_message
        if message is None:
            return
        outgoing = Outgoing(
            update.update_id,
            "queue",
            message.chat.id,
            RichText(place_in_queue(place)),
            thread_of(message),
            reply_to(message.message_id),
            is_silent=True,
        )
        await send(self._services, bot, outgoing)

    def _asking(self, update: Update, bot: Bot) -> Asking | None:
        question = question_in(update, bot.username, bot.id)
        if question is None or question.is_blank:
            return None
        old = is_old(update, self._services.started_at)
        return Asking(update.update_id, bot, question, old)

    async def _is_admitted(self, asking: Asking) -> bool:
        """Return whether a question is answered now; tell the person if it is not."""
        services, question = self._services, asking.question
        refusal = services.admission.check(
            question.asker_id, question.chat_id, exempt=asking.is_old
        )
        ticket = services.queue.ticket(asking.update_id)
        if refusal is not None:
            services.metrics.refused.labels(refusal.limit).inc()
            await self._say(asking, refusal.sentence)
        elif ticket is not None and not ticket.admitted:
            services.metrics.refused.labels("queue").inc()
            await self._say(asking, BUSY)
        else:
            return True
        return False

    async def _kept_answer(self, asking: Asking) -> Answer | None:
        """Return the answer that an earlier try at this update has worked out."""
        kept = await self._services.store.answer_to(asking.question.place)
        if kept is None or kept.id != asking.answer_id:
            return None
        return await answer_of(self._services, kept)

    async def _answer(self, asking: Asking) -> Answer | None:
        """Return the answer; None if the question cannot be asked, of which the person is told."""
        services, question = self._services, asking.question
        services.metrics.questions.inc()
        # Now that its turn has come: what was sent before it has been read.
        subject = await services.articles.subject(question.chat_id)
        try:
            async with typing(asking.bot, question.chat_id, question.thread_id):
                answer = await services.queue.compute(
                    lambda: services.articles.pipeline(question.chat_id, subject).answer(
                        question.text
                    )
                )
        except ArticleBotError as error:
            await self._say(asking, str(error))
            return None
        await services.articles.note_asked(question.chat_id, subject)
        services.metrics.pipeline_seconds.observe(answer.elapsed_ms / 1000)
        services.metrics.verdicts.labels(answer.verdict).inc()
        return answer

    async def _is_answered_by(self, asking: Asking, before: KeptAnswer) -> bool:
        """Whether an edit changed nothing that matters, or was handled by an earlier try."""
        answer = await answer_of(self._services, before)
        try:
            most = self._services.settings.max_question_length
            question = clean_question(asking.question.text, most)
        except QuestionError:
            return False
        return answer is not None and answer.question == question

    async def _say(self, asking: Asking, sentence: str) -> None:
        await send(self._services, asking.bot, asking.outgoing("refusal", RichText(sentence)))


def _label(keyboard: InlineKeyboardMarkup | None, data: str | None) -> str | None:
    """Return what stands on the button with this data; None if it asks no question."""
    press = press_in(data)
    if keyboard is None or press is None or press.what != "q":
        return None
    buttons = (button for row in keyboard.inline_keyboard for button in row)
    return next((button.text for button in buttons if button.callback_data == data), None)


def _said_aloud(asked: AskedQuestion) -> RichText:
    """Return a question as a message of the bot; in a group, with who asks it."""
    text = isolated(RichText(asked.text).styled(Style.ITALIC))
    name = one_clean_line(asked.asker_name)
    if not asked.is_group or not name:
        return text
    return isolated(cut(RichText(name), _MAX_NAME_UNITS)) + ": " + text
