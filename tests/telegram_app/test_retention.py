import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.settings import Settings
from bot.telegram_app.retention import forget_daily
from bot.telegram_app.services import Services
from bot.telegram_app.store.errors import StoreError

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Enough(Exception):
    pass


class Memory:
    """Remembers what it was told to forget; stands for all services of a bot."""

    settings = Settings()

    def __init__(self, *, is_broken: bool = False) -> None:
        self.forgotten: list[datetime] = []
        self.articles_forgotten: list[datetime] = []
        self.is_broken = is_broken
        self.store = self.articles = self

    async def forget_unused(self, moment: datetime) -> None:
        self.articles_forgotten.append(moment)

    async def forget_before(self, moment: datetime) -> None:
        self.forgotten.append(moment)
        if self.is_broken:
            raise StoreError("disk full")


def days_pass(memory: Memory, days: int) -> list[float]:
    """Forget daily for so many days; return how long was slept each time."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == days:
            raise Enough

    services: Services = memory  # type: ignore[assignment]
    with pytest.raises(Enough):
        asyncio.run(
            forget_daily(services, now=lambda: NOW + timedelta(days=len(slept)), sleep=sleep)
        )
    return slept


def test_what_is_too_old_is_forgotten_at_once_and_daily() -> None:
    memory = Memory()

    slept = days_pass(memory, 3)

    assert memory.forgotten == [NOW + timedelta(days=day - 90) for day in range(3)]
    assert memory.articles_forgotten == memory.forgotten
    assert slept == [86_400.0] * 3


def test_a_disk_that_fails_is_tried_the_next_day(caplog: pytest.LogCaptureFixture) -> None:
    memory = Memory(is_broken=True)

    days_pass(memory, 2)

    assert len(memory.forgotten) == 2
    assert caplog.messages == ["What is older than 90 days was not deleted: disk full"] * 2
