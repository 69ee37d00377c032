"""Which messages are questions for the bot, and who asks them."""

from dataclasses import dataclass
from datetime import datetime

from telegram import Message, MessageEntity, Update
from telegram.constants import ChatType

from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.units import is_blank
from bot.telegram_app.words import Words, words_of

_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP}


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that a person asks the bot.

    Attributes:
        text: what is asked, without the bot's name; blank where there is nothing else.
        chat_id: where it was asked.
        message_id: of the message that asks.
        thread_id: the topic that it is in; None where the chat has no topics.
        asker_id: who asks; None for one who writes in the name of a group or channel.
        asker_name: how that person or chat is called.
        is_group: whether others read along.
    """

    text: str
    chat_id: int
    message_id: int
    thread_id: int | None
    asker_id: int | None
    asker_name: str
    is_group: bool

    @property
    def place(self) -> MessagePlace:
        """The message that asks."""
        return MessagePlace(self.chat_id, self.message_id)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is asked."""
        return is_blank(self.text)


def question_in(update: Update, bot_username: str, bot_id: int) -> AskedQuestion | None:
    """Return the question that a new or edited message asks the bot, or None.

    In a private chat every text is one; in a group, a text that names the bot or replies to it.
    Commands are none, nor is what a bot says, or what was sent through this bot's inline mode.

    Args:
        update: as Telegram sent it.
        bot_username: without "@".
        bot_id: of the bot.
    """
    message = update.message or update.edited_message
    if message is None or message.text is None:
        return None
    words = words_for_bot(message, bot_username, bot_id)
    return None if words is None else asked_by(message, words.text)


def words_for_bot(message: Message, bot_username: str, bot_id: int) -> Words | None:
    """Return what a message says to the bot, without its name; None if it is not for the bot.

    In a private chat all is for the bot but commands; in a group, what names it or replies to it.
    The words of a picture or a document are those below it.

    Args:
        message: as Telegram sent it.
        bot_username: without "@".
        bot_id: of the bot.
    """
    is_group = message.chat.type in _GROUPS
    if is_automatic(message, bot_id) or is_command(message):
        return None
    if not (is_group or message.chat.type == ChatType.PRIVATE):
        return None
    words = words_of(message)
    names = [one for one in words.entities if _names_bot(words, one, bot_username, bot_id)]
    if is_group and not names and not _replies_to(message, bot_id):
        return None
    return words.without(names)


def asked_by(message: Message, text: str) -> AskedQuestion:
    """Return a question that a message asks."""
    person, chat = message.from_user, message.sender_chat
    name = (chat.effective_name if chat else person.full_name if person else None) or ""
    return AskedQuestion(
        text=text,
        chat_id=message.chat.id,
        message_id=message.message_id,
        thread_id=thread_of(message),
        asker_id=None if chat or person is None else person.id,
        asker_name=name,
        is_group=message.chat.type in _GROUPS,
    )


def is_old(update: Update, started_at: datetime) -> bool:
    """Whether a message was sent, or last edited, before the bot started."""
    message = update.message or update.edited_message
    return message is not None and (message.edit_date or message.date) < started_at


def thread_of(message: Message) -> int | None:
    """Return the topic that a message is in, which what replies to it must name.

    Replies in a group without topics have a thread as well; the API refuses to be told it.
    """
    return message.message_thread_id if message.is_topic_message else None


def is_automatic(message: Message, bot_id: int) -> bool:
    """Whether no person wrote this message to be read by the bot."""
    by_bot = message.from_user is not None and message.from_user.is_bot
    via_this = message.via_bot is not None and message.via_bot.id == bot_id
    # Telegram puts a bot in the place of a group or channel that speaks.
    other_bot = by_bot and message.sender_chat is None
    return via_this or other_bot or bool(message.is_automatic_forward)


def is_command(message: Message) -> bool:
    """Whether a message begins with a command, of this bot or another one."""
    return any(e.type == MessageEntity.BOT_COMMAND and e.offset == 0 for e in message.entities)


def _names_bot(words: Words, entity: MessageEntity, bot_username: str, bot_id: int) -> bool:
    if entity.type == MessageEntity.MENTION:
        return words.of(entity).casefold() == f"@{bot_username}".casefold()
    is_link = entity.type == MessageEntity.TEXT_MENTION
    return is_link and entity.user is not None and entity.user.id == bot_id


def _replies_to(message: Message, bot_id: int) -> bool:
    replied = message.reply_to_message
    # In a topic, whatever replies to nothing "replies" to the message that made the topic.
    if replied is None or replied.forum_topic_created is not None:
        return False
    return replied.from_user is not None and replied.from_user.id == bot_id
