"""`Lane`: threads for one kind of long work, and who waits for them."""

import asyncio
from bisect import bisect_left
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal, TypeVar

from bot.telegram_app.stopping import Stopping

T = TypeVar("T")

# Articles are read apart from questions: who reads a book holds up no other chat.
LaneName = Literal["answering", "reading"]


@dataclass(frozen=True, slots=True)
class LaneSize:
    """How much a lane takes.

    Attributes:
        threads: works that are done at a time, at least 1.
        limit: how many may wait or be worked on before others are turned away, at least 1.
    """

    threads: int
    limit: int


class Lane:
    """Does work on threads, first come first served. Its methods are called in the event loop."""

    def __init__(self, name: LaneName, size: LaneSize) -> None:
        """Make a lane in which nobody waits."""
        self._limit = size.limit
        self._threads = ThreadPoolExecutor(size.threads, thread_name_prefix=name)
        self._numbers: list[int] = []  # of the admitted ones, ascending
        self._last_number = 0
        self._computing: set[Future[object]] = set()

    @property
    def waiting(self) -> int:
        """How many wait or are being worked on."""
        return len(self._numbers)

    def enter(self, *, exempt: bool) -> int:
        """Return the number of one more who waits; 0 if there are too many.

        Args:
            exempt: whether it is taken however many wait.
        """
        if not exempt and self.waiting >= self._limit:
            return 0
        self._last_number += 1
        self._numbers.append(self._last_number)
        return self._last_number

    def leave(self, number: int) -> None:
        """Take one who waits out again."""
        del self._numbers[bisect_left(self._numbers, number)]

    def place_of(self, number: int) -> int:
        """Return the place of one who waits: 1 is next."""
        return bisect_left(self._numbers, number) + 1

    async def compute(self, work: Callable[[], T], stopping: asyncio.Event) -> T:
        """Do something on one of the threads; the event loop goes on.

        Raises:
            Stopping: if the bot stops before it has begun.
        """
        if stopping.is_set():
            raise Stopping
        future = self._threads.submit(work)
        self._computing.add(future)  # type: ignore[arg-type]  # only ever cancelled
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if stopping.is_set() and not _is_cancelled_from_outside():
                raise Stopping from None
            raise
        finally:
            self._computing.discard(future)

    def stop(self) -> None:
        """Cancel what has not begun."""
        for future in self._computing:
            future.cancel()

    def close(self) -> None:
        """End the threads, once what they are at is done."""
        self._threads.shutdown()


def _is_cancelled_from_outside() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
