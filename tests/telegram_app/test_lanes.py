import asyncio
import threading

import pytest

from bot.telegram_app.lanes import LaneSize
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.stopping import Stopping

A, B = 1, 2


def queue_of() -> QuestionQueue:
    return QuestionQueue(threads=1, limit=1, reading=LaneSize(threads=1, limit=2))


def test_readings_and_answers_have_places_and_limits_of_their_own() -> None:
    async def test() -> None:
        queue = queue_of()
        tickets = [
            queue.enter(1, A, exempt=False, lane="reading"),
            queue.enter(2, B, exempt=False, lane="reading"),
            queue.enter(3, B, exempt=False),
            queue.enter(4, B, exempt=False, lane="reading"),
            queue.enter(5, A, exempt=False),
        ]
        assert [one.admitted for one in tickets] == [True, True, True, False, False]
        assert [one.place for one in tickets] == [1, 2, 1, 0, 0]
        assert queue.waiting == 1
        queue.leave(tickets[0])
        assert [one.place for one in tickets[1:3]] == [1, 1]
        queue.close()

    asyncio.run(test())


def test_the_order_of_a_chat_is_one_for_all_lanes() -> None:
    async def test() -> None:
        queue = queue_of()
        reading = queue.enter(1, A, exempt=False, lane="reading")
        question = queue.enter(2, A, exempt=False)
        waiting = asyncio.create_task(question.turn())
        await reading.turn()
        await asyncio.sleep(0)
        assert not waiting.done()
        queue.leave(reading)
        await waiting
        queue.close()

    asyncio.run(test())


def test_whoever_reads_takes_no_thread_from_the_answers() -> None:
    async def test() -> None:
        queue, held = queue_of(), threading.Event()
        reading = asyncio.create_task(queue.compute(held.wait, "reading"))
        assert await queue.compute(lambda: "answer") == "answer"
        assert not reading.done()
        held.set()
        await reading
        queue.close()

    asyncio.run(test())


def test_a_reading_that_has_not_begun_ends_with_the_bot() -> None:
    async def test() -> None:
        queue, held = queue_of(), threading.Event()
        first = asyncio.create_task(queue.compute(held.wait, "reading"))
        second = asyncio.create_task(queue.compute(lambda: None, "reading"))
        await asyncio.sleep(0.01)
        queue.stop()
        held.set()
        with pytest.raises(Stopping):
            await second
        assert await first is True
        queue.close()

    asyncio.run(test())


def test_work_may_end_with_stopping_itself() -> None:
    def work() -> None:
        raise Stopping

    async def test() -> None:
        queue = queue_of()
        with pytest.raises(Stopping):
            await queue.compute(work, "reading")
        queue.close()

    asyncio.run(test())
