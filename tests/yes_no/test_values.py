from decimal import Decimal

import pytest

from bot.yes_no.sentence_words import SentenceWords
from bot.yes_no.values import Value


def _values(text: str) -> list[tuple[str, Decimal, str | None, str]]:
    found: tuple[Value, ...] = SentenceWords.of(text).values
    return [(one.kind, one.amount, one.unit, one.bound) for one in found]


@pytest.mark.parametrize(
    ("text", "kind", "amount", "unit", "bound"),
    [
        ("862,000 people", "number", "862000", "peopl", "exact"),
        ("nine plants", "number", "9", "plant", "exact"),
        ("more than 6,000 wounded", "number", "6000", "wound", "more"),
        ("about 300 people", "number", "300", "peopl", "about"),
        ("four million euros", "number", "4000000", "euro", "exact"),
        ("£2.4 million", "number", "2400000", None, "exact"),
        ("the 93rd minute", "ordinal", "93", "minut", "exact"),
        ("in late January", "month", "1", None, "exact"),
        ("on Friday", "weekday", "5", None, "exact"),
        ("since 2016", "year", "2016", None, "exact"),
        ("built in 1310", "year", "1310", None, "exact"),
        ("1310 people", "number", "1310", "peopl", "exact"),
        ("the third of five children", "ordinal", "3", None, "exact"),
    ],
)
def test_values(text: str, kind: str, amount: str, unit: str | None, bound: str) -> None:
    assert _values(text)[0] == (kind, Decimal(amount), unit, bound)


def test_a_part_and_a_whole() -> None:
    assert _values("four of nine plants") == [
        ("number", Decimal(4), None, "exact"),
        ("number", Decimal(9), "plant", "part"),
    ]


def test_ranges_and_scores_are_one_value() -> None:
    assert [value[0] for value in _values("15 to 20 fighters")] == ["range"]
    assert [value[0] for value in _values("voted by 16 to 13")] == ["score"]


def test_a_name_is_no_ordinal_of_anything() -> None:
    assert _values("the First Council") == [("ordinal", Decimal(1), None, "exact")]


def test_may_is_a_month_only_with_a_capital() -> None:
    assert _values("it may rain in May")[0][:2] == ("month", Decimal(5))
    assert len(_values("it may rain in May")) == 1
