"""Forgetting what is older than the settings allow: when the bot starts, and daily."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.protocol import Store

_LOGGER = logging.getLogger(__name__)
_DAY_SECONDS = 24 * 60 * 60.0


def _now() -> datetime:
    return datetime.now(UTC)


async def forget_old(store: Store, days: int, now: Callable[[], datetime] = _now) -> None:
    """Delete what is older than so many days; a store that does not work is tried the next day."""
    try:
        await store.forget_before(now() - timedelta(days=days))
    except StoreError as error:
        _LOGGER.error("What is older than %d days was not deleted: %s", days, error)


async def forget_daily(
    store: Store,
    days: int,
    *,
    now: Callable[[], datetime] = _now,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> NoReturn:
    """Delete what is too old now and once a day, until cancelled.

    Args:
        store: remembers.
        days: for which it may.
        now: the time in UTC.
        sleep: waits for so many seconds.
    """
    while True:
        await forget_old(store, days, now)
        await sleep(_DAY_SECONDS)
