"""`ReadingWatch`: how far a reading is, and when it has to end; for its thread and the loop."""

import time
from collections.abc import Callable

from bot.telegram_app.article_messages import (
    READING,
    reading_bytes,
    reading_progress,
    took_too_long,
)
from bot.telegram_app.stopping import Stopping
from index.errors import ArticleBotError
from index.reporter import Reporter


class ReadingTimeoutError(ArticleBotError):
    """A reading has taken longer than it may."""


class ReadingWatch(Reporter):
    """Is told of progress, and ends a reading by raising where it is told.

    Attributes:
        said: how far the reading is, as a sentence.
        has_begun: whether it is being done, or was.
    """

    def __init__(
        self,
        seconds: float,
        is_stopping: Callable[[], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Wait for the beginning.

        Args:
            seconds: that the reading may take.
            is_stopping: whether the bot was told to stop; asked on the reading's thread.
            clock: seconds that only go forward.
        """
        self.said = READING
        self.has_begun = False
        self._seconds = seconds
        self._is_stopping = is_stopping
        self._clock = clock
        self._started = clock()

    def begin(self) -> None:
        """Begin to count the time."""
        self._started = self._clock()
        self.has_begun = True

    @property
    def elapsed_seconds(self) -> float:
        """How long the reading has taken so far."""
        return self._clock() - self._started

    def check(self) -> None:
        """Do nothing, unless the reading has to end.

        Raises:
            ReadingTimeoutError: if it has taken too long.
            Stopping: if the bot stops.
        """
        if self._is_stopping():
            raise Stopping
        if self.has_to_end:
            raise ReadingTimeoutError(took_too_long(self._seconds))

    @property
    def has_to_end(self) -> bool:
        """Whether its time is over."""
        return self.elapsed_seconds > self._seconds

    def fetched(self, done: int, total: int | None) -> None:
        """Take how many bytes have come, of how many; raises as `check` does."""
        self.check()
        self.said = reading_bytes(done, total)

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        """Take how many parts are indexed, of how many; raises as `check` does."""
        self.check()
        self.said = reading_progress(done, total)
