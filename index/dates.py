"""Reading the date that a line of a header, or a part of one, consists of."""

import re
from contextlib import suppress
from datetime import date, datetime

DATE_PREFIX = re.compile(
    r"(?:(?:first )?published|posted|updated|last updated|last modified)(?: on| at)?[: ]+", re.I
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_TIME = re.compile(r"\d:\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)
_ZONE = re.compile(r"\d(?:Z|[+-]\d\d:?\d\d)$")


def parse_date(text: str) -> date | None:
    """Return the date that a text consists of, with the time where it is given.

    Args:
        text: for example "29 June, 2017, 09:06", "Published on 2020-05-01", "May 1, 2020 5pm".

    Returns:
        A `datetime` if there is a time, else a `date`; None if the text is anything else, or a
        date that could be read in two ways ("6/7/2017").
    """
    text = DATE_PREFIX.sub("", text, count=1).strip(" ,.")
    if len(text) > 60 or not _YEAR.search(text) or not text[-1].isalnum():
        return None
    readings = {_read_date(text, first, blank) for first in (True, False) for blank in (1, 2)}
    reading = readings.pop()
    if readings or reading is None:
        return None
    return reading if _TIME.search(text) else reading.date()


def _read_date(text: str, day_first: bool, blank: int) -> datetime | None:
    from dateutil.parser import ParserError, parse

    # Two different defaults give two different readings where the day or the month is missing.
    default = datetime(2000, blank, blank)
    with suppress(ValueError):  # dateutil would read 2020-05-01 as the fifth of January, day first
        return datetime.fromisoformat(text)
    try:
        found = parse(
            text, default=default, dayfirst=day_first, ignoretz=_ZONE.search(text) is None
        )
        found.utcoffset()  # only now is an offset of a day or more found out
        return found
    except (ParserError, OverflowError, ValueError):
        return None
