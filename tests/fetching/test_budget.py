import pytest

from index.fetching.budget import OVERHEAD_BYTES, Budget
from index.fetching.errors import TooLargeError, TooSlowError
from index.fetching.limits import FetchLimits

LIMITS = FetchLimits(max_bytes=2_500_000, total_seconds=30, connect_seconds=10)


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_seconds_run_out() -> None:
    clock = Clock()
    budget = Budget(LIMITS, "http://news.example/", clock)

    assert (budget.seconds_left(), budget.connect_seconds()) == (30, 10)
    clock.now += 25
    assert (budget.seconds_left(), budget.connect_seconds()) == (5, 5)
    clock.now += 5
    for ask in (budget.seconds_left, budget.connect_seconds):
        with pytest.raises(TooSlowError) as raised:
            ask()
        assert str(raised.value) == (
            "http://news.example/ took longer than 30 seconds. "
            "Try again later, or raise FETCH_SECONDS."
        )


def test_bytes_of_a_body_run_out() -> None:
    budget = Budget(LIMITS, "http://news.example/", Clock())

    budget.hold(2_500_000)
    budget.receive_body(2_000_000)
    budget.receive_body(500_000)
    for ask in (lambda: budget.receive_body(1), lambda: budget.hold(2_500_001)):
        with pytest.raises(TooLargeError) as raised:
            ask()
        assert str(raised.value) == (
            "http://news.example/ is more than the 2.5 MB that are read. "
            "Use a shorter version, or raise FETCH_MAX_BYTES."
        )


def test_bytes_beside_the_body_run_out() -> None:
    budget = Budget(LIMITS, "http://news.example/", Clock())

    budget.receive(OVERHEAD_BYTES)
    budget.receive_body(1_000)
    budget.receive(1_000)
    with pytest.raises(TooLargeError) as raised:
        budget.receive(1)

    assert str(raised.value) == (
        "http://news.example/ comes with more headers and marks than are read. "
        "Save the page in a browser and read the saved file."
    )


def test_a_size_is_looked_at_before_anything_comes() -> None:
    budget = Budget(LIMITS, "http://news.example/", Clock())

    budget.announce(None)
    budget.announce(2_500_000)
    with pytest.raises(TooLargeError) as raised:
        budget.announce(25_000_000)

    assert str(raised.value) == (
        "http://news.example/ is 25 MB, above the 2.5 MB that are read. "
        "Use a shorter version, or raise FETCH_MAX_BYTES."
    )
