"""Faults that a test has the emulated Telegram make."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fields = dict[str, Any]


def _any(_fields: Fields) -> bool:
    return True


@dataclass(slots=True)
class Fault:
    """What goes wrong with the next requests of a method.

    Attributes:
        method: such as "sendMessage".
        status: the request is not carried out, and this is its HTTP status; None carries it out.
        retry_after: of a 429, in seconds.
        delay: how long the request waits before it is looked at, in seconds.
        late: how long its answer comes after it was carried out, in seconds.
        cuts: the connection is cut where the answer should be.
        times: how often; it is over at 0.
        where: whether a request is meant, by its fields.
    """

    method: str
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    late: float = 0.0
    cuts: bool = False
    times: int = 1
    where: Callable[[Fields], bool] = _any


class Faults:
    """The faults that are still to come. Used on one thread."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._faults.append(fault)

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, fields: Fields) -> Fault | None:
        """Return what goes wrong with a request, the earliest added first."""
        for fault in self._faults:
            if fault.method == method and fault.times > 0 and fault.where(fields):
                fault.times -= 1
                return fault
        return None
