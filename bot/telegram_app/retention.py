"""Forgetting what is older than the settings allow: when the bot starts, and daily."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from bot.telegram_app.services import Services
from index.errors import ArticleBotError

_LOGGER = logging.getLogger(__name__)
_DAY_SECONDS = 24 * 60 * 60.0


def _now() -> datetime:
    return datetime.now(UTC)


async def forget_old(services: Services, now: Callable[[], datetime] = _now) -> None:
    """Delete what is older than the settings say; what does not work is tried the next day."""
    days = services.settings.retention_days
    moment = now() - timedelta(days=days)
    try:
        await services.store.forget_before(moment)
        await services.articles.forget_unused(moment)
    except ArticleBotError as error:
        _LOGGER.error("What is older than %d days was not deleted: %s", days, error)


async def forget_daily(
    services: Services,
    *,
    now: Callable[[], datetime] = _now,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> NoReturn:
    """Delete what is too old now and once a day, until cancelled.

    Args:
        services: of the bot.
        now: the time in UTC.
        sleep: waits for so many seconds.
    """
    while True:
        await forget_old(services, now)
        await sleep(_DAY_SECONDS)
