import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import SecretStr

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app.sources import PollingSource, WebhookSource
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from bot.telegram_app.wiring import Parts, assemble
from tests.telegram_app.fake_pipelines import asked
from tests.telegram_app.offline import TOKEN, counted

T = TypeVar("T")


@pytest.fixture
def put_together(fake_pipeline: QAPipeline, tmp_path: Path) -> Callable[..., T]:
    """Return what puts a bot together, and says something of it."""

    def look(say: Callable[[Parts], T], **more: object) -> T:
        data_dir = tmp_path / "data"
        settings = Settings(
            data_dir=data_dir,
            telegram_token=SecretStr(TOKEN),
            **more,  # type: ignore[arg-type]
        )

        async def run() -> T:
            store = SqliteStore.open(store_path(data_dir))
            try:
                return say(assemble(settings, asked(fake_pipeline, (), data_dir), store))
            finally:
                await store.close()

        return asyncio.run(run())

    return look


def test_what_is_sent_in_the_second_of_the_start_did_not_pile_up(
    put_together: Callable[..., datetime],
) -> None:
    before = datetime.now(UTC).replace(microsecond=0)

    started_at = put_together(lambda parts: parts.services.started_at)

    assert before <= started_at <= datetime.now(UTC)
    # Telegram's dates are whole seconds.
    assert started_at.microsecond == 0


@pytest.mark.parametrize(
    ("settings", "kind"), [({}, PollingSource), ({"webhook_url": "https://a.b"}, WebhookSource)]
)
def test_updates_come_as_the_settings_say(
    put_together: Callable[..., type], settings: dict[str, object], kind: type
) -> None:
    assert put_together(lambda parts: type(parts.source), **settings) is kind


def test_who_waits_is_counted(put_together: Callable[..., list[float]]) -> None:
    def say(parts: Parts) -> list[float]:
        queue, metrics = parts.services.queue, parts.services.metrics

        def waiting() -> float:
            return counted(metrics.page()[0], "article_bot_waiting")

        ticket = queue.enter(1, 7, exempt=False)
        during = waiting()
        queue.leave(ticket)
        return [during, waiting()]

    assert put_together(say) == [1, 0]


def test_the_limits_are_those_of_the_settings(put_together: Callable[..., list[bool]]) -> None:
    def say(parts: Parts) -> list[bool]:
        queue = parts.services.queue
        return [queue.enter(number, number, exempt=False).admitted for number in range(3)]

    assert put_together(say, queue_limit=2) == [True, True, False]
