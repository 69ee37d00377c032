"""Inline mode: `@bot question` in any chat offers the answer, to be sent there."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from telegram import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, Update
from telegram.ext import ContextTypes

from bot.answer import Answer
from bot.render import answer_line, verdict_sentence
from bot.telegram_app import messages
from bot.telegram_app.expiry import unless_too_old
from bot.telegram_app.services import Services
from bot.telegram_app.text.answer_message import answer_message
from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS, cut
from bot.telegram_app.text.units import one_clean_line
from index.errors import QuestionError

# In UTF-16 units: two lines each, in the list above the keyboard.
_MAX_TITLE_UNITS = 100
_MAX_DESCRIPTION_UNITS = 200
# In code points, of the 64 that Telegram takes.
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class _Offer:
    """What is offered for an inline question.

    Attributes:
        results: to choose from.
        lasts: whether the same question gets the same answer again, whoever asks it.
    """

    results: tuple[InlineQueryResultArticle, ...]
    lasts: bool


class InlineAnswers:
    """Answers the newest inline question of each person; every keystroke sends another."""

    def __init__(
        self,
        services: Services,
        suggestions: Sequence[str],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Start with no question asked.

        Args:
            services: what is worked with.
            suggestions: questions that the article answers, offered where nothing is asked yet.
            sleep: waits for so many seconds.
        """
        self._services = services
        self._suggestions = tuple(suggestions)
        self._sleep = sleep
        self._newest: dict[int, str] = {}
        self._suggested: tuple[Answer, ...] | None = None

    async def on_query(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Answer an inline question, unless its asker goes on typing.

        Raises:
            TelegramError: if Telegram refuses the results, or is not reached.
            Stopping: if the bot stops first.
        """
        query = update.inline_query
        if query is None:
            return
        self._newest[query.from_user.id] = query.id
        try:
            await self._sleep(self._services.settings.inline_delay_seconds)
            offer = await self._offer(query) if self._is_newest(query) else None
            if offer is not None and self._is_newest(query):
                await self._answer(query, offer)
        finally:
            if self._is_newest(query):
                del self._newest[query.from_user.id]

    def _is_newest(self, query: InlineQuery) -> bool:
        return self._newest.get(query.from_user.id) == query.id

    async def _offer(self, query: InlineQuery) -> _Offer | None:
        """Return what to offer; None where the person has gone on typing."""
        question, person = query.query.strip(), query.from_user.id
        refusal = self._services.admission.check(person, person, exempt=not question)
        if refusal is not None:
            self._services.metrics.refused.labels(refusal.limit).inc()
            return _Offer((_saying(refusal.sentence),), lasts=False)
        if not question:
            return _Offer(tuple(map(_result, await self._suggested_answers())), lasts=True)
        if self._services.queue.waiting >= self._services.settings.queue_limit:
            self._services.metrics.refused.labels("queue").inc()
            return _Offer((_saying(messages.BUSY),), lasts=False)
        try:
            answer = await self._services.queue.compute(lambda: self._work(query, question))
        except QuestionError as error:
            return _Offer((_saying(str(error)),), lasts=True)
        if answer is None:
            return None
        self._count(answer)
        return _Offer((_result(answer),), lasts=True)

    def _work(self, query: InlineQuery, question: str) -> Answer | None:
        # A thread may become free only when this question is no longer asked.
        return self._services.pipeline.answer(question) if self._is_newest(query) else None

    def _count(self, answer: Answer) -> None:
        metrics = self._services.metrics
        metrics.questions.inc()
        metrics.verdicts.labels(answer.verdict).inc()
        metrics.pipeline_seconds.observe(answer.elapsed_ms / 1000)

    async def _suggested_answers(self) -> tuple[Answer, ...]:
        if self._suggested is None:
            pipeline, questions = self._services.pipeline, self._suggestions
            self._suggested = await self._services.queue.compute(
                lambda: tuple(map(pipeline.answer, questions))
            )
        return self._suggested

    async def _answer(self, query: InlineQuery, offer: _Offer) -> None:
        settings = self._services.settings
        await unless_too_old(
            query.answer(
                offer.results,
                cache_time=settings.inline_cache_seconds if offer.lasts else 0,
                # What Telegram keeps for everybody must be for everybody.
                is_personal=not offer.lasts
                or bool(settings.allowed_users or settings.allowed_chats),
            )
        )


def inline_text(answer: Answer) -> RichText:
    """Return a question with its answer and citation as one message for another chat."""
    question = cut(RichText(one_clean_line(answer.question)), MAX_MESSAGE_UNITS // 4)
    head = isolated(question.styled(Style.ITALIC)) + "\n\n"
    return head + answer_message(answer, limit=MAX_MESSAGE_UNITS - head.utf16_length).parts[0]


def _result(answer: Answer) -> InlineQueryResultArticle:
    """Return an answer as an inline result; "the article does not say" is one as well."""
    if answer.citations:
        title, description = answer_line(answer), answer.citations[0].sentence
    else:
        title, description = verdict_sentence(answer), answer.reason or ""
    about = f"{answer.article.sha256}\n{answer.question}"
    return _article(about, title, description, inline_text(answer))


def _saying(sentence: str) -> InlineQueryResultArticle:
    """Return a result that says why there is no answer."""
    return _article(sentence, messages.INLINE_CANNOT, sentence, RichText(sentence))


def _article(about: str, title: str, description: str, text: RichText) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        hashlib.sha256(about.encode()).hexdigest()[:_ID_LENGTH],
        cut(RichText(one_clean_line(title)), _MAX_TITLE_UNITS).plain(),
        InputTextMessageContent(text.plain(), entities=text.entities()),
        description=cut(RichText(one_clean_line(description)), _MAX_DESCRIPTION_UNITS).plain()
        or None,
    )
