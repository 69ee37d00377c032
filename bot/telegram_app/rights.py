"""Who may do what a whole group has to live with."""

from typing import Literal

from telegram import Chat, Update
from telegram.constants import ChatType

GroupUploads = Literal["admins", "everybody", "nobody"]


async def is_administrator(update: Update) -> bool:
    """Whether somebody may decide for a chat: in a private one, whoever is in it.

    Raises:
        TelegramError: if Telegram does not say who the administrators are.
    """
    chat, person = update.effective_chat, update.effective_user
    if chat is None or person is None:
        return False
    if chat.type == ChatType.PRIVATE:
        return True
    return _speaks_as(update, chat) or any(
        member.user.id == person.id for member in await chat.get_administrators()
    )


async def may_send_articles(update: Update, group_uploads: GroupUploads) -> bool:
    """Whether somebody may have articles read, and choose which one is asked.

    Args:
        update: by which they want it.
        group_uploads: who may in a group.

    Raises:
        TelegramError: if Telegram does not say who the administrators are.
    """
    chat = update.effective_chat
    if chat is None:
        return False
    if chat.type == ChatType.PRIVATE or group_uploads == "everybody":
        return True
    return group_uploads == "admins" and await is_administrator(update)


def _speaks_as(update: Update, chat: Chat) -> bool:
    """Whether an administrator speaks in the name of the chat itself."""
    message = update.message
    return message is not None and message.sender_chat == chat
