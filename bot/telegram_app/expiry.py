"""Queries that are answered too late: nobody sees it, so it is no failure."""

from collections.abc import Awaitable

from telegram.error import BadRequest

_TOO_OLD = ("query is too old", "query id is invalid")


async def unless_too_old(answering: Awaitable[object]) -> None:
    """Answer the press of a button or an inline question; do nothing if it is too old for that.

    Raises:
        TelegramError: if Telegram refuses it for another reason, or is not reached.
    """
    try:
        await answering
    except BadRequest as error:
        if not any(words in error.message.lower() for words in _TOO_OLD):
            raise
