"""Numbers and dates of a text, in a form in which two of them can be compared."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from bot.yes_no.vocabulary import stem_of

Kind = Literal["number", "range", "score", "ordinal", "month", "weekday", "year"]
Bound = Literal["exact", "more", "fewer", "about", "part"]

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {
    **{word: Decimal(value) for value, word in enumerate(_UNITS.split())},
    **{word: Decimal(value * 10) for value, word in enumerate(_TENS.split(), 2)},
    "dozen": Decimal(12),
}
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1_000),
    "million": Decimal(1_000_000),
    "billion": Decimal(1_000_000_000),
}
_ORDINALS_LIST = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ORDINALS = {word: Decimal(value) for value, word in enumerate(_ORDINALS_LIST.split(), 1)}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_MONTHS_LIST = (
    "january february march april may june july august september october november december"
)
MONTHS = {word: value for value, word in enumerate(_MONTHS_LIST.split(), 1)}
_DAYS_LIST = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {word: value for value, word in enumerate(_DAYS_LIST.split(), 1)}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
# A year only behind one of these.
_OLD_YEAR = re.compile(r"1[0-4]\d\d")
_BEFORE_YEAR = frozenset({"in", "since", "by", "until", "from", "around", "before", "after"})
_BOUNDS: dict[str, Bound] = {
    "more than": "more",
    "at least": "more",
    "over": "more",
    "above": "more",
    "fewer than": "fewer",
    "less than": "fewer",
    "at most": "fewer",
    "up to": "fewer",
    "under": "fewer",
    "below": "fewer",
    "about": "about",
    "around": "about",
    "some": "about",
    "almost": "about",
    "nearly": "about",
    "roughly": "about",
    "approximately": "about",
    "estimated": "about",
}


@dataclass(frozen=True, slots=True)
class Value:
    """A number or a part of a date.

    Attributes:
        kind: what it is.
        amount: the number; of a month or weekday its place, from 1.
        unit: of a number the stem of what is counted; None where nothing is behind it.
        bound: whether the number itself is meant; "part" is the nine of "four of nine".
        place: index of its first word.
        end: index behind its last word, the unit left out.
    """

    kind: Kind
    amount: Decimal
    unit: str | None
    bound: Bound
    place: int
    end: int


def values_of(words: list[str]) -> list[Value]:
    """Return the numbers and dates among words, in order.

    Args:
        words: of a text, as they are written; a punctuation mark is a word.
    """
    found: list[Value] = []
    place = 0
    while place < len(words):
        value = _value_at(words, place)
        if value is not None:
            found.append(value)
        place = value.end if value is not None else place + 1
    return found


def _value_at(words: list[str], place: int) -> Value | None:
    written = words[place]
    word = written.lower()
    if written[0].isupper() and word in MONTHS:
        return Value("month", Decimal(MONTHS[word]), None, "exact", place, place + 1)
    if word in WEEKDAYS:
        return Value("weekday", Decimal(WEEKDAYS[word]), None, "exact", place, place + 1)
    before = words[place - 1].lower() if place else ""
    if _YEAR.fullmatch(word) or (_OLD_YEAR.fullmatch(word) and before in _BEFORE_YEAR):
        return Value("year", Decimal(word), None, "exact", place, place + 1)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal or word in _ORDINALS:
        amount = Decimal(ordinal[1]) if ordinal else _ORDINALS[word]
        # "First Council" is a name, not one of several in a row.
        is_name = written[0].isupper() or words[place + 1 : place + 2][:1] == ["of"]
        following = "" if is_name or place + 1 == len(words) else words[place + 1]
        unit = _unit(words, place + 1) if following[:1].islower() else None
        return Value("ordinal", amount, unit, "exact", place, place + 1)
    number = _number(word)
    if number is None:
        return None
    if _is_number(words, place + 2) and words[place + 1] in ("to", "-", "–", "or"):
        return _pair(words, place, number)
    end = place + 1
    while end < len(words) and words[end].lower() in _SCALES:
        number *= _SCALES[words[end].lower()]
        end += 1
    return Value("number", number, _unit(words, end), _bound(words, place), place, end)


def _pair(words: list[str], place: int, number: Decimal) -> Value:
    """Return "15 to 20", which is a range, or of "by 16 to 13", which is a score, both at once."""
    other = _number(words[place + 2].lower()) or Decimal(0)
    is_score = place > 0 and words[place - 1].lower() == "by"
    kind: Kind = "score" if is_score else "range"
    amount = number + other / 1_000_000
    return Value(kind, amount, _unit(words, place + 3), "exact", place, place + 3)


def _is_number(words: list[str], place: int) -> bool:
    return place < len(words) and _number(words[place].lower()) is not None


def _number(word: str) -> Decimal | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return Decimal(word.lstrip("£$€").replace(",", "")) if word[-1].isdigit() else None
    except InvalidOperation:
        return None


def _unit(words: list[str], place: int) -> str | None:
    """Return what is counted: the stem of the next word, be it "per cent" or "water plants"."""
    following = words[place].lower() if place < len(words) else ""
    return following if following == "%" else stem_of(following) if following else None


def _bound(words: list[str], place: int) -> Bound:
    if place and words[place - 1].lower() == "of":
        return "part"
    before = [word.lower() for word in words[max(place - 2, 0) : place]]
    for phrase, bound in _BOUNDS.items():
        parts = phrase.split()
        if before[-len(parts) :] == parts:
            return bound
    return "exact"
