import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.settings import Settings
from bot.telegram_app.bot_client import DurableBot, MessageRateLimiter, durable_bot, request_of
from bot.telegram_app.intake import Intake
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.sqlite_store import SqliteStore
from index.errors import SettingsError
from tests.telegram_app.offline import TOKEN, OfflineRequest, counted, inline_update, text_update
from tests.telegram_app.started import Gate, Started, started

NOW = 1_700_000_000.0


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


class Client:
    """A bot with a store."""

    def __init__(self, store: SqliteStore, request: OfflineRequest) -> None:
        self.store = store
        self.request = request
        self.metrics = Metrics(lambda: NOW)
        self.bot = DurableBot(
            TOKEN, Intake(store), self.metrics, request=request, get_updates_request=request
        )

    async def poll(self) -> list[int]:
        return [update.update_id for update in await self.bot.get_updates()]

    def last_poll(self) -> float:
        return counted(self.metrics.page()[0], "article_bot_last_poll_timestamp_seconds")

    @property
    def offsets(self) -> list[Any]:
        polls = [parameters for method, parameters in self.request.calls if method == "getUpdates"]
        return [parameters.get("offset") for parameters in polls]


@asynccontextmanager
async def client(path: Path, *batches: list[dict[str, Any]]) -> AsyncIterator[Client]:
    store = SqliteStore.open(path)
    yield Client(store, OfflineRequest(batches))
    await store.close()


def test_updates_are_stored_before_they_are_confirmed(path: Path) -> None:
    async def test() -> None:
        async with client(path, [text_update(5), text_update(6)], []) as one:
            stored: list[list[int]] = []
            keep = one.store.keep

            async def note(updates: Any) -> set[int]:  # noqa: ANN401
                new = await keep(updates)
                stored.append([update.update_id for update in updates])
                assert one.offsets == [None]
                return new

            one.store.keep = note  # type: ignore[method-assign]
            assert await one.poll() == [5, 6]
            assert stored == [[5, 6]]
            assert await one.poll() == []
            assert one.offsets == [None, 7]

    asyncio.run(test())


def test_updates_that_are_known_are_confirmed_and_dropped(path: Path) -> None:
    async def test() -> None:
        async with client(path, [text_update(5), text_update(6)]) as one:
            assert await one.poll() == [5, 6]
        # The process died before it could confirm them.
        again = [text_update(5), text_update(6)]
        async with client(path, again, [text_update(7)], []) as one:
            assert [await one.poll(), await one.poll(), await one.poll()] == [[], [7], []]
            assert one.offsets == [None, 7, 8]

    asyncio.run(test())


def test_updates_that_cannot_be_stored_come_again(path: Path) -> None:
    async def test() -> None:
        async with client(path, [text_update(5)], [text_update(5)]) as one:
            keep = one.store.keep

            async def fail(_updates: object) -> set[int]:
                one.store.keep = keep  # type: ignore[method-assign]
                raise StoreError("The disk is full.")

            one.store.keep = fail  # type: ignore[method-assign]
            with pytest.raises(TelegramError, match=r"The disk is full\."):
                await one.poll()
            assert one.last_poll() == 0
            assert await one.poll() == [5]
            assert one.offsets == [None, None]

    asyncio.run(test())


def test_an_update_that_cannot_be_read_holds_up_nothing(path: Path) -> None:
    async def test() -> None:
        broken = {"update_id": 6, "message": {"text": "private words"}}
        async with client(path, [text_update(5), broken], [{"no": "number"}], []) as one:
            assert [await one.poll(), await one.poll(), await one.poll()] == [[5], [], []]
            assert one.offsets == [None, 7, 7]

    asyncio.run(test())


def test_an_inline_query_is_handed_over_and_not_stored(path: Path) -> None:
    async def test() -> None:
        async with client(path, [inline_update(5)]) as one:
            assert await one.poll() == [5]
            assert await one.store.pending() == []

    asyncio.run(test())


def test_a_poll_that_succeeded_is_noted(path: Path) -> None:
    async def test() -> None:
        async with client(path, []) as one:
            one.request.prepared["getUpdates"].append(NetworkError("away"))
            with pytest.raises(NetworkError):
                await one.poll()
            assert one.last_poll() == 0
            await one.poll()
            assert one.last_poll() == NOW

    asyncio.run(test())


def test_an_updater_polls_through_restarts(path: Path) -> None:
    """The library's own polling, with a process that dies between taking and answering."""
    gate = Gate()
    gate.open(1, 3, 4)

    async def poll(batches: list[list[dict[str, Any]]], is_done: Callable[[], bool]) -> Started:
        request = OfflineRequest(batches)

        def prepare(one: Started) -> None:
            one.handle = gate

        async with started(path, request, prepare) as one:
            assert one.application.updater is not None
            await one.application.updater.start_polling(poll_interval=0)
            await gate.until(is_done)
            if not request.batches:
                request.batches.append([])  # for the poll with which the library ends
        return one

    async def test() -> None:
        two = asyncio.create_task(
            poll([[text_update(1)], [text_update(2)]], lambda: gate.begun == [1, 2])
        )
        await gate.until(lambda: gate.begun == [1, 2])
        await asyncio.sleep(0)
        gate.open(2)
        await two
        again = [text_update(2), text_update(3)]
        await poll([again, [text_update(4)]], lambda: gate.ended == [1, 2, 3, 4])
        assert gate.begun == [1, 2, 3, 4]

    asyncio.run(test())


def test_typing_counts_for_no_limit() -> None:
    async def test() -> None:
        request = OfflineRequest()
        limiter = MessageRateLimiter()
        bot = DurableBot(
            TOKEN,
            Intake(None),  # type: ignore[arg-type]
            Metrics(),
            request=request,
            get_updates_request=request,
            rate_limiter=limiter,
        )
        for _ in range(50):  # a group may get 20 messages a minute
            await bot.send_chat_action(-5, "typing")
        await bot.send_message(-5, "so")
        assert request.texts() == [(-5, "so")]

    asyncio.run(asyncio.wait_for(test(), 10))


def test_being_told_to_wait_is_passed_on_at_once() -> None:
    async def test() -> None:
        request = OfflineRequest()
        bot = DurableBot(
            TOKEN,
            Intake(None),  # type: ignore[arg-type]
            Metrics(),
            request=request,
            get_updates_request=request,
            rate_limiter=MessageRateLimiter(),
        )
        answer = {"ok": False, "description": "Too Many", "parameters": {"retry_after": 3600}}
        request.prepared["sendMessage"].append((429, answer))
        with pytest.raises(RetryAfter):
            await bot.send_message(5, "so")
        await bot.send_message(6, "so")

    asyncio.run(asyncio.wait_for(test(), 10))


def test_the_settings_make_a_client(path: Path) -> None:
    async def test() -> None:
        settings = Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_base_url="http://127.0.0.1:9/bot",
            telegram_base_file_url="http://127.0.0.1:9/file/bot",
        )
        async with client(path) as one:
            bot = durable_bot(settings, Intake(one.store), one.metrics)
            assert bot.base_url == f"http://127.0.0.1:9/bot{TOKEN}"
            assert bot.base_file_url == f"http://127.0.0.1:9/file/bot{TOKEN}"
            assert bot.defaults is not None
            assert bot.defaults.link_preview_options is not None
            assert bot.defaults.link_preview_options.is_disabled
            with pytest.raises(NetworkError) as raised:
                await bot.send_message(5, "so")
            assert isinstance(raised.value.__cause__, httpx.ConnectError)
            await bot.shutdown()

    asyncio.run(test())


def test_without_a_token_there_is_no_client() -> None:
    with pytest.raises(SettingsError) as raised:
        durable_bot(Settings(), Intake(None), Metrics())  # type: ignore[arg-type]
    assert str(raised.value) == ("There is no TELEGRAM_TOKEN. Set it to the token from @BotFather.")


def test_requests_are_patient() -> None:
    assert request_of(3).read_timeout == 20
