import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists
from telegram import Update
from telegram.error import Forbidden

from bot.telegram_app.processor import TurnProcessor
from bot.telegram_app.question_queue import Turn
from bot.telegram_app.stopping import Stopping
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.sqlite_store import SqliteStore
from tests.telegram_app.offline import OfflineRequest, inline_update, text_update
from tests.telegram_app.started import (
    COMMAND,
    NOTICE_SECONDS,
    PILED_UP,
    Gate,
    Started,
    started,
    stop,
)

A, B = 1, 2


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_each_chat_keeps_its_order_and_commands_go_ahead(path: Path) -> None:
    async def test() -> None:
        gate = Gate()
        async with started(path) as one:
            one.handle = gate
            await one.give(text_update(1, chat_id=A), text_update(2, chat_id=A))
            await one.give(text_update(3, chat_id=B), text_update(4, COMMAND, chat_id=A))
            await gate.until(lambda: len(gate.begun) == 3)
            assert sorted(gate.begun) == [1, 3, 4]
            gate.open(4, 2)
            await gate.until(lambda: gate.ended == [4])
            gate.open(1, 3)
            await one.done()
            assert gate.begun.index(2) == 3
            assert await one.pending() == []

    asyncio.run(test())


@settings(max_examples=25)
@given(lists(integers(1, 3), max_size=12), integers(0, 12))
def test_nothing_is_lost_or_done_twice_or_out_of_order(
    tmp_path_factory: pytest.TempPathFactory, chats: list[int], stop_after: int
) -> None:
    """Updates of some chats are handled; after some of them the bot stops, and starts again."""
    path = tmp_path_factory.mktemp("stopped") / "store"
    handled: list[tuple[int, int]] = []

    async def handle_until_stop(one: Started, update: Update) -> None:
        assert update.message is not None
        chat_id = update.message.chat.id
        await one.queue.compute(lambda: handled.append((chat_id, update.update_id)))
        await one.outbox.send(
            update.update_id, "answer:0", lambda: one.application.bot.send_message(chat_id, "so")
        )
        if len(handled) == stop_after:
            one.queue.stop()

    def prepare(one: Started) -> None:
        one.handle = lambda update: handle_until_stop(one, update)

    async def test() -> None:
        request = OfflineRequest()
        async with started(path, request, prepare) as one:
            await one.give(*(text_update(n, chat_id=chat) for n, chat in enumerate(chats)))
            await one.done()
        async with started(path, request, prepare) as one:
            await one.done()
            assert await one.pending() == []
        assert Counter(handled) == Counter((chat, n) for n, chat in enumerate(chats))
        assert len(request.texts()) == len(chats)
        in_chat: dict[int, list[int]] = defaultdict(list)
        for chat_id, number in handled:
            in_chat[chat_id].append(number)
        assert all(numbers == sorted(numbers) for numbers in in_chat.values())

    stop_after = stop_after or 99
    asyncio.run(test())


def test_a_command_is_done_while_a_question_is_computed(path: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_end.wait(10)

    async def test() -> None:
        done: list[int] = []
        async with started(path) as one:

            async def handle(update: Update) -> None:
                if update.update_id < 9:
                    await one.queue.compute(work)
                done.append(update.update_id)

            one.handle = handle
            await one.give(*(text_update(n, chat_id=n) for n in range(1, 9)))
            await asyncio.to_thread(begun.wait, 10)
            await one.give(text_update(9, COMMAND))
            while done != [9]:
                await asyncio.sleep(0)
            may_end.set()
            await one.done()
        assert done == [9, *range(1, 9)]

    asyncio.run(test())


def test_stopping_ends_what_is_worked_on_and_leaves_the_rest(path: Path) -> None:
    begun, may_end = threading.Event(), threading.Event()
    answered: list[int] = []

    def work(update_id: int) -> None:
        begun.set()
        may_end.wait(10)
        answered.append(update_id)

    def prepare(one: Started) -> None:
        one.handle = lambda update: one.queue.compute(lambda: work(update.update_id))

    async def test() -> None:
        async with started(path, prepare=prepare) as one:
            await one.give(*(text_update(n, chat_id=n % 2) for n in range(1, 7)))
            await asyncio.to_thread(begun.wait, 10)
            await one.give(text_update(7, COMMAND))
            stopping = asyncio.create_task(stop(one))
            await asyncio.sleep(0)
            may_end.set()
            await stopping
        assert answered == [1]
        assert one.failures == []
        store = SqliteStore.open(path)
        left = await store.pending()
        # Being stopped is no try: however often it happens, nothing is given up for it.
        assert [(update.update_id, update.tries) for update in left] == [
            (n, 0) for n in range(2, 8)
        ]
        await store.close()
        async with started(path, prepare=prepare) as one:
            await one.done()
            assert await one.pending() == []
        assert sorted(answered) == [*range(1, 8)]
        assert [n for n in answered if n % 2 == 0] == [2, 4, 6]

    asyncio.run(test())


def test_an_update_that_fails_is_told_and_finished(path: Path) -> None:
    async def fail(update: Update) -> None:
        raise KeyError(update.update_id)

    async def test() -> None:
        async with started(path) as one:
            one.handle = fail
            await one.give(text_update(1), text_update(2))
            await one.done()
            assert [str(error) for error in one.failures] == ["1", "2"]
            assert await one.pending() == []

    asyncio.run(test())


def test_an_error_handler_that_is_stopped_leaves_the_update(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:

            async def fail(update: Update) -> None:
                one.queue.stop()
                raise KeyError(update.update_id)

            async def on_error(_update: object, _context: object) -> None:
                await one.queue.compute(lambda: None)

            one.handle = fail
            one.application.add_error_handler(on_error)
            await one.give(text_update(1))
            await one.done()
            assert await one.pending() == [1]

    asyncio.run(test())


def test_an_update_is_not_handled_twice_at_a_time_nor_afterwards(path: Path) -> None:
    async def test() -> None:
        gate = Gate()
        async with started(path) as one:
            one.handle = gate
            await one.give(text_update(1))
            await gate.until(lambda: gate.begun == [1])
            update = Update.de_json(text_update(1), one.application.bot)
            await one.application.update_queue.put(update)
            await one.give(text_update(1))
            gate.open(1)
            await one.done()
            await one.application.update_queue.put(update)
            await one.done()
            assert gate.begun == [1]

    asyncio.run(test())


def test_who_is_not_admitted_is_told_at_once(path: Path) -> None:
    async def test() -> None:
        gate = Gate()
        async with started(path, limit=1) as one:
            one.handle = gate
            await one.give(text_update(1), text_update(2), text_update(3, PILED_UP))
            await gate.until(lambda: len(gate.begun) == 2)
            assert sorted(gate.begun) == [1, 2]
            refused = one.queue.ticket(2)
            assert refused is not None
            assert not refused.admitted
            gate.open(2)
            await gate.until(lambda: gate.ended == [2])
            gate.open(1, 3)
            await one.done()
            assert gate.ended == [2, 1, 3]

    asyncio.run(test())


def test_the_store_hears_nothing_of_an_inline_query(path: Path) -> None:
    async def fail(_update_id: int) -> int:
        raise StoreError("The disk is full.")

    async def test() -> None:
        gate = Gate()
        async with started(path) as one:
            one.handle = gate
            one.store.begin = fail  # type: ignore[method-assign]
            await one.give(inline_update(1))
            await gate.until(lambda: gate.begun == [1])
            assert await one.pending() == []
            gate.open(1)
            await one.done()

    asyncio.run(test())


def timers(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """Return what will be called when a person has waited long: a test need not wait."""
    found: list[Callable[[], None]] = []
    loop = asyncio.get_running_loop()
    call_later = loop.call_later

    def note(delay: float, call: Callable[..., None], *args: object) -> asyncio.TimerHandle:
        if delay == NOTICE_SECONDS:
            found.append(call)
        return call_later(delay, call, *args)

    monkeypatch.setattr(loop, "call_later", note)
    return found


async def until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        await asyncio.sleep(0)


def test_a_long_wait_is_told_once_in_a_chat(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    may_end = threading.Event()

    async def test() -> None:
        waits = timers(monkeypatch)
        async with started(path) as one:
            one.handle = lambda update: one.queue.compute(lambda: may_end.wait(10) and None)
            await one.give(text_update(1, chat_id=A))
            await until(lambda: one.queue.ticket(1).has_begun)  # type: ignore[union-attr]
            for number, chat_id in ((2, B), (3, B), (4, A), (5, A)):
                await one.give(text_update(number, chat_id=chat_id))
            await until(lambda: len(waits) == 5)
            for long_wait in waits:
                long_wait()
            await until(lambda: len(one.told) == 2)
            may_end.set()
            await one.done()
        # The first is being worked on.
        assert one.told == [(2, 2), (4, 4)]

    asyncio.run(test())


def test_who_waits_long_again_is_told_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        waits = timers(monkeypatch)
        gate = Gate()
        async with started(path) as one:
            one.handle = gate
            for number in (1, 2):
                await one.give(text_update(number))
                await until(lambda number=number: len(waits) == number)
                waits[-1]()
                await until(lambda number=number: len(one.told) == number)
                gate.open(number)
                await one.done()
        assert one.told == [(1, 1), (2, 1)]

    asyncio.run(test())


@pytest.mark.parametrize("error", [Forbidden("blocked"), KeyError("a bug"), Stopping()])
def test_a_notice_that_fails_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    async def test() -> None:
        waits = timers(monkeypatch)
        gate = Gate()

        async def on_long_wait(update: Update, _place: int) -> None:
            gate.open(update.update_id)
            raise error

        def prepare(one: Started) -> None:
            one.on_long_wait = on_long_wait  # type: ignore[method-assign]

        async with started(path, prepare=prepare) as one:
            one.handle = gate
            await one.give(text_update(1))
            await until(lambda: len(waits) == 1)
            waits[0]()
            await one.done()
            assert (gate.ended, one.failures) == ([1], [])
            assert await one.pending() == []

    asyncio.run(test())


def test_a_notice_that_is_under_way_ends_with_the_wait(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        waits = timers(monkeypatch)
        ended = asyncio.Event()
        gate = Gate()

        async def on_long_wait(update: Update, _place: int) -> None:
            gate.open(update.update_id)
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        def prepare(one: Started) -> None:
            one.on_long_wait = on_long_wait  # type: ignore[method-assign]

        async with started(path, prepare=prepare) as one:
            one.handle = gate
            await one.give(text_update(1))
            await until(lambda: len(waits) == 1)
            waits[0]()
            await one.done()
            assert ended.is_set()
            assert gate.ended == [1]

    asyncio.run(test())


async def begin_and_die(path: Path, tries: dict[int, int]) -> None:
    """Leave behind what a process does that was killed so often in the middle of updates."""
    store = SqliteStore.open(path)
    for update_id, count in tries.items():
        one = Started(store, OfflineRequest())
        await one.intake.take([text_update(update_id, chat_id=update_id)])
        for _ in range(count):
            await store.begin(update_id)
    await store.close()


def test_a_poison_update_is_given_up(path: Path) -> None:
    async def test() -> None:
        handled: list[int] = []

        async def handle(update: Update) -> None:
            handled.append(update.update_id)

        def prepare(one: Started) -> None:
            one.handle = handle

        await begin_and_die(path, {1: 3, 2: 2, 3: 0})
        async with started(path, prepare=prepare) as one:
            await one.done()
            assert (sorted(handled), one.given_up) == ([2, 3], [1])
            assert await one.pending() == []

    asyncio.run(test())


def test_updates_that_are_handled_one_by_one_are_left_when_the_bot_stops(path: Path) -> None:
    async def test() -> None:
        gate = Gate()

        def prepare(one: Started) -> None:
            one.handle = gate

        await begin_and_die(path, {1: 1, 2: 1})
        async with started(path, prepare=prepare) as one:
            await gate.until(lambda: gate.begun == [1])
            one.queue.stop()
            gate.open(1, 2)
            await one.done()
            assert gate.ended == [1]
            left = [(update.update_id, update.tries) for update in await one.store.pending()]
            assert left == [(2, 1)]

    asyncio.run(test())


@pytest.mark.parametrize("error", [Forbidden("blocked"), KeyError("a bug")])
def test_a_note_that_fails_gives_up_all_the_same(path: Path, error: Exception) -> None:
    async def test() -> None:
        async def on_given_up(_update: Update) -> None:
            raise error

        def prepare(one: Started) -> None:
            one.on_given_up = on_given_up  # type: ignore[method-assign]

        await begin_and_die(path, {1: 3})
        async with started(path, prepare=prepare) as one:
            await one.done()
            assert await one.pending() == []

    asyncio.run(test())


def test_only_the_poison_itself_is_given_up(path: Path) -> None:
    """One of eight updates ends the process whenever it is begun; all were begun together."""
    poison, handled = 5, []
    given_up: list[int] = []

    async def live_once() -> bool:
        """Return whether the process lived to the end."""
        store = SqliteStore.open(path)
        died = asyncio.Event()
        one = Started(store, OfflineRequest())
        one.build()

        async def handle(update: Update) -> None:
            if update.update_id == poison:
                died.set()
            if died.is_set():  # nothing goes on in a dead process
                await asyncio.Event().wait()
            await asyncio.sleep(0)
            if died.is_set():
                await asyncio.Event().wait()
            handled.append(update.update_id)

        one.handle = handle
        await one.application.initialize()
        await one.intake.replay(one.application)
        await one.application.start()
        done = asyncio.create_task(one.done())
        dying = asyncio.create_task(died.wait())
        await asyncio.wait({done, dying}, return_when=asyncio.FIRST_COMPLETED)
        lived = done.done()
        dying.cancel()
        done.cancel()
        given_up.extend(one.given_up)
        if lived:
            await stop(one)
        else:
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0)
            await store.close()
        return lived

    asyncio.run(begin_and_die(path, dict.fromkeys(range(1, 9), 1)))
    assert [asyncio.run(live_once()) for _ in range(3)] == [False, False, True]
    assert sorted(handled) == [1, 2, 3, 4, 6, 7, 8]
    assert given_up == [poison]


def failing_once(works: Callable[[int], Awaitable[object]]) -> Callable[[int], Awaitable[object]]:
    failures = [StoreError("The disk is full.")]

    async def fail_first(update_id: int) -> object:
        if failures:
            raise failures.pop()
        return await works(update_id)

    return fail_first


def test_a_store_that_fails_for_a_while_loses_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    delays: list[float] = []

    async def no_pause(_stopping: asyncio.Event, seconds: float) -> None:
        delays.append(seconds)

    async def test() -> None:
        async with started(path) as one:
            gate = Gate()
            one.handle = gate
            gate.open(1)
            for name in ("begin", "finish"):
                monkeypatch.setattr(one.store, name, failing_once(getattr(one.store, name)))
            await one.give(text_update(1))
            await one.done()
            assert gate.ended == [1]
            assert await one.pending() == []
            assert one.failures == []

    monkeypatch.setattr(
        "bot.telegram_app.stopping.until_stored.__defaults__", (no_pause,), raising=True
    )
    asyncio.run(test())
    assert delays == [1, 1]


def test_an_update_whose_turn_cannot_be_told_is_handled(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(update: Update) -> Turn | None:
        raise KeyError(update.update_id)

    async def test() -> None:
        gate = Gate()
        gate.open(1)
        async with started(path) as one:
            one.handle = gate
            await one.give(text_update(1))
            await one.done()
            assert gate.ended == [1]

    monkeypatch.setattr("tests.telegram_app.started.turn_of", fail)
    asyncio.run(test())
    assert "The turn of update 1 cannot be told." in caplog.messages


def test_what_is_no_update_is_handled_too(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:
            await one.application.update_queue.put("something else")
            await one.done()
            assert one.failures == []

    asyncio.run(test())


def test_nothing_is_left_of_what_was_handled(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:
            await one.give(*(text_update(n, chat_id=n % 7) for n in range(100)))
            await one.done()
            processor = one.application.update_processor
            assert isinstance(processor, TurnProcessor)
            assert (processor._in_hand, processor._tries, processor._told) == (set(), {}, {})
            assert (one.queue.waiting, one.queue._chats, one.queue._tickets) == (0, {}, {})

    asyncio.run(test())
