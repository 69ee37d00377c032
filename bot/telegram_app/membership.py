"""Chats that the bot comes into, is thrown out of, and that get another number."""

import logging

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.ext import ContextTypes

from bot.telegram_app import messages
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText

_LOGGER = logging.getLogger(__name__)
_GONE = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


class Membership:
    """Greets groups, and keeps what is known of one that becomes a supergroup."""

    def __init__(self, services: Services) -> None:
        """Use the store and the outbox."""
        self._services = services

    async def on_change(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Greet a group that the bot was added to; note who blocked or removed it."""
        change = update.my_chat_member
        if change is None:
            return
        was_in, is_in = _is_in(change.old_chat_member), _is_in(change.new_chat_member)
        if was_in and not is_in:
            _LOGGER.info("Blocked by or removed from a %s chat.", change.chat.type)
        elif is_in and not was_in and change.chat.type in _GROUPS:
            may = self._services.admission.is_allowed(change.from_user.id, change.chat.id)
            sentence = messages.GREETING_GROUP if may else messages.NOT_ALLOWED
            await answer(self._services, update, Reply("greeting", RichText(sentence)))

    async def on_migration(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Hand over what is kept of a group to the supergroup that it became.

        Telegram tells it in both chats; the second time there is nothing left to hand over.
        """
        message = update.message
        if message is None:
            return
        if message.migrate_to_chat_id is not None:
            await self._services.move_chat(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._services.move_chat(message.migrate_from_chat_id, message.chat.id)


def _is_in(member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status not in _GONE
