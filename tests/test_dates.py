from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given

from index.dates import parse_date
from tests.nasty_text import HEADER_PIECES, nasty_texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29 June, 2017, 09:06", datetime(2017, 6, 29, 9, 6)),
        ("Wednesday, 20 February, 2019", date(2019, 2, 20)),
        ("2020-05-01", date(2020, 5, 1)),
        ("2020-05-01T10:30:00", datetime(2020, 5, 1, 10, 30)),
        ("Published on May 1, 2020", date(2020, 5, 1)),
        ("Last updated: 1 May 2020", date(2020, 5, 1)),
        ("May 1, 2020 5pm", datetime(2020, 5, 1, 17)),
        ("13/7/2017", date(2017, 7, 13)),
        (
            "2020-05-01T10:30:00+02:00",
            datetime(2020, 5, 1, 10, 30, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("6/7/2017", None),
        ("June 2017", None),
        ("2017", None),
        ("32 June 2017", None),
        ("In 2017 the army left", None),
        ("29 June 2017 09:06+9999", None),
        ("", None),
    ],
)
def test_reads_dates_that_can_be_read_in_one_way(text: str, expected: date | None) -> None:
    found = parse_date(text)
    assert found == expected
    assert type(found) is type(expected)


@given(text=nasty_texts(*HEADER_PIECES))
def test_no_date_breaks_it(text: str) -> None:
    found = parse_date(f"{text} 2017")
    assert found is None or isinstance(found, date)
