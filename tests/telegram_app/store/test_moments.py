from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis.strategies import datetimes, just

from bot.telegram_app.store.moments import from_number, now, to_number


def test_a_moment_is_microseconds_since_1970() -> None:
    moment = datetime(1970, 1, 1, 1, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    assert to_number(moment) == 1


@given(datetimes(timezones=just(UTC)))
def test_nothing_of_a_moment_is_lost(moment: datetime) -> None:
    assert from_number(to_number(moment)) == moment


def test_moments_come_back_in_utc() -> None:
    assert from_number(0) == datetime(1970, 1, 1, tzinfo=UTC)
    assert from_number(0).tzinfo is UTC
    assert now().tzinfo is UTC
