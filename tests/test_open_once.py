import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.open_once import OpenOnce


def test_what_is_open_is_not_opened_again() -> None:
    opened: list[str] = []
    once: OpenOnce[str, int] = OpenOnce(2)

    def open_it() -> int:
        opened.append("a")
        return len(opened)

    assert [once.get("a", open_it), once.get("a", open_it)] == [1, 1]


def test_the_one_that_was_not_asked_for_the_longest_is_let_go() -> None:
    once: OpenOnce[str, str] = OpenOnce(2)
    for key in ("a", "b", "a", "c"):
        once.get(key, lambda key=key: key)  # type: ignore[misc]

    assert len(once) == 2
    assert once.get("a", lambda: "opened again") == "a"
    assert once.get("b", lambda: "opened again") == "opened again"


def test_a_failure_is_told_and_tried_again() -> None:
    once: OpenOnce[str, int] = OpenOnce(1)

    with pytest.raises(ZeroDivisionError):
        once.get("a", lambda: 1 // 0)
    assert once.get("a", lambda: 1) == 1


def test_threads_wait_for_the_same_and_not_for_another() -> None:
    once: OpenOnce[str, str] = OpenOnce(1)
    begun, go_on = threading.Event(), threading.Event()
    opened: list[str] = []

    def slow() -> str:
        begun.set()
        go_on.wait()
        opened.append("slow")
        return "slow"

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(once.get, "slow", slow)
        begun.wait()
        second = threads.submit(once.get, "slow", slow)
        assert once.get("quick", lambda: "quick") == "quick"
        go_on.set()
        assert (first.result(), second.result()) == ("slow", "slow")
    assert opened == ["slow"]
    assert len(once) == 1


def test_a_failure_reaches_every_thread_that_waits() -> None:
    once: OpenOnce[str, str] = OpenOnce(1)
    begun, go_on = threading.Event(), threading.Event()

    def broken() -> str:
        begun.set()
        go_on.wait()
        raise ZeroDivisionError

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(once.get, "a", broken)
        begun.wait()
        second = threads.submit(once.get, "a", broken)
        go_on.set()
        for waiting in (first, second):
            with pytest.raises(ZeroDivisionError):
                waiting.result()
