"""Moments as the database has them: whole microseconds since 1970, in UTC."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


def to_number(moment: datetime) -> int:
    """Return the number that stands for a moment, which has a time zone."""
    return (moment - _EPOCH) // _UNIT


def from_number(number: int) -> datetime:
    """Return the moment, in UTC, that a number stands for."""
    return _EPOCH + number * _UNIT


def now() -> datetime:
    """Return this moment, in UTC."""
    return datetime.now(UTC)
