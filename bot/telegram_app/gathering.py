"""`Gathering`: updates that belong together are handled as one.

Telegram sends a long paste in pieces, and each message of a forwarded series or of an album by
itself. The first of them waits for a quiet time, and is then handled with all the others; these are
finished when it is, all in one go: after a crash all of them come again, or none.
"""

import asyncio
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from telegram import Update

from bot.telegram_app.stopping import Pause, Stopping, pause

# A chat, and who sends there.
_Sender = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Piece:
    """What makes an update one of several that may belong together.

    Attributes:
        sender: the chat, and who sends it there.
        kind: pieces of different kinds never belong together.
        sent_at: when it was sent, to the second.
        begins: whether it may be the first of several.
    """

    sender: _Sender
    kind: str
    sent_at: datetime
    begins: bool


class Batch:
    """Updates that belong together, the first of which is handled for all.

    Attributes:
        updates: in the order in which they came.
        is_finished: whether all of them are done with.
    """

    def __init__(self, update: Update) -> None:
        """Begin with one update."""
        self.updates = [update]
        self.is_finished = False
        self._ended = asyncio.Event()

    @property
    def first_id(self) -> int:
        """Id of the update that is handled for all."""
        return self.updates[0].update_id

    def end(self) -> None:
        """Say that the first update was handled, or left for the next start."""
        self._ended.set()

    async def ended(self) -> None:
        """Wait until the first update was handled.

        Raises:
            Stopping: if it was left for the next start, and so are the others.
        """
        await self._ended.wait()
        if not self.is_finished:
            raise Stopping


@dataclass(slots=True)
class _Open:
    """A batch to which more may belong.

    Attributes:
        batch: what has come so far.
        last: the newest piece.
        arrived_at: when that came, in seconds of the loop's clock.
    """

    batch: Batch
    last: Piece
    arrived_at: float


class Gathering:
    """Tells which updates belong together. Used in the event loop."""

    def __init__(
        self,
        piece_of: Callable[[Update], Piece | None],
        quiet_seconds: float,
        *,
        pause: Pause = pause,
    ) -> None:
        """Gather nothing yet.

        Args:
            piece_of: what of an update makes it belong to others; None where it stands alone.
            quiet_seconds: after which nothing more is expected; 0 gathers nothing.
            pause: waits, and raises `Stopping` when the bot stops.
        """
        self._piece_of = piece_of
        self._quiet = quiet_seconds
        self._pause = pause
        self._open: dict[_Sender, _Open] = {}
        self._batches: dict[int, Batch] = {}

    def enter(self, update: Update) -> Batch | None:
        """Take an update, in the order in which they came.

        Returns:
            What it belongs to, with it; None where it stands alone. Whoever handles the first
            of them is to `leave` in any case.
        """
        piece = self._piece_of(update) if self._quiet > 0 else None
        if piece is None:
            return None
        now = asyncio.get_running_loop().time()
        before = self._open.get(piece.sender)
        if before is not None and self._belongs(piece, before, now):
            before.batch.updates.append(update)
            before.last, before.arrived_at = piece, now
            return before.batch
        if not piece.begins:
            return None
        batch = Batch(update)
        self._open[piece.sender] = _Open(batch, piece, now)
        self._batches[batch.first_id] = batch
        return batch

    def close(self, update_id: int) -> Sequence[int]:
        """Take no more into what an update began, and return the ids of all that belongs to it."""
        batch = self._batches.get(update_id)
        if batch is None:
            return [update_id]
        self._take_no_more(batch)
        return [one.update_id for one in batch.updates]

    def note_finished(self, update_id: int) -> None:
        """Note that all is done with that belongs to an update."""
        batch = self._batches.get(update_id)
        if batch is not None:
            batch.is_finished = True

    def leave(self, batch: Batch) -> None:
        """End a batch, and let those go on that waited for it."""
        self._take_no_more(batch)
        del self._batches[batch.first_id]
        batch.end()

    async def whole(self, update: Update, stopping: asyncio.Event) -> Sequence[Update]:
        """Wait until nothing more belongs to an update, and return all that does, itself first.

        Args:
            update: the first of them.
            stopping: is set when the bot is told to stop.

        Raises:
            Stopping: if the bot stops before.
        """
        batch = self._batches.get(update.update_id)
        if batch is None:
            return [update]
        opened = next((one for one in self._open.values() if one.batch is batch), None)
        loop = asyncio.get_running_loop()
        while opened is not None and (left := opened.arrived_at + self._quiet - loop.time()) > 0:
            await self._pause(stopping, left)
        self._take_no_more(batch)
        return list(batch.updates)

    def _belongs(self, piece: Piece, before: _Open, now: float) -> bool:
        # By when they were sent as well: what piled up while the bot was down comes all at once.
        seconds = abs((piece.sent_at - before.last.sent_at).total_seconds())
        return (
            piece.kind == before.last.kind
            and seconds <= math.ceil(self._quiet)
            and now - before.arrived_at <= self._quiet
        )

    def _take_no_more(self, batch: Batch) -> None:
        self._open = {key: one for key, one in self._open.items() if one.batch is not batch}
