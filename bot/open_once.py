"""`OpenOnce`: what takes long to open is opened once, and a few of it stay open."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class OpenOnce(Generic[K, V]):
    """The last few things that were asked for. May be used from several threads at once.

    Whoever asks for what another thread is opening waits for that one; others do not wait.
    """

    def __init__(self, limit: int) -> None:
        """Make one without anything in it.

        Args:
            limit: how many things stay open, at least 1; beyond it, the one that was not asked for
                the longest is let go.
        """
        self._limit = limit
        self._lock = threading.Lock()
        self._opened: OrderedDict[K, Future[V]] = OrderedDict()

    def get(self, key: K, open_it: Callable[[], V]) -> V:
        """Return what there is for a key, or open it.

        Raises:
            Exception: what opening raised, in every thread that waited for it; who asks next tries
                again.
        """
        with self._lock:
            future = self._opened.get(key)
            is_mine = future is None
            if future is None:
                future = self._opened[key] = Future()
            self._opened.move_to_end(key)
        if is_mine:
            self._open(key, future, open_it)
        return future.result()

    def __len__(self) -> int:
        """Number of things that are open or being opened."""
        return len(self._opened)

    def _open(self, key: K, future: "Future[V]", open_it: Callable[[], V]) -> None:
        try:
            opened = open_it()
        except BaseException as error:
            with self._lock:
                self._opened.pop(key, None)
            future.set_exception(error)
            return
        future.set_result(opened)
        with self._lock:
            done = [key for key, future in self._opened.items() if future.done()]
            for oldest in done[: max(len(done) - self._limit, 0)]:
                del self._opened[oldest]
