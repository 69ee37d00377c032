import pytest

from bot.telegram_app.article_messages import READING, took_too_long
from bot.telegram_app.reading_watch import ReadingTimeoutError, ReadingWatch
from bot.telegram_app.stopping import Stopping


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_it_says_how_far_a_reading_is() -> None:
    watch = ReadingWatch(10, lambda: False)
    assert (watch.said, watch.has_begun) == (READING, False)
    watch.begin()
    watch.fetched(500_000, None)
    assert watch.said == "Reading… 500 kB"
    watch.fetched(1_200_000, 3_400_000)
    assert watch.said == "Reading… 1.2 MB of 3.4 MB"
    watch.progress(300, 1_200)
    assert (watch.said, watch.has_begun) == ("Reading… 25%", True)


def test_the_time_counts_from_the_beginning() -> None:
    clock = Clock()
    watch = ReadingWatch(10, lambda: False, clock)
    clock.seconds = 100
    watch.begin()
    clock.seconds = 110
    watch.progress(1, 2)
    assert watch.elapsed_seconds == 10
    clock.seconds = 110.5
    with pytest.raises(ReadingTimeoutError, match=took_too_long(10)):
        watch.progress(2, 2)
    assert (watch.has_to_end, watch.said) == (True, "Reading… 50%")


def test_it_ends_with_the_bot() -> None:
    stopping: list[bool] = []
    watch = ReadingWatch(10, lambda: bool(stopping))
    watch.check()
    stopping.append(True)
    for call in (watch.check, lambda: watch.fetched(1, None), lambda: watch.progress(1, 2)):
        with pytest.raises(Stopping):
            call()
