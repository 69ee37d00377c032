"""A button that was pressed, and the answer that it belongs to."""

import logging
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, Message
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.answer import Answer
from bot.telegram_app import messages
from bot.telegram_app.addressing import thread_of
from bot.telegram_app.answer_record import answer_from, references_in
from bot.telegram_app.expiry import unless_too_old
from bot.telegram_app.keyboards import Press
from bot.telegram_app.sending import Outgoing, reply_to
from bot.telegram_app.services import Services
from bot.telegram_app.store.records import KeptAnswer, MessagePlace
from bot.telegram_app.text.rich_text import RichText

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press of a button under an answer that is still known.

    Attributes:
        update_id: of the update that tells of the press.
        bot: answers.
        query: what Telegram says of the press.
        press: what the button says.
        message: on which the button is: the last of the answer's.
        kept: the answer, as it is kept.
        answer: the same, as it was given.
        text: of the message; None where it is so old that Telegram does not say.
        thread_id: topic that the message is in.
        is_private: whether nobody else sees the message.
    """

    update_id: int
    bot: Bot
    query: CallbackQuery
    press: Press
    message: MessagePlace
    kept: KeptAnswer
    answer: Answer
    text: str | None
    thread_id: int | None
    is_private: bool

    @property
    def messages(self) -> tuple[int, ...]:
        """Ids of the answer's messages, in order."""
        # Not kept yet where the bot was stopped in the midst of sending.
        return self.kept.messages or (self.message.message_id,)

    def outgoing(self, key: str, text: RichText) -> Outgoing:
        """Return a message that replies to the answer."""
        chat_id, message_id = self.message.chat_id, self.message.message_id
        return Outgoing(
            self.update_id, key, chat_id, text, self.thread_id, reply_to(message_id), is_silent=True
        )


async def find_pressed(
    services: Services, update_id: int, query: CallbackQuery, press: Press
) -> Pressed | str:
    """Return what was pressed, or what to say where nothing is left to be done.

    That is so if the answer is not kept any more, if it was given in another chat (a button's data
    comes from outside), or if the chat no longer has what it quotes.
    """
    message = query.message
    kept = await services.store.answer(press.answer_id)
    if message is None or kept is None or kept.question.chat_id != message.chat.id:
        return messages.EXPIRED
    answer = await answer_of(services, kept)
    if answer is None:
        return messages.ARTICLE_GONE
    told = message if isinstance(message, Message) else None
    return Pressed(
        update_id=update_id,
        bot=query.get_bot(),
        query=query,
        press=press,
        message=MessagePlace(message.chat.id, message.message_id),
        kept=kept,
        answer=answer,
        text=told.text if told is not None else None,
        thread_id=thread_of(told) if told is not None else None,
        is_private=message.chat.type == ChatType.PRIVATE,
    )


async def answer_of(services: Services, kept: KeptAnswer) -> Answer | None:
    """Return an answer as it was given, about whichever article; None if that is gone."""
    references = references_in(kept.payload)
    known = await services.articles.known(kept.chat_id, references)
    return answer_from(kept.payload, known)


async def acknowledge(
    services: Services, query: CallbackQuery, text: str | None = None, *, is_alert: bool = False
) -> None:
    """Tell Telegram that a press was seen, which stops the button's spinning.

    Args:
        services: of the bot.
        query: the press.
        text: is shown to the person who pressed, at most 200 characters.
        is_alert: whether it stays until it is closed.
    """
    await unless_too_old(
        services.outbox.edit(lambda: query.answer(text, show_alert=is_alert or None))
    )


def note_gone(error: BadRequest) -> None:
    """Log that a message that was to be edited is gone: nothing is left to be done."""
    _LOGGER.info("An answer was not edited: %s", error.message)
