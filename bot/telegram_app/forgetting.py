"""`/forget`: deleting what is kept of a chat, once somebody who may has confirmed it."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest
from telegram.ext import ContextTypes

from bot.telegram_app import messages
from bot.telegram_app.expiry import unless_too_old
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.rights import is_administrator
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText

_YES, _NO = "v1:f:y", "v1:f:n"
# What the buttons of `/forget` say to the bot.
FORGET_PATTERN = r"^v1:f:[yn]$"

_KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton(messages.FORGET_YES, callback_data=_YES),
            InlineKeyboardButton(messages.FORGET_NO, callback_data=_NO),
        ]
    ]
)


class Forgetting:
    """Asks back, then deletes. In a group only administrators may, as all others lose by it."""

    def __init__(self, services: Services) -> None:
        """Use the store and the outbox."""
        self._services = services

    async def forget(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Ask whether all that is kept of this chat is to be deleted.

        Whoever the bot does not talk to may ask this: it is about what it kept of them.
        """
        reply = Reply("forget", RichText(messages.FORGET_QUESTION), _KEYBOARD)
        if not await is_administrator(self._services.outbox, update):
            reply = Reply("forget", RichText(messages.ONLY_ADMINISTRATORS_FORGET))
        await answer(self._services, update, reply)

    async def on_button(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Delete what is kept, or leave it, and say so in place of the question."""
        query = update.callback_query
        if query is None or query.message is None:
            return
        if not await is_administrator(self._services.outbox, update):
            sentence = messages.ONLY_ADMINISTRATORS_FORGET
            await unless_too_old(query.answer(sentence, show_alert=True))
            return
        if query.data == _YES:
            await self._services.articles.forget(query.message.chat.id)
            await self._services.store.forget_chat(query.message.chat.id)
        await unless_too_old(query.answer())
        done = messages.FORGOTTEN if query.data == _YES else messages.NOT_FORGOTTEN
        await self._replace_question(update, done)

    async def _replace_question(self, update: Update, sentence: str) -> None:
        bot, message = update.get_bot(), update.callback_query and update.callback_query.message
        if not message:
            return
        try:
            await self._services.outbox.edit(
                lambda: bot.edit_message_text(
                    sentence, chat_id=message.chat.id, message_id=message.message_id
                )
            )
        except BadRequest:
            # The question is gone, or too old to be edited.
            await answer(self._services, update, Reply("forgotten", RichText(sentence)))
