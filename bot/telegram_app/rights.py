"""Who may do what a whole group has to live with."""

from typing import Literal

from telegram import Chat, Update
from telegram.constants import ChatType

from bot.telegram_app.outbox import Outbox

GroupUploads = Literal["admins", "everybody", "nobody"]


async def is_administrator(outbox: Outbox, update: Update) -> bool:
    """Whether somebody may decide for a chat: in a private one, whoever is in it.

    Args:
        outbox: asks Telegram for the administrators until it tells.
        update: by which somebody wants something.

    Raises:
        TelegramError: if Telegram does not tell.
        Stopping: if the bot stops before.
    """
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None:
        return False
    if chat.type == ChatType.PRIVATE:
        return True
    if _speaks_as(update, chat):
        return True
    administrators = await outbox.edit(chat.get_administrators) or ()
    return any(member.user.id == person.id for member in administrators)


async def may_send_articles(outbox: Outbox, update: Update, group_uploads: GroupUploads) -> bool:
    """Whether somebody may have articles read, and choose which one is asked.

    Args:
        outbox: asks Telegram for the administrators until it tells.
        update: by which they want it.
        group_uploads: who may in a group.

    Raises:
        TelegramError: if Telegram does not tell.
        Stopping: if the bot stops before.
    """
    chat = update.effective_chat
    if chat is None:
        return False
    if chat.type == ChatType.PRIVATE or group_uploads == "everybody":
        return True
    return group_uploads == "admins" and await is_administrator(outbox, update)


def _speaks_as(update: Update, chat: Chat) -> bool:
    """Whether an administrator speaks in the name of the chat itself."""
    message = update.message
    return message is not None and message.sender_chat == chat
