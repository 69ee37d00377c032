"""`QuestionQueue`: who waits for an answer or a reading, in what order, and who does the work."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar

from bot.telegram_app.lanes import Lane, LaneName, LaneSize
from bot.telegram_app.stopping import Stopping

T = TypeVar("T")

_SMALL = LaneSize(threads=1, limit=20)


@dataclass(frozen=True, slots=True)
class Turn:
    """What an update that needs long work waits for.

    Attributes:
        chat_id: of the chat in which it waits for those before it.
        exempt: whether it is taken however many wait: it piled up while the bot was down.
        lane: which kind of work it needs.
    """

    chat_id: int
    exempt: bool
    lane: LaneName = "answering"


class Ticket:
    """The place of one update in the queue.

    Attributes:
        update_id: of the update.
        wants: what it waits for.
        admitted: whether it was taken; if not, too many wait, and the person is told so at once.
        has_begun: whether its answer is being worked out, or was.
        number: in its lane; 0 if it was not taken.
    """

    __slots__ = ("_my_turn", "_queue", "admitted", "has_begun", "number", "wants", "update_id")

    def __init__(self, queue: "QuestionQueue", update_id: int, turn: Turn, number: int) -> None:
        """Made by `QuestionQueue.enter`; a number of 0 says that it was not admitted."""
        self.update_id = update_id
        self.wants = turn
        self.admitted = number > 0
        self.has_begun = False
        self.number = number
        self._queue = queue
        self._my_turn = asyncio.Event()

    @property
    def chat_id(self) -> int:
        """The chat that it belongs to."""
        return self.wants.chat_id

    @property
    def place(self) -> int:
        """The place among all that want the same: 1 is next, 0 if not admitted."""
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
    """Keeps the order within each chat, and works on threads, first come first served.

    Its methods are called in the event loop; none but `compute` waits.

    Attributes:
        stopping: is set by `stop`.
    """

    def __init__(
        self,
        *,
        threads: int,
        limit: int,
        reading: LaneSize = _SMALL,
        on_change: Callable[[int], None] | None = None,
    ) -> None:
        """Make an empty queue.

        Args:
            threads: how many answers are worked out at a time.
            limit: how many may wait or be answered before others are turned away.
            reading: how many articles are read at a time, and may wait for it.
            on_change: is told how many wait or are being answered, whenever that changes.
        """
        self.stopping = asyncio.Event()
        self._on_change = on_change
        self._lanes: dict[LaneName, Lane] = {
            "answering": Lane("answering", LaneSize(threads, limit)),
            "reading": Lane("reading", reading),
        }
        self._tickets: dict[int, Ticket] = {}
        self._chats: dict[int, deque[Ticket]] = {}

    @property
    def waiting(self) -> int:
        """How many wait or are being answered."""
        return self._lanes["answering"].waiting

    def enter(
        self, update_id: int, chat_id: int, *, exempt: bool, lane: LaneName = "answering"
    ) -> Ticket:
        """Take an update into the queue, behind those of its chat that are there.

        Args:
            update_id: of the update; not in the queue yet.
            chat_id: of its chat.
            exempt: whether it is taken however many wait.
            lane: what it needs.

        Returns:
            Its ticket, which is to `leave` in any case.
        """
        number = self._lanes[lane].enter(exempt=exempt)
        ticket = Ticket(self, update_id, Turn(chat_id, exempt, lane), number)
        self._tickets[update_id] = ticket
        if not ticket.admitted:
            return ticket
        in_chat = self._chats.setdefault(chat_id, deque())
        in_chat.append(ticket)
        if in_chat[0] is ticket or self.stopping.is_set():
            ticket.call_up()
        self._changed(lane)
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Take a ticket out of the queue: the next of its chat has its turn."""
        del self._tickets[ticket.update_id]
        if not ticket.admitted:
            return
        self._lane_of(ticket).leave(ticket.number)
        in_chat = self._chats[ticket.chat_id]
        in_chat.remove(ticket)
        if in_chat:
            in_chat[0].call_up()
        else:
            del self._chats[ticket.chat_id]
        self._changed(ticket.wants.lane)

    def ticket(self, update_id: int) -> Ticket | None:
        """Return the ticket of an update; None if it has none."""
        return self._tickets.get(update_id)

    def place_of(self, ticket: Ticket) -> int:
        """Return the place of a ticket; see `Ticket.place`."""
        return self._lane_of(ticket).place_of(ticket.number) if ticket.admitted else 0

    async def compute(self, work: Callable[[], T], lane: LaneName = "answering") -> T:
        """Do something that takes long on a thread of a lane; the event loop goes on.

        Args:
            work: what to do.
            lane: on whose threads.

        Returns:
            What it returns; what it raises is raised.

        Raises:
            Stopping: if the bot stops before it has begun.
        """
        ticket, loop = _CURRENT.get(), asyncio.get_running_loop()

        def begin() -> T:
            loop.call_soon_threadsafe(_note_begun, ticket)
            return work()

        return await self._lanes[lane].compute(begin, self.stopping)

    def stop(self) -> None:
        """End what has not begun with `Stopping`; what has begun goes on to its end."""
        self.stopping.set()
        for lane in self._lanes.values():
            lane.stop()
        for ticket in self._tickets.values():
            ticket.call_up()

    def close(self) -> None:
        """End the threads, once what they are at is done."""
        for lane in self._lanes.values():
            lane.close()

    def _lane_of(self, ticket: Ticket) -> Lane:
        return self._lanes[ticket.wants.lane]

    def _changed(self, lane: LaneName) -> None:
        if self._on_change is not None and lane == "answering":
            self._on_change(self.waiting)


def _note_begun(ticket: Ticket | None) -> None:
    if ticket is not None:
        ticket.has_begun = True
