"""`Budget`: the seconds and bytes that one fetch may still take, over all its redirects."""

from collections.abc import Callable

from index.fetching.errors import TooLargeError, TooSlowError
from index.fetching.limits import FetchLimits

# Most bytes of headers and of marks between the parts of a body, over all redirects. A body can be
# sent in parts of one byte, and each costs time: half a megabyte of marks costs a second or two.
OVERHEAD_BYTES = 500_000


class Budget:
    """Counts down from the limits; whoever asks for more than is left gets an error instead."""

    def __init__(self, limits: FetchLimits, shown_url: str, clock: Callable[[], float]) -> None:
        """Start the clock.

        Args:
            limits: what may be taken.
            shown_url: the address that was asked for, for messages.
            clock: seconds that never go back.
        """
        self._limits = limits
        self._shown_url = shown_url
        self._clock = clock
        self._deadline = clock() + limits.total_seconds
        self._received = 0
        self._body = 0

    def seconds_left(self) -> float:
        """Return how long the fetch may still take, in seconds, above 0.

        Raises:
            TooSlowError: if the time is up.
        """
        left = self._deadline - self._clock()
        if left <= 0:
            raise self.too_slow()
        return left

    def connect_seconds(self) -> float:
        """Return how long a connection may take, in seconds, above 0.

        Raises:
            TooSlowError: if the time is up.
        """
        return min(self._limits.connect_seconds, self.seconds_left())

    def receive(self, count: int) -> None:
        """Count bytes that came over the network, whatever they are.

        Raises:
            TooLargeError: if too many of them were no part of a body.
        """
        self._received += count
        if self._received - self._body > OVERHEAD_BYTES:
            raise TooLargeError(
                f"{self._shown_url} comes with more headers and marks than are read. "
                "Save the page in a browser and read the saved file."
            )

    def receive_body(self, count: int) -> None:
        """Count those of the received bytes that are part of the body, as it was sent.

        Raises:
            TooLargeError: if they are above the limit.
        """
        self._body += count
        self.hold(self._body)

    def hold(self, count: int) -> None:
        """Look at how many bytes of the body there are, unpacked.

        Raises:
            TooLargeError: if they are above the limit.
            TooSlowError: if the time is up.
        """
        self.seconds_left()
        if count > self._limits.max_bytes:
            raise self._too_large()

    def announce(self, count: int | None) -> None:
        """Look at the size that a body is said to have, in bytes; None where nothing is said.

        Raises:
            TooLargeError: if it is above the limit.
        """
        if count is not None and count > self._limits.max_bytes:
            raise self._too_large(f"{count / 1e6:.4g} MB, above")

    def too_slow(self) -> TooSlowError:
        """Return the error for a fetch whose time is up."""
        return TooSlowError(
            f"{self._shown_url} took longer than {self._limits.total_seconds:g} seconds. "
            "Try again later, or raise FETCH_SECONDS."
        )

    def _too_large(self, size: str = "more than") -> TooLargeError:
        return TooLargeError(
            f"{self._shown_url} is {size} the {self._limits.max_bytes / 1e6:g} MB that are read. "
            "Use a shorter version, or raise FETCH_MAX_BYTES."
        )
