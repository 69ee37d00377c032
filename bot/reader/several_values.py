"""When different sentences give different quantities for the same thing, all of them are told.

Silence is better than a false conflict. Two answers are told side by side only if each counts the
same thing ("eight months", "nine months"), the model finds an answer in either passage, and the
two sentences have the same of the question's words: a sentence that names a place, a source or a
group of the question's that the other does not is about something else.
"""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from bot.reader.candidates import Candidate
from bot.reader.question_words import question_words
from index.lexical import content_stems

_NUMBER_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty
"""
_VALUES = {word: str(value) for value, word in enumerate(_NUMBER_WORDS.split())}
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_VALUES |= {word: f"{value}0" for value, word in enumerate(_TENS.split(), 3)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
# What stands between a number and what it counts.
_HEDGES = frozenset({"to", "and", "or", "per"})


def several_values(question: str, best: Sequence[Candidate], *, from_evidence: float) -> list[int]:
    """Return the places of the candidates that all answer, in the article's order.

    Args:
        question: that was asked.
        best: candidates, the best first, none overlapping another.
        from_evidence: how far a span has to be above "no answer in this passage".

    Returns:
        At least two places, the best candidate's among them, or none.
    """
    if not best:
        return []
    first = best[0]
    amount = quantity(first)
    if amount is None:
        return []
    asked = frozenset(word.stem for word in question_words(question))
    told = asked & _stems_of_sentence(first)
    same, seen = [0], {amount[0]}
    for place, other in enumerate(best[1:], 1):
        other_amount = quantity(other)
        if (
            other_amount is not None
            and other_amount[0] not in seen
            and other_amount[1] == amount[1]
            and other.sentence != first.sentence
            and other.evidence >= from_evidence
            and asked & _stems_of_sentence(other) == told
        ):
            same.append(place)
            seen.add(other_amount[0])
    return sorted(same, key=lambda place: best[place].span) if len(same) > 1 else []


def quantity(candidate: Candidate) -> tuple[tuple[str, ...], str] | None:
    """Return the numbers of an answer and the stem of what they count; None if it has neither."""
    passage = candidate.passage.passage
    end = candidate.sentence.end - passage.start
    text = passage.text[candidate.span.start - passage.start : end].lower()
    length = len(candidate.text)
    numbers: list[str] = []
    for match in _WORD.finditer(text):
        word = match.group()
        value = _value(word)
        if value is not None and match.start() < length:
            numbers.append(value)
        elif word in _SCALES and numbers:
            numbers[-1] = _plain(Decimal(numbers[-1]) * _SCALES[word])
        elif numbers and word not in _HEDGES:
            stems = content_stems(word)
            if stems:
                return tuple(numbers), stems[0]
        elif match.start() >= length:
            return None
    return None


def _value(word: str) -> str | None:
    if not word[0].isdigit():
        return _VALUES.get(word)
    try:
        return _plain(Decimal(word.replace(",", "")))
    except InvalidOperation:
        return word  # "1.2.3", "5th"


def _plain(number: Decimal) -> str:
    """Return a number in the one form that is equal for equal ones."""
    return f"{number.normalize():f}"


def _stems_of_sentence(candidate: Candidate) -> frozenset[str]:
    passage = candidate.passage.passage
    start = candidate.sentence.start - passage.start
    end = candidate.sentence.end - passage.start
    return frozenset(content_stems(passage.text[start:end]))
