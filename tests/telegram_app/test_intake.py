import asyncio
import logging
from pathlib import Path

import pytest
from telegram import Update
from telegram.ext import ApplicationBuilder

from bot.telegram_app.intake import Intake, set_aside
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.records import RawUpdate
from bot.telegram_app.store.sqlite_store import SqliteStore
from tests.telegram_app.offline import TOKEN, OfflineRequest, inline_update, text_update
from tests.telegram_app.started import Gate, Started, started


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store"


def test_what_is_new_is_told_in_its_order(path: Path) -> None:
    async def test() -> None:
        store = SqliteStore.open(path)
        intake = Intake(store)
        first = [text_update(9), inline_update(2), text_update(7), text_update(9)]
        assert await intake.take(first) == [9, 2, 7, 9]
        assert await intake.take([text_update(7), inline_update(2), text_update(8)]) == [2, 8]
        assert [one.update_id for one in await store.pending()] == [9, 7, 8]
        await store.close()

    asyncio.run(test())


def test_an_update_that_comes_twice_is_handled_once(path: Path) -> None:
    async def test() -> None:
        gate = Gate()
        gate.open(1)
        async with started(path) as one:
            one.handle = gate
            await asyncio.gather(one.give(text_update(1)), one.give(text_update(1)))
            await one.done()
            await one.give(text_update(1))
            await one.done()
            assert gate.begun == [1]

    asyncio.run(test())


def test_an_update_that_cannot_be_stored_is_not_handled(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:

            async def fail(_updates: object) -> set[int]:
                raise StoreError("The disk is full.")

            one.store.keep = fail  # type: ignore[method-assign]
            with pytest.raises(StoreError):
                await one.give(text_update(1))
            assert one.application.update_queue.empty()

    asyncio.run(test())


def test_an_update_that_cannot_be_read_is_left_out(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:
            await one.give({"update_id": 1, "message": {}}, {"no": "number"})
            assert await one.pending() == []

    asyncio.run(test())


def test_an_update_is_handled_though_its_bearer_hangs_up(path: Path) -> None:
    async def test() -> None:
        gate = Gate()
        gate.open(1)
        async with started(path) as one:
            one.handle = gate
            giving = asyncio.create_task(one.give(text_update(1)))
            await asyncio.sleep(0)
            giving.cancel()
            with pytest.raises(asyncio.CancelledError):
                await giving
            await gate.until(lambda: gate.ended == [1])

    asyncio.run(test())


def test_what_was_not_finished_comes_first(path: Path) -> None:
    async def test() -> None:
        store = SqliteStore.open(path)
        await Intake(store).take([text_update(5), text_update(4), text_update(3)])
        await store.finish(4)
        await store.close()
        gate = Gate()
        gate.open(3, 5, 6)

        def prepare(one: Started) -> None:
            one.handle = gate

        async with started(path, prepare=prepare) as one:
            await one.give(text_update(6))
            await one.done()
            assert gate.ended == [5, 3, 6]

    asyncio.run(test())


def test_what_this_version_cannot_read_is_finished(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def test() -> None:
        store = SqliteStore.open(path)
        await store.keep([RawUpdate(1, 1, '{"update_id": 1, "message": {}}')])
        await store.close()
        async with started(path) as one:
            assert await one.pending() == []

    with caplog.at_level(logging.INFO, logger="bot"):
        asyncio.run(test())
    assert caplog.messages == ["Update 1 cannot be read (KeyError); left out."]


def test_another_processor_is_refused(path: Path) -> None:
    async def test() -> None:
        store = SqliteStore.open(path)
        request = OfflineRequest()
        builder = ApplicationBuilder().token(TOKEN).request(request).get_updates_request(request)
        with pytest.raises(TypeError, match="only a TurnProcessor"):
            await Intake(store).replay(builder.job_queue(None).build())
        await store.close()

    asyncio.run(test())


def test_what_is_set_aside_is_not_begun(path: Path) -> None:
    async def test() -> None:
        async with started(path) as one:
            gate = Gate()
            one.handle = gate
            for number in (1, 2):
                update = Update.de_json(text_update(number), one.application.bot)
                one.application.update_queue.put_nowait(update)
            set_aside(one.application)
            await one.done()
            assert gate.begun == []

    asyncio.run(test())
