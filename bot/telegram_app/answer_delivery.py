"""Bringing an answer into a chat, and another one into its place."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from telegram import Bot
from telegram.error import BadRequest

from bot.answer import Answer
from bot.telegram_app.addressing import AskedQuestion
from bot.telegram_app.answer_record import Shown, record_of, shown_in
from bot.telegram_app.full_article import FullArticle
from bot.telegram_app.rendering import Rendered, View, render
from bot.telegram_app.sending import (
    Edit,
    Evidence,
    Outgoing,
    edit,
    reply_to,
    retract,
    send,
    send_quoting,
)
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import KeptAnswer, MessagePlace
from bot.telegram_app.text.rich_text import RichText
from index.spans import Span

# Half of a SHA-256, in hexadecimal: no two answers share it, and it fits into a button's data.
_ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Asking:
    """A question on its way.

    Attributes:
        update_id: of the update that asks.
        bot: answers.
        question: what is asked.
        is_old: whether it piled up while the bot was down.
    """

    update_id: int
    bot: Bot
    question: AskedQuestion
    is_old: bool = False

    @property
    def answer_id(self) -> str:
        """The id of its answer: the same at a second try, as buttons with it may be there."""
        key = f"{self.bot.id} {self.question.chat_id} {self.update_id}"
        return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]

    def outgoing(self, key: str, text: RichText) -> Outgoing:
        """Return a message that replies to the question."""
        question = self.question
        return Outgoing(
            self.update_id,
            key,
            question.chat_id,
            text,
            question.thread_id,
            reply_to(question.message_id),
        )


class AnswerDelivery:
    """Sends answers and keeps what their buttons need."""

    def __init__(self, services: Services, full_article: FullArticle) -> None:
        """Use the store and the outbox.

        Args:
            services: of the bot.
            full_article: finds the article's message that an answer replies to.
        """
        self._services = services
        self._full_article = full_article

    async def send(self, asking: Asking, answer: Answer) -> None:
        """Send an answer, its buttons under the last message, and keep it.

        It is kept before it is sent as well: what was sent stays what its buttons tell about.
        """
        evidence, quoted = await self._evidence(asking, answer)
        shown = Shown(names_asker=evidence is not None and asking.question.is_group, quoted=quoted)
        await self._keep(asking, answer, shown, ())
        rendered = await self._rendered(asking, answer, shown)
        messages: list[int] = []
        for number, part in enumerate(rendered.parts):
            outgoing = asking.outgoing(f"answer:{number}", part)
            outgoing = replace(outgoing, keyboard=rendered.keyboard_of(number))
            if number == 0:
                sent = await send_quoting(self._services, asking.bot, outgoing, evidence)
                shown = replace(shown, quoted=quoted if sent.is_quoting else None)
                messages.append(sent.message_id)
            else:
                # One message replies, the others follow it.
                follows = replace(outgoing, reply_to=None)
                messages.append(await send(self._services, asking.bot, follows))
        await self._keep(asking, answer, shown, tuple(messages))

    async def send_instead(self, asking: Asking, before: KeptAnswer, answer: Answer) -> None:
        """Put an answer in the place of an earlier one to the same message.

        It is edited in place. Where that replies to words of the article's message that are not
        the answer now, or is gone, it is sent anew: what a reply quotes cannot be edited.

        Args:
            asking: the edited question.
            before: what stands in the chat.
            answer: what is to stand there.
        """
        shown = shown_in(before.payload)
        _, quoted = await self._evidence(asking, answer)
        same_words = shown.quoted == quoted and before.article_sha256 == answer.article.sha256
        if shown.quoted is None or same_words:
            rendered = await self._rendered(asking, answer, shown)
            try:
                messages = await self._rewrite(asking, before.messages, rendered)
            except BadRequest:
                pass
            else:
                await self._keep(asking, answer, shown, messages)
                return
        for message_id in before.messages:
            await self._retract(asking, message_id)
        await self.send(asking, answer)

    async def _evidence(
        self, asking: Asking, answer: Answer
    ) -> tuple[Evidence | None, Span | None]:
        """Return the article's message to reply to, and the words that make it the right one."""
        if not answer.citations:
            return None, None
        first = answer.citations[0]
        evidence = await self._full_article.evidence(asking.question.chat_id, first)
        return evidence, Span(first.start, first.end) if evidence is not None else None

    async def _rendered(self, asking: Asking, answer: Answer, shown: Shown) -> Rendered:
        view = View(asker=asking.question.asker_name if shown.names_asker else None)
        return await asyncio.to_thread(render, answer, asking.answer_id, view)

    async def _rewrite(
        self, asking: Asking, messages: tuple[int, ...], rendered: Rendered
    ) -> tuple[int, ...]:
        """Edit messages, send those that are missing, delete those that are too many."""
        now: list[int] = []
        for number, part in enumerate(rendered.parts):
            keyboard = rendered.keyboard_of(number)
            if number < len(messages):
                place = MessagePlace(asking.question.chat_id, messages[number])
                await edit(self._services, asking.bot, place, Edit(part, keyboard))
                now.append(messages[number])
            else:
                outgoing = replace(asking.outgoing(f"answer:{number}", part), keyboard=keyboard)
                now.append(await send(self._services, asking.bot, outgoing))
        for message_id in messages[len(now) :]:
            await self._retract(asking, message_id)
        return tuple(now)

    async def _retract(self, asking: Asking, message_id: int) -> None:
        place = MessagePlace(asking.question.chat_id, message_id)
        await retract(self._services, asking.bot, place)

    async def _keep(
        self, asking: Asking, answer: Answer, shown: Shown, messages: tuple[int, ...]
    ) -> None:
        record = await asyncio.to_thread(record_of, answer, shown)
        await self._services.store.keep_answer(
            KeptAnswer(
                id=asking.answer_id,
                question=asking.question.place,
                asker_id=asking.question.asker_id,
                article_sha256=answer.article.sha256,
                payload=record,
                messages=messages,
                answered_at=datetime.now(UTC),
            )
        )
