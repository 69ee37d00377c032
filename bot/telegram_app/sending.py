"""Sending a message once, in the form that Telegram wants."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated

from bot.telegram_app.services import Services
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.quotes import Quote
from bot.telegram_app.text.rich_text import RichText

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent because of an update.

    Attributes:
        update_id: of the update.
        key: tells the update's messages apart.
        chat_id: where to.
        text: at most 4096 UTF-16 units.
        thread_id: topic of the chat, if it has some.
        reply_to: what it replies to.
        keyboard: buttons under it.
        is_silent: whether it arrives without a sound.
    """

    update_id: int
    key: str
    chat_id: int
    text: RichText
    thread_id: int | None = None
    reply_to: ReplyParameters | None = None
    keyboard: InlineKeyboardMarkup | None = None
    is_silent: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """What a message is to say.

    Attributes:
        text: at most 4096 UTF-16 units.
        keyboard: buttons under it; None takes away those that are there.
    """

    text: RichText
    keyboard: InlineKeyboardMarkup | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent.

    Attributes:
        message_id: of the message.
        is_quoting: whether it replies to the article's message and quotes it.
    """

    message_id: int
    is_quoting: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of an article's message that an answer replies to.

    Attributes:
        message_id: of the article's message.
        quote: what the reply quotes of it.
    """

    message_id: int
    quote: Quote

    def reply_parameters(self) -> ReplyParameters:
        """Return a reply that Telegram refuses where the message or the words are not there."""
        return ReplyParameters(
            self.message_id,
            allow_sending_without_reply=False,
            quote=self.quote.text.plain(),
            quote_entities=self.quote.entities(),
            quote_position=self.quote.position,
        )


def reply_to(message_id: int) -> ReplyParameters:
    """Return a reply to a message; it is sent even if that was deleted meanwhile."""
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def send(services: Services, bot: Bot, outgoing: Outgoing) -> int:
    """Send a message, unless it was sent before; return its id.

    A group that became a supergroup meanwhile gets it there, without the reply: the messages have
    other numbers there.
    """
    try:
        return await _send(services, bot, outgoing)
    except ChatMigrated as moved:
        await services.move_chat(outgoing.chat_id, moved.new_chat_id)
        there = replace(outgoing, chat_id=moved.new_chat_id, thread_id=None, reply_to=None)
        return await _send(services, bot, there)


async def send_quoting(
    services: Services, bot: Bot, outgoing: Outgoing, evidence: Evidence | None
) -> Sent:
    """Send a message as a reply that quotes the article's message, if Telegram takes the quote.

    Args:
        services: of the bot.
        bot: sends.
        outgoing: the message as it is sent where there is no quote, or it is refused.
        evidence: what to quote.
    """
    if evidence is not None:
        quoting = replace(outgoing, reply_to=evidence.reply_parameters())
        try:
            return Sent(await send(services, bot, quoting), is_quoting=True)
        except BadRequest as error:
            # The article's message was deleted, or its words are counted in another way.
            _LOGGER.warning("A quote was refused, and is left out: %s", error.message)
    return Sent(await send(services, bot, outgoing), is_quoting=False)


async def edit(services: Services, bot: Bot, message: MessagePlace, new: Edit) -> None:
    """Put a text and buttons in place of those of a message of the bot.

    Raises:
        BadRequest: if the message is gone.
    """
    await services.outbox.edit(
        lambda: bot.edit_message_text(
            new.text.plain(),
            chat_id=message.chat_id,
            message_id=message.message_id,
            entities=new.text.entities(),
            reply_markup=new.keyboard,
        )
    )


async def retract(services: Services, bot: Bot, message: MessagePlace) -> None:
    """Delete a message of the bot; one that is gone, or too old for that, is left."""
    try:
        await services.outbox.edit(lambda: bot.delete_message(message.chat_id, message.message_id))
    except BadRequest as error:
        _LOGGER.info("A message was not deleted: %s", error.message)


async def _send(services: Services, bot: Bot, outgoing: Outgoing) -> int:
    return await services.outbox.send(outgoing.update_id, outgoing.key, _call(bot, outgoing))


def _call(bot: Bot, outgoing: Outgoing) -> Callable[[], Awaitable[Message]]:
    return lambda: bot.send_message(
        outgoing.chat_id,
        outgoing.text.plain(),
        entities=outgoing.text.entities(),
        message_thread_id=outgoing.thread_id,
        reply_parameters=outgoing.reply_to,
        reply_markup=outgoing.keyboard,
        # False would be said aloud; None is Telegram's default.
        disable_notification=outgoing.is_silent or None,
    )
