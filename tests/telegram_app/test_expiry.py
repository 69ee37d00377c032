import asyncio

import pytest
from telegram.error import BadRequest, TimedOut

from bot.telegram_app.expiry import unless_too_old


async def failing(error: Exception) -> None:
    raise error


@pytest.mark.parametrize(
    "description",
    [
        "Query is too old and response timeout expired or query ID is invalid",
        "query id is invalid",
    ],
)
def test_what_is_too_old_is_no_failure(description: str) -> None:
    asyncio.run(unless_too_old(failing(BadRequest(description))))


@pytest.mark.parametrize("error", [BadRequest("Message is too long"), TimedOut()])
def test_any_other_failure_is_one(error: Exception) -> None:
    with pytest.raises(type(error)):
        asyncio.run(unless_too_old(failing(error)))
