import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from telegram import Chat, Message
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram_app.metrics import Metrics
from bot.telegram_app.outbox import Outbox
from bot.telegram_app.stopping import Stopping
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.records import Delivery
from bot.telegram_app.store.sqlite_store import SqliteStore
from tests.telegram_app.offline import counted

UPDATE, KEY = 3, "answer:0"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    """Return an error as the library raises it."""
    error.__cause__ = cause
    return error


def message(message_id: int) -> Message:
    return Message(message_id, datetime(2024, 1, 1, tzinfo=UTC), Chat(1, Chat.PRIVATE))


class Call:
    """Sends a message: the next outcome of those that were prepared, then success."""

    def __init__(self, *outcomes: Exception) -> None:
        self.outcomes = list(outcomes)
        self.count = 0

    async def __call__(self) -> Message:
        self.count += 1
        if self.outcomes:
            raise self.outcomes.pop(0)
        return message(100 + self.count)


class Bench:
    """An outbox, with what it uses."""

    def __init__(self, store: SqliteStore) -> None:
        self.store = store
        self.metrics = Metrics()
        self.stopping = asyncio.Event()
        self.seconds: list[float] = []
        self.outbox = Outbox(store, self.metrics, stopping=self.stopping, pause=self.pause)

    async def pause(self, stopping: asyncio.Event, seconds: float) -> None:
        assert stopping is self.stopping
        if stopping.is_set():
            raise Stopping
        self.seconds.append(seconds)

    @property
    def possible_duplicates(self) -> float:
        return counted(self.metrics.page()[0], "article_bot_possible_duplicates_total")

    async def send(self, call: Call) -> int:
        return await self.outbox.send(UPDATE, KEY, call)

    async def delivery(self) -> Delivery:
        return await self.store.delivery(UPDATE, KEY)


def use(tmp_path: Path, test: Callable[[Bench], Awaitable[None]]) -> None:
    async def run() -> None:
        store = SqliteStore.open(tmp_path / "store")
        try:
            await test(Bench(store))
        finally:
            await store.close()

    asyncio.run(run())


def test_a_message_is_sent_once(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        call = Call()
        assert [await bench.send(call), await bench.send(call)] == [101, 101]
        assert await bench.outbox.send(UPDATE, "answer:1", call) == 102
        assert call.count == 2
        assert (bench.seconds, bench.possible_duplicates) == ([], 0)

    use(tmp_path, test)


def test_what_is_sent_is_noted_before_and_after(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        async def call() -> Message:
            assert await bench.delivery() == Delivery(None, begun=True)
            return message(7)

        await bench.outbox.send(UPDATE, KEY, call)
        assert await bench.delivery() == Delivery(7, begun=True)

    use(tmp_path, test)


def test_a_message_that_the_process_died_over_is_sent_again_and_counted(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.store.begin_delivery(UPDATE, KEY)
        assert await bench.send(Call()) == 101
        assert bench.possible_duplicates == 1

    use(tmp_path, test)


NEVER_SENT = [
    caused(NetworkError("httpx.ConnectError"), httpx.ConnectError("refused")),
    caused(TimedOut(), httpx.ConnectTimeout("slow")),
    caused(TimedOut("Pool timeout"), httpx.PoolTimeout("all are busy")),
]
MAY_HAVE_ARRIVED = [
    caused(TimedOut(), httpx.ReadTimeout("slow")),
    caused(TimedOut(), httpx.WriteTimeout("slow")),
    caused(NetworkError("httpx.ReadError"), httpx.ReadError("reset")),
    caused(NetworkError("httpx.RemoteProtocolError"), httpx.RemoteProtocolError("closed")),
    caused(NetworkError("Unknown error in HTTP implementation"), RuntimeError("closed")),
    NetworkError("Bad Gateway"),
    NetworkError("Internal Server Error (500)"),
    caused(TelegramError("Invalid server response"), ValueError("no JSON")),
]
REFUSED = [
    BadRequest("Message text is empty"),
    Forbidden("bot was blocked by the user"),
    ChatMigrated(-1001),
    InvalidToken("Unauthorized"),
    caused(NetworkError("Unknown error in HTTP implementation"), TypeError("no JSON")),
]


@pytest.mark.parametrize("error", NEVER_SENT)
def test_what_never_left_is_repeated(tmp_path: Path, error: TelegramError) -> None:
    async def test(bench: Bench) -> None:
        call = Call(*[error] * 7)
        assert await bench.send(call) == 108
        assert bench.seconds == [1, 2, 4, 8, 16, 30, 30]
        assert bench.possible_duplicates == 0

    use(tmp_path, test)


@pytest.mark.parametrize("error", MAY_HAVE_ARRIVED)
def test_what_may_have_arrived_is_repeated_and_counted(
    tmp_path: Path, error: TelegramError
) -> None:
    async def test(bench: Bench) -> None:
        assert await bench.send(Call(error, error)) == 103
        assert bench.seconds == [1, 2]
        assert bench.possible_duplicates == 2

    use(tmp_path, test)


@pytest.mark.parametrize("error", REFUSED)
def test_what_is_refused_is_raised_and_was_not_sent(tmp_path: Path, error: TelegramError) -> None:
    async def test(bench: Bench) -> None:
        with pytest.raises(type(error)) as raised:
            await bench.send(Call(error))
        assert raised.value is error
        assert await bench.delivery() == Delivery(None, begun=False)
        # As after a refused quote, another message may go out under the same key.
        assert await bench.send(Call()) == 101
        assert (bench.seconds, bench.possible_duplicates) == ([], 0)

    use(tmp_path, test)


def test_it_waits_as_long_as_telegram_says(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        assert await bench.send(Call(RetryAfter(35), RetryAfter(3))) == 103
        assert bench.seconds == [35, 3]
        assert bench.possible_duplicates == 0

    use(tmp_path, test)


@contextmanager
def stopped(bench: Bench) -> Iterator[None]:
    bench.stopping.set()
    with pytest.raises(Stopping):
        yield


@pytest.mark.parametrize(
    ("error", "begun"), [(RetryAfter(35), False), (NEVER_SENT[0], False), (TimedOut(), True)]
)
def test_a_bot_that_stops_does_not_wait(tmp_path: Path, error: TelegramError, begun: bool) -> None:
    async def test(bench: Bench) -> None:
        with stopped(bench):
            await bench.send(Call(error))
        assert await bench.delivery() == Delivery(None, begun)

    use(tmp_path, test)


def test_a_bot_that_stops_still_sends_what_is_ready(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        bench.stopping.set()
        assert await bench.send(Call()) == 101

    use(tmp_path, test)


def test_a_message_that_is_cancelled_counts_as_begun(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        begun = asyncio.Event()

        async def call() -> Message:
            begun.set()
            await asyncio.Event().wait()
            raise AssertionError

        sending = asyncio.create_task(bench.outbox.send(UPDATE, KEY, call))
        await begun.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert await bench.delivery() == Delivery(None, begun=True)

    use(tmp_path, test)


def test_nothing_is_sent_that_cannot_be_noted(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        async def fail(_update_id: int, _key: str) -> None:
            raise StoreError("The disk is full.")

        bench.store.begin_delivery = fail  # type: ignore[method-assign]
        call = Call()
        with pytest.raises(StoreError):
            await bench.send(call)
        assert call.count == 0

    use(tmp_path, test)


def test_an_edit_is_repeated(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        edited = await bench.outbox.edit(Call(NEVER_SENT[0], TimedOut(), RetryAfter(9)))
        assert edited is not None
        assert edited.message_id == 104
        assert (bench.seconds, bench.possible_duplicates) == ([1, 2, 9], 0)

    use(tmp_path, test)


def test_an_edit_that_changes_nothing_is_done(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        same = BadRequest("Message is not modified: the content is the same")
        assert await bench.outbox.edit(Call(TimedOut(), same)) is None

    use(tmp_path, test)


@pytest.mark.parametrize("error", REFUSED)
def test_an_edit_that_is_refused_is_raised(tmp_path: Path, error: TelegramError) -> None:
    async def test(bench: Bench) -> None:
        with pytest.raises(type(error)):
            await bench.outbox.edit(Call(error))

    use(tmp_path, test)


def test_an_edit_is_not_repeated_when_the_bot_stops(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        with stopped(bench):
            await bench.outbox.edit(Call(TimedOut()))

    use(tmp_path, test)
