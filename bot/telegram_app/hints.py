"""What the bot says to a message that is no text: once in each chat, then it keeps silent."""

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot.telegram_app import article_messages, messages
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText

# As it is remembered in the store.
_WHAT = "hint"


class Hints:
    """Tells a person who sends a picture, a sticker or the like that the bot reads text."""

    def __init__(self, services: Services) -> None:
        """Use the store and the outbox."""
        self._services = services

    async def on_message(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Give a hint, if it is the chat's first and the message is meant for the bot.

        Whoever may not use the bot gets none: there is nothing that they could type instead.
        """
        message = update.message
        if message is None or not _is_for(message, context.bot.username, context.bot.id):
            return
        person = message.from_user
        if not self._services.admission.is_allowed(person.id if person else None, message.chat.id):
            return
        if await self._services.store.first_time(message.chat.id, _WHAT):
            hint = hint_for(message)
            if self._services.settings.allow_uploads:
                hint = f"{hint} {article_messages.HINT}"
            await answer(self._services, update, Reply("hint", RichText(hint)))


def hint_for(message: Message) -> str:
    """Return what to say to a message that asks nothing."""
    if message.text is not None:
        return messages.HINT_EMPTY
    # An animation is a document as well.
    if message.photo or message.video or message.animation or message.video_note:
        return messages.HINT_PHOTO
    if message.voice or message.audio:
        return messages.HINT_VOICE
    if message.sticker:
        return messages.HINT_STICKER
    return messages.HINT_OTHER


def _is_for(message: Message, bot_username: str, bot_id: int) -> bool:
    """Whether a message is meant for the bot: in a group, if it replies to it or names it."""
    via_bot = message.via_bot
    if via_bot is not None and via_bot.id == bot_id:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == bot_id:
        return replied.forum_topic_created is None
    named = message.parse_entities([MessageEntity.MENTION]) if message.text else {}
    named = {**named, **message.parse_caption_entities([MessageEntity.MENTION])}
    return any(name.casefold() == f"@{bot_username}".casefold() for name in named.values())
