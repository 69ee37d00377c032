"""Which updates wait for a turn in their chat, and for what."""

from datetime import datetime

from telegram import Bot, Message, MessageEntity, Update

from bot.telegram_app.addressing import is_old
from bot.telegram_app.incoming import READ_COMMAND, ToRead, intent_of
from bot.telegram_app.keyboards import press_in
from bot.telegram_app.offer_buttons import offer_press_in
from bot.telegram_app.question_queue import Turn


def turn_of(update: Update, bot: Bot, started_at: datetime, long_text: int) -> Turn | None:
    """Return the turn that an update has to wait for; None where it goes ahead.

    Args:
        update: as Telegram sent it.
        bot: initialised, so that it knows its name.
        started_at: when the bot started: what is older piled up, and is exempt from the limits.
        long_text: from how many characters on a text may be an article.
    """
    query = update.callback_query
    if query is not None:
        press = press_in(query.data)
        offer = offer_press_in(query.data)
        lane = offer.lane if offer else "answering" if press and press.what == "q" else None
        return Turn(query.message.chat.id, False, lane) if lane and query.message else None
    message = update.message or update.edited_message
    if message is None:
        return None
    if message.migrate_from_chat_id is not None:
        # What is asked in the new chat waits until all has been handed over to it.
        return Turn(message.chat.id, exempt=True)
    if is_read_command(message, bot) and update.message is not None:
        return Turn(message.chat.id, is_old(update, started_at), "reading")
    intent = intent_of([message], bot, long_text)
    if intent is None:
        return None
    lane = "reading" if isinstance(intent, ToRead) and update.message else "answering"
    return Turn(message.chat.id, is_old(update, started_at), lane)


def is_read_command(message: Message, bot: Bot) -> bool:
    """Whether a message is `/read`, and no other bot is meant."""
    for entity in message.entities:
        if entity.type == MessageEntity.BOT_COMMAND and entity.offset == 0:
            name, _, whose = message.parse_entity(entity)[1:].partition("@")
            is_mine = not whose or whose.casefold() == bot.username.casefold()
            return is_mine and name.casefold() == READ_COMMAND
    return False
