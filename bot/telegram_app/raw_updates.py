"""Updates as Telegram sends them: which are kept, and what they become."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, Update

from bot.telegram_app.store.records import RawUpdate

_LOGGER = logging.getLogger(__name__)

# Nobody waits for the answer to what was typed into another chat's line before a restart.
_NOT_KEPT = "inline_query"
_LARGEST_NUMBER = 2**63 - 1  # of a database; Telegram's have at most 52 bits


def is_kept(update: Update) -> bool:
    """Whether an update is stored before it is handled."""
    return getattr(update, _NOT_KEPT) is None


def parsed(raw: Mapping[str, Any], bot: Bot) -> Update | None:
    """Return an update; None, and a line in the log, if it is not as the Bot API describes it.

    Args:
        raw: the update as Telegram sent it.
        bot: acts in what the update's objects do.
    """
    update_id = raw.get("update_id") if isinstance(raw, Mapping) else None
    if not isinstance(update_id, int) or abs(update_id) > _LARGEST_NUMBER:
        _LOGGER.error("An update without a number was left out.")
        return None
    try:
        return Update.de_json(dict(raw), bot)
    except Exception as error:  # whatever is wrong with it
        # Only the kind of the error: its words may be a person's.
        _LOGGER.error("Update %d cannot be read (%s); left out.", update_id, type(error).__name__)
        return None


def to_keep(raw: Mapping[str, Any]) -> RawUpdate | None:
    """Return what is stored of an update; None if it is of a kind that is not kept."""
    if _NOT_KEPT in raw:
        return None
    return RawUpdate(raw["update_id"], _chat_id(raw), json.dumps(raw))


def _chat_id(raw: Mapping[str, Any]) -> int | None:
    """Return the chat that an update belongs to: of whatever it brings, or of that's message."""
    for brought in raw.values():
        if isinstance(brought, Mapping):
            message = brought.get("message")
            inside = brought if "chat" in brought else message
            chat = inside.get("chat") if isinstance(inside, Mapping) else None
            chat_id = chat.get("id") if isinstance(chat, Mapping) else None
            if isinstance(chat_id, int) and abs(chat_id) <= _LARGEST_NUMBER:
                return chat_id
    return None
