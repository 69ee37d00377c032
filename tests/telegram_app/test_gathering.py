import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from telegram import Chat, Message, Update, User

from bot.telegram_app.gathering import Gathering, Piece
from bot.telegram_app.stopping import Stopping
from tests.telegram_app.offline import text_update
from tests.telegram_app.started import PIECE, Gate, started

ANN, BEN = User(1, "Ann", is_bot=False), User(2, "Ben", is_bot=False)


def update(number: int, text: str = "piece", seconds: int = 0, person: User = ANN) -> Update:
    sent = datetime(2026, 1, 1, 12, 0, seconds, tzinfo=UTC)
    chat = Chat(person.id, Chat.PRIVATE)
    return Update(number, Message(number, sent, chat, from_user=person, text=text))


def piece_of(one: Update) -> Piece | None:
    message = one.message
    assert message is not None
    assert message.from_user is not None
    if message.text == "alone":
        return None
    sender = message.chat.id, message.from_user.id
    kind = "album" if message.text == "album" else "text"
    return Piece(sender, kind, message.date, begins=message.text != "tail")


async def no_pause(_stopping: asyncio.Event, _seconds: float) -> None:
    """Nothing comes meanwhile; the quiet time is over by the clock that the loop has."""
    await asyncio.sleep(0.02)


def gathered(*updates: Update, quiet: float = 0.01) -> list[list[int]]:
    """Return what belongs together, of updates that arrive at once; those alone are left out."""

    async def run() -> list[list[int]]:
        gathering = Gathering(piece_of, quiet, pause=no_pause)
        batches = [gathering.enter(one) for one in updates]
        firsts = [
            batch.updates[0]
            for batch, one in zip(batches, updates, strict=True)
            if batch is not None and batch.first_id == one.update_id
        ]
        wholes = [await gathering.whole(first, asyncio.Event()) for first in firsts]
        return [[one.update_id for one in whole] for whole in wholes]

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("updates", "expected"),
    [
        ([update(1), update(2), update(3, "tail")], [[1, 2, 3]]),
        ([update(1), update(2, "tail", seconds=1)], [[1, 2]]),
        ([update(1), update(2, seconds=2)], [[1], [2]]),
        ([update(1), update(2, "album"), update(3, "album")], [[1], [2, 3]]),
        ([update(1), update(2, person=BEN), update(3)], [[1, 3], [2]]),
        ([update(1, "tail"), update(2)], [[2]]),
        ([update(1), update(2, "alone"), update(3)], [[1, 3]]),
    ],
)
def test_what_belongs_together(updates: list[Update], expected: list[list[int]]) -> None:
    assert gathered(*updates) == expected


def test_without_a_quiet_time_all_stand_alone() -> None:
    assert gathered(update(1), update(2), quiet=0) == []


def test_what_comes_after_the_quiet_time_begins_anew() -> None:
    async def run() -> None:
        gathering = Gathering(piece_of, 0.01, pause=no_pause)
        first = gathering.enter(update(1))
        assert first is not None
        await asyncio.sleep(0.02)
        second = gathering.enter(update(2))
        assert second is not None
        assert (first.updates, second.first_id) == ([update(1)], 2)

    asyncio.run(run())


def test_a_closed_batch_takes_no_more() -> None:
    async def run() -> None:
        gathering = Gathering(piece_of, 60)
        first = gathering.enter(update(1))
        assert first is not None
        gathering.enter(update(2))
        assert gathering.close(1) == [1, 2]
        assert gathering.enter(update(3)) is not first
        assert gathering.close(7) == [7]
        gathering.leave(first)
        with pytest.raises(Stopping):
            await first.ended()

    asyncio.run(run())


Test = Callable[[], Awaitable[None]]


def piece(number: int) -> dict[str, object]:
    return text_update(number, f"{PIECE} {number}")


def test_the_first_is_handled_for_all_and_all_are_finished(tmp_path: Path) -> None:
    async def test() -> None:
        wholes: list[list[int]] = []
        async with started(tmp_path / "store") as one:

            async def handle(update: Update) -> None:
                whole = await one.gathering.whole(update, one.queue.stopping)
                wholes.append([part.update_id for part in whole])
                # Whoever waits for its end is not done with yet.
                assert await one.pending() == [1, 2, 3]

            one.handle = handle
            await one.give(piece(1), piece(2), piece(3))
            await one.done()
            assert (wholes, await one.pending()) == ([[1, 2, 3]], [])

    asyncio.run(test())


def test_those_behind_an_error_are_finished_with_it(tmp_path: Path) -> None:
    async def test() -> None:
        async with started(tmp_path / "store") as one:

            async def handle(update: Update) -> None:
                await one.gathering.whole(update, one.queue.stopping)
                raise ValueError("a bug")

            one.handle = handle
            await one.give(piece(1), piece(2))
            await one.done()
            assert (len(one.failures), await one.pending()) == (1, [])

    asyncio.run(test())


def test_stopped_in_the_midst_all_come_again(tmp_path: Path) -> None:
    async def test() -> None:
        path, gate = tmp_path / "store", Gate()
        async with started(path) as one:

            async def handle(update: Update) -> None:
                gate.begun.append(update.update_id)
                await one.gathering.whole(update, one.queue.stopping)
                await one.queue.stopping.wait()
                raise Stopping

            one.handle = handle
            await one.give(piece(1), piece(2))
        async with started(path) as again:
            wholes: list[list[int]] = []

            async def whole(update: Update) -> None:
                found = await again.gathering.whole(update, again.queue.stopping)
                wholes.append([part.update_id for part in found])

            again.handle = whole
            await again.done()
            assert (wholes, await again.pending()) == ([[1, 2]], [])

    asyncio.run(test())


def test_a_batch_that_ends_the_process_is_given_up_together(tmp_path: Path) -> None:
    async def test() -> None:
        path = tmp_path / "store"
        async with started(path) as one:
            one.handle = Gate()
            await one.intake.take([piece(1), piece(2)])
            for _ in range(3):
                await one.store.begin(1)
        async with started(path) as again:
            await again.done()
            assert (again.given_up, await again.pending()) == ([1], [])

    asyncio.run(test())
