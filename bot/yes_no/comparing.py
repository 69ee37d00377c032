"""Whether the numbers and dates of a claim are those of a sentence."""

from typing import Literal

from bot.yes_no.matching import is_same_stem
from bot.yes_no.sentence_words import SentenceWords
from bot.yes_no.values import Value

Compared = Literal["same", "otherwise"]

# Prepositions in front of a date that make it another statement.
_BOUNDING = frozenset({"by", "since", "until", "till", "before", "after", "from", "between", "to"})
_WORDS_BEFORE = 4
_TIMES = frozenset({"minut", "hour", "day", "week", "month", "year", "centuri", "round", "lap"})
# A number that is "about" right may be so many times as large.
_ABOUT = 2


def compare_value(
    claimed: Value, claim: SentenceWords, said: SentenceWords, part: int
) -> Compared | None:
    """Compare a number or date of a claim with those of the part of a sentence that is about it.

    Returns:
        None where that part has none, or several, or one that excludes nothing: "more than 5".
    """
    there = [value for value in said.values if said.parts[value.place] == part]
    of_kind = [one for one in there if one.kind == claimed.kind]
    if claimed.kind in ("number", "ordinal"):
        return _compare_counts(claimed, [one for one in of_kind if _has_same_unit(one, claimed)])
    is_bound_alike = claimed.kind == "score" or all(
        _bounding(claim, claimed.place) == _bounding(said, one.place) for one in of_kind
    )
    if any(one.amount == claimed.amount for one in of_kind):
        return "same" if is_bound_alike else None
    in_sentence = [one for one in said.values if one.kind == claimed.kind]
    is_only_one = len(of_kind) == 1 and len(in_sentence) == 1
    return "otherwise" if is_only_one and is_bound_alike else None


def _compare_counts(claimed: Value, there: list[Value]) -> Compared | None:
    if claimed.kind == "ordinal" and claimed.unit not in _TIMES:
        # Who scored the first goal may have scored the second.
        return "same" if claimed.amount in [one.amount for one in there] else None
    if len(there) != 1 or there[0].bound == "part":
        return None
    return _compare_numbers(claimed, there[0])


def _bounding(words: SentenceWords, place: int) -> set[str]:
    return {*words.lower[max(place - _WORDS_BEFORE, 0) : place]} & _BOUNDING


def _has_same_unit(one: Value, other: Value) -> bool:
    return one.unit is not None and other.unit is not None and is_same_stem(one.unit, other.unit)


def _compare_numbers(claimed: Value, said: Value) -> Compared | None:
    if claimed.amount == said.amount and claimed.bound == said.bound:
        return "same"
    if claimed.bound == "exact":
        return "otherwise" if _excludes(said, claimed) else None
    if said.bound != "exact" or claimed.bound not in ("more", "fewer"):
        return None
    difference = said.amount - claimed.amount
    return "same" if (difference > 0) == (claimed.bound == "more") else "otherwise"


def _excludes(said: Value, claimed: Value) -> bool:
    """Whether what is said cannot be a certain number."""
    low, high = sorted((claimed.amount, said.amount))
    match said.bound:
        case "more":
            return claimed.amount < said.amount
        case "fewer":
            return claimed.amount > said.amount
        case "about":
            return low * _ABOUT <= high
        case _:
            return low != high
