"""`QuestionQueue`: who waits for an answer, in what order, and the threads that answer."""

import asyncio
from bisect import bisect_left
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from bot.telegram_app.stopping import Stopping

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """What an update that asks something waits for.

    Attributes:
        chat_id: of the chat in which it waits for those before it.
        exempt: whether it is taken however many wait: it piled up while the bot was down.
    """

    chat_id: int
    exempt: bool


class Ticket:
    """The place of one update in the queue.

    Attributes:
        update_id: of the update.
        chat_id: of the chat that it belongs to.
        admitted: whether it was taken; if not, too many wait, and the person is told so at once.
        has_begun: whether its answer is being worked out, or was.
    """

    __slots__ = ("_my_turn", "_queue", "admitted", "chat_id", "has_begun", "number", "update_id")

    def __init__(self, queue: "QuestionQueue", update_id: int, chat_id: int, number: int) -> None:
        """Made by `QuestionQueue.enter`; a number of 0 says that it was not admitted."""
        self.update_id = update_id
        self.chat_id = chat_id
        self.admitted = number > 0
        self.has_begun = False
        self.number = number
        self._queue = queue
        self._my_turn = asyncio.Event()

    @property
    def place(self) -> int:
        """The place among all that wait or are being answered: 1 is next, 0 if not admitted."""
        return self._queue.place_of(self)

    async def turn(self) -> None:
        """Wait until all that came before it in its chat have left.

        What this task computes from then on is for this ticket.

        Raises:
            Stopping: if the bot stops first.
        """
        await self._my_turn.wait()
        if self._queue.stopping.is_set():
            raise Stopping
        _CURRENT.set(self)

    def call_up(self) -> None:
        """Say that it need not wait for its turn any longer."""
        self._my_turn.set()


# Of the update that a task handles: `compute` notes on it that its answer has begun.
_CURRENT: ContextVar[Ticket | None] = ContextVar("current_ticket", default=None)


class QuestionQueue:
    """Keeps the order within each chat, and answers on threads, first come first served.

    Its methods are called in the event loop; none but `compute` waits.

    Attributes:
        stopping: is set by `stop`.
    """

    def __init__(
        self, *, threads: int, limit: int, on_change: Callable[[int], None] | None = None
    ) -> None:
        """Make an empty queue.

        Args:
            threads: how many answers are worked out at a time.
            limit: how many may wait or be answered before others are turned away.
            on_change: is told how many wait or are being answered, whenever that changes.
        """
        self.stopping = asyncio.Event()
        self._limit = limit
        self._on_change = on_change
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="answering")
        self._tickets: dict[int, Ticket] = {}
        self._chats: dict[int, deque[Ticket]] = {}
        self._numbers: list[int] = []  # of the admitted ones, ascending
        self._last_number = 0
        self._computing: set[Future[object]] = set()

    @property
    def waiting(self) -> int:
        """How many wait or are being answered."""
        return len(self._numbers)

    def enter(self, update_id: int, chat_id: int, *, exempt: bool) -> Ticket:
        """Take an update into the queue, behind those of its chat that are there.

        Args:
            update_id: of the update; not in the queue yet.
            chat_id: of its chat.
            exempt: whether it is taken however many wait.

        Returns:
            Its ticket, which is to `leave` in any case.
        """
        if not exempt and self.waiting >= self._limit:
            ticket = Ticket(self, update_id, chat_id, number=0)
            self._tickets[update_id] = ticket
            return ticket
        self._last_number += 1
        ticket = Ticket(self, update_id, chat_id, self._last_number)
        self._tickets[update_id] = ticket
        self._numbers.append(ticket.number)
        in_chat = self._chats.setdefault(chat_id, deque())
        in_chat.append(ticket)
        if in_chat[0] is ticket or self.stopping.is_set():
            ticket.call_up()
        self._changed()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Take a ticket out of the queue: the next of its chat has its turn."""
        del self._tickets[ticket.update_id]
        if not ticket.admitted:
            return
        del self._numbers[bisect_left(self._numbers, ticket.number)]
        in_chat = self._chats[ticket.chat_id]
        in_chat.remove(ticket)
        if in_chat:
            in_chat[0].call_up()
        else:
            del self._chats[ticket.chat_id]
        self._changed()

    def ticket(self, update_id: int) -> Ticket | None:
        """Return the ticket of an update; None if it has none."""
        return self._tickets.get(update_id)

    def place_of(self, ticket: Ticket) -> int:
        """Return the place of a ticket; see `Ticket.place`."""
        if not ticket.admitted:
            return 0
        return bisect_left(self._numbers, ticket.number) + 1

    async def compute(self, work: Callable[[], T]) -> T:
        """Do something that takes long on one of the threads; the event loop goes on.

        Args:
            work: what to do.

        Returns:
            What it returns; what it raises is raised.

        Raises:
            Stopping: if the bot stops before it has begun.
        """
        if self.stopping.is_set():
            raise Stopping
        ticket, loop = _CURRENT.get(), asyncio.get_running_loop()

        def begin() -> T:
            loop.call_soon_threadsafe(_note_begun, ticket)
            return work()

        future = self._threads.submit(begin)
        self._computing.add(future)  # type: ignore[arg-type]  # only ever cancelled
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if self.stopping.is_set() and not _is_cancelled_from_outside():
                raise Stopping from None
            raise
        finally:
            self._computing.discard(future)

    def stop(self) -> None:
        """End what has not begun with `Stopping`; what has begun goes on to its end."""
        self.stopping.set()
        for future in self._computing:
            future.cancel()
        for ticket in self._tickets.values():
            ticket.call_up()

    def close(self) -> None:
        """End the threads, once the answers that they are at are done."""
        self._threads.shutdown()

    def _changed(self) -> None:
        if self._on_change is not None:
            self._on_change(self.waiting)


def _note_begun(ticket: Ticket | None) -> None:
    if ticket is not None:
        ticket.has_begun = True


def _is_cancelled_from_outside() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
