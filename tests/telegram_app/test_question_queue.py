import asyncio
import threading
from collections import deque

import pytest
from hypothesis import given
from hypothesis.strategies import booleans, integers, lists, tuples

from bot.telegram_app.question_queue import QuestionQueue, Ticket
from bot.telegram_app.stopping import Stopping

A, B = 1, 2


def has_turn(ticket: Ticket) -> bool:
    turn = ticket.turn()
    try:
        turn.send(None)
    except StopIteration:
        return True
    finally:
        turn.close()
    return False


def test_the_first_of_a_chat_has_its_turn_and_the_next_when_it_left() -> None:
    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        first, second = (queue.enter(n, A, exempt=False) for n in (1, 2))
        other = queue.enter(3, B, exempt=False)
        assert [has_turn(one) for one in (first, second, other)] == [True, False, True]
        assert [one.place for one in (first, second, other)] == [1, 2, 3]
        queue.leave(first)
        assert [has_turn(second), second.place, other.place] == [True, 1, 2]
        assert queue.ticket(1) is None
        assert queue.ticket(2) is second
        queue.close()

    asyncio.run(test())


def test_one_that_leaves_early_is_skipped() -> None:
    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        first, second, third = (queue.enter(n, A, exempt=False) for n in (1, 2, 3))
        queue.leave(second)
        assert not has_turn(third)
        queue.leave(first)
        assert has_turn(third)
        queue.close()

    asyncio.run(test())


def test_beyond_the_limit_nobody_is_admitted_but_who_is_exempt() -> None:
    async def test() -> None:
        told: list[int] = []
        queue = QuestionQueue(threads=1, limit=2, on_change=told.append)
        first = queue.enter(1, A, exempt=False)
        exempt = queue.enter(2, A, exempt=True)
        refused = queue.enter(3, A, exempt=False)
        late = queue.enter(4, A, exempt=True)
        tickets = (first, exempt, refused, late)
        assert [one.admitted for one in tickets] == [True, True, False, True]
        assert [one.place for one in tickets] == [1, 2, 0, 3]
        assert queue.waiting == 3
        assert queue.ticket(3) is refused
        queue.leave(refused)
        assert queue.ticket(3) is None
        queue.leave(first)
        queue.leave(exempt)
        assert queue.enter(5, A, exempt=False).admitted
        assert told == [1, 2, 3, 2, 1, 2]
        queue.close()

    asyncio.run(test())


@given(lists(tuples(integers(1, 3), booleans(), integers(0, 5))))
def test_it_agrees_with_a_simple_model(steps: list[tuple[int, bool, int]]) -> None:
    """Each step enters, or has the ticket at some place leave."""
    asyncio.run(compare(steps))


async def compare(steps: list[tuple[int, bool, int]]) -> None:
    queue = QuestionQueue(threads=1, limit=1000)
    there: list[Ticket] = []
    for number, (chat_id, enters, place) in enumerate(steps):
        if enters or not there:
            there.append(queue.enter(number, chat_id, exempt=False))
        else:
            queue.leave(there.pop(place % len(there)))
        assert [one.place for one in there] == [*range(1, len(there) + 1)]
        firsts = {one.chat_id: one for one in reversed(there)}
        assert [has_turn(one) for one in there] == [firsts[one.chat_id] is one for one in there]
    for ticket in there:
        queue.leave(ticket)
    # Nothing is left of chats that are idle.
    assert (queue.waiting, queue._chats, queue._tickets) == (0, {}, {})


def test_work_is_done_on_threads_first_come_first_served() -> None:
    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        done: list[int] = []

        def work(number: int) -> int:
            assert threading.current_thread() is not threading.main_thread()
            done.append(number)
            return number

        results = await asyncio.gather(
            *(queue.compute(lambda n=number: work(n)) for number in range(10))
        )
        assert results == done == [*range(10)]
        queue.close()

    asyncio.run(test())


def test_so_much_is_done_at_a_time_as_there_are_threads() -> None:
    async def test() -> None:
        queue = QuestionQueue(threads=2, limit=9)
        both = threading.Barrier(2, timeout=10)
        await asyncio.gather(queue.compute(both.wait), queue.compute(both.wait))
        queue.close()

    asyncio.run(test())


def test_what_the_work_raises_is_raised() -> None:
    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        with pytest.raises(KeyError, match="a bug"):
            await queue.compute(lambda: {}["a bug"])
        queue.close()

    asyncio.run(test())


def test_a_ticket_knows_when_its_answer_is_begun() -> None:
    async def ask(queue: QuestionQueue, ticket: Ticket, may_end: threading.Event) -> None:
        await ticket.turn()
        await queue.compute(lambda: may_end.wait(10))
        queue.leave(ticket)

    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        tickets = [queue.enter(n, n, exempt=False) for n in (1, 2)]
        ends = [threading.Event(), threading.Event()]
        tasks = [asyncio.create_task(ask(queue, *pair)) for pair in zip(tickets, ends, strict=True)]
        while not tickets[0].has_begun:
            await asyncio.sleep(0)
        assert not tickets[1].has_begun
        ends[0].set()
        await tasks[0]
        ends[1].set()
        await tasks[1]
        assert tickets[1].has_begun
        queue.close()

    asyncio.run(test())


def test_stopping_ends_what_has_not_begun_and_only_that() -> None:
    begun, may_end = threading.Event(), threading.Event()

    def work() -> str:
        begun.set()
        may_end.wait(10)
        return "done"

    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        first, second = (queue.enter(n, A, exempt=False) for n in (1, 2))
        running = asyncio.create_task(queue.compute(work))
        waiting = asyncio.create_task(queue.compute(work))
        turn = asyncio.create_task(second.turn())
        await asyncio.to_thread(begun.wait, 10)
        queue.stop()
        results = await asyncio.gather(waiting, turn, first.turn(), return_exceptions=True)
        assert [type(one) for one in results] == [Stopping] * 3
        with pytest.raises(Stopping):
            await queue.compute(work)
        may_end.set()
        assert await running == "done"
        assert queue.stopping.is_set()
        queue.close()

    asyncio.run(test())


def test_who_is_cancelled_is_not_stopped() -> None:
    may_end = threading.Event()

    async def test() -> None:
        queue = QuestionQueue(threads=1, limit=9)
        running = asyncio.create_task(queue.compute(lambda: may_end.wait(10)))
        waiting = asyncio.create_task(queue.compute(lambda: None))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        # Nor where both happen at once, as when a second signal ends all tasks.
        both = asyncio.create_task(queue.compute(lambda: None))
        await asyncio.sleep(0)
        queue.stop()
        both.cancel()
        with pytest.raises(asyncio.CancelledError):
            await both
        may_end.set()
        assert await running
        queue.close()

    asyncio.run(test())


def test_places_of_a_long_queue_are_told_quickly() -> None:
    queue = QuestionQueue(threads=1, limit=20_000)
    tickets = deque(queue.enter(n, n % 50, exempt=False) for n in range(20_000))
    assert sum(one.place for one in tickets) == 20_000 * 20_001 // 2
    for ticket in tickets:
        queue.leave(ticket)
    assert queue.waiting == 0
