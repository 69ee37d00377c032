"""Answering an update that is no question: one text, in as many messages as it needs."""

from dataclasses import dataclass

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType

from bot.telegram_app.addressing import thread_of
from bot.telegram_app.sending import Outgoing, reply_to, send
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.splitting import split


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent.

    Attributes:
        key: tells the answers to one update apart.
        text: may be longer than a message.
        keyboard: below the last message.
    """

    key: str
    text: RichText
    keyboard: InlineKeyboardMarkup | None = None


async def answer(services: Services, update: Update, reply: Reply) -> None:
    """Send a text once into the chat of an update; in a group it replies to the message there.

    Raises:
        TelegramError: if Telegram refuses it.
        Stopping: if the bot stops before it is sent.
        ValueError: if the update has no chat.
    """
    chat, message = update.effective_chat, _message_of(update)
    if chat is None:
        raise ValueError(f"update {update.update_id} has no chat to answer in")
    is_private = chat.type == ChatType.PRIVATE
    parts = split(reply.text)
    for number, part in enumerate(parts):
        outgoing = Outgoing(
            update.update_id,
            f"{reply.key}:{number}",
            chat.id,
            part,
            thread_of(message) if message is not None else None,
            None if message is None or is_private else reply_to(message.message_id),
            reply.keyboard if number == len(parts) - 1 else None,
        )
        await send(services, update.get_bot(), outgoing)


def _message_of(update: Update) -> Message | None:
    """Return what is replied to; None where Telegram tells no more than that it was there."""
    query = update.callback_query
    message = update.effective_message if query is None else query.message
    return message if isinstance(message, Message) else None
