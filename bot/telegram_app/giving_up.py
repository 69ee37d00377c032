"""Telling a person that an update is not tried again."""

from telegram import Message, ReplyParameters, Update

from bot.telegram_app.addressing import thread_of
from bot.telegram_app.messages import GIVEN_UP
from bot.telegram_app.outbox import Outbox


async def tell_given_up(outbox: Outbox, update: Update) -> None:
    """Reply that an update is not tried again; do nothing where it has no message to reply to.

    Raises:
        TelegramError: if Telegram refuses the reply.
        Stopping: if the bot stops before it is sent.
    """
    asked = update.effective_message
    if asked is None:
        return

    async def call() -> Message:
        return await update.get_bot().send_message(
            asked.chat.id,
            GIVEN_UP,
            message_thread_id=thread_of(asked),
            reply_parameters=ReplyParameters(asked.message_id, allow_sending_without_reply=True),
        )

    await outbox.send(update.update_id, "given-up", call)
