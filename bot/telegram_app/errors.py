"""What happens to errors: a line in the log, a sentence for the person, a note for the operator."""

import logging

from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ContextTypes

from bot.telegram_app import messages
from bot.telegram_app.admin_notes import AdminNotes
from bot.telegram_app.expiry import unless_too_old
from bot.telegram_app.replies import Reply, answer
from bot.telegram_app.services import Services
from bot.telegram_app.text.rich_text import RichText
from index.errors import ArticleBotError

_LOGGER = logging.getLogger(__name__)

# Pressing a button twice, or one of yesterday.
_HARMLESS = ("message is not modified", "query is too old", "query id is invalid")


class Errors:
    """Deals with errors that no handler has dealt with. A traceback never goes to a chat."""

    def __init__(self, services: Services, notes: AdminNotes) -> None:
        """Use what counts errors, and what tells the operator."""
        self._services = services
        self._notes = notes

    async def on_error(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Deal with an error of a handler.

        Args:
            update: that was handled.
            context: has the error.
        """
        error = context.error
        if error is None or _is_harmless(error):
            return
        update_id = update.update_id if isinstance(update, Update) else None
        self._count(error)
        if isinstance(error, Forbidden):
            _LOGGER.info("blocked by the chat", extra={"update_id": update_id})
            return
        if _is_of_network(error):
            # What a person waits for is repeated by `Outbox`; this was a nicety.
            _LOGGER.warning(
                "not sent", extra={"error": type(error).__name__, "update_id": update_id}
            )
            return
        self._log(error, update_id)
        if isinstance(update, Update):
            await self._tell_person(update)

    async def on_polling_error(self, error: TelegramError) -> None:
        """Deal with an error of asking Telegram for updates; it is asked again in any case."""
        self._count(error)
        if isinstance(error, Conflict):
            self._complain(messages.ADMIN_SECOND_INSTANCE)
        elif isinstance(error, InvalidToken):
            self._complain(messages.ADMIN_TOKEN_REFUSED)
        elif _is_of_network(error):
            _LOGGER.warning("Telegram was not reached", extra={"error": type(error).__name__})
        else:
            _LOGGER.error("updates were not taken", extra={"error": str(error)})
            self._notes.tell(messages.admin_updates_not_taken(type(error).__name__))

    def _count(self, error: Exception) -> None:
        self._services.metrics.errors.labels(type(error).__name__).inc()

    def _complain(self, sentence: str) -> None:
        _LOGGER.error(sentence)
        self._notes.tell(sentence)

    def _log(self, error: Exception, update_id: int | None) -> None:
        kind = type(error).__name__
        event = "an update failed"
        if not isinstance(error, ArticleBotError | TelegramError):
            event = "a bug in article-bot; please report this line"
        _LOGGER.error(event, exc_info=error, extra={"update_id": update_id})
        self._notes.tell(messages.admin_update_failed(kind, update_id))

    async def _tell_person(self, update: Update) -> None:
        """Say once that it did not work: in the chat, or above the button that was pressed."""
        try:
            if update.callback_query is not None:
                pressed = update.callback_query.answer(messages.FAILED, show_alert=True)
                await unless_too_old(pressed)
            elif update.message is not None or update.edited_message is not None:
                await answer(self._services, update, Reply("failed", RichText(messages.FAILED)))
        except (TelegramError, ArticleBotError) as error:
            _LOGGER.warning("nobody was told of it", extra={"error": type(error).__name__})


def _is_harmless(error: Exception) -> bool:
    return isinstance(error, BadRequest) and any(
        words in error.message.lower() for words in _HARMLESS
    )


def _is_of_network(error: Exception) -> bool:
    """Whether Telegram was not reached, or has too much to do."""
    if isinstance(error, RetryAfter):
        return True
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)
