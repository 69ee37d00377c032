"""What an article says that somebody is: "council leader", ", an ecologist at ...", "who leads"."""

import re
from collections.abc import Sequence

from bot.speakers.names import NameRun
from bot.speakers.reporting_verbs import CLAUSE_VERBS, OFTEN_NOUNS, REPORTING_VERBS, Form
from bot.speakers.vocabulary import (
    ADVERBS,
    CONJUNCTIONS,
    DETERMINERS,
    HONORIFICS,
    OFFICE_VERBS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    is_person,
)
from bot.speakers.words import Word

_LONGEST = 12  # words of a description before a name
_FURTHEST = 30  # words of a description behind a name
_HEAD_WITHIN = 6  # words of an apposition, in which what somebody is must stand
_PARTICIPLE = re.compile(r"\w{3,}ed$")
_AGE = re.compile(r"1?\d{1,2}")
_NO_MODIFIERS = PREPOSITIONS | CONJUNCTIONS | CLAUSE_VERBS | RELATIVES


def role_of(words: Sequence[Word], run: NameRun) -> tuple[int, int] | None:
    """Return the positions of the words that say what the one named is; None if none do."""
    before = _before(words, run)
    return before or _apposed_before(words, run) or _behind(words, run)


def description_start(words: Sequence[Word], end: int) -> int:
    """Return where a noun phrase begins whose last word stands before `end`."""
    start = end
    while start > max(0, end - _LONGEST):
        word = words[start - 1]
        lower = word.lower
        if lower in DETERMINERS:
            start -= 1
            if start and words[start - 1].lower in DETERMINERS and lower not in POSSESSIVES:
                start -= 1
            break
        if word.is_mark or word.quotation or lower in _NO_MODIFIERS or _is_verb(word):
            break
        start -= 1
    return start


def _is_verb(word: Word) -> bool:
    if word.is_capitalised or word.lower == "retired":
        return False
    verb = REPORTING_VERBS.get(word.lower)
    if verb is not None and (verb.form is not Form.BASE or verb.lemma == "say"):
        return True
    return _PARTICIPLE.match(word.lower) is not None


def _before(words: Sequence[Word], run: NameRun) -> tuple[int, int] | None:
    """Find a description right before the name, titles included: "Tolland manager Gerry Nash"."""
    start = end = run.name
    if run.name == run.first:
        noun = words[start - 1] if start else None
        if noun is None or not is_person(noun.lower) or noun.is_mark:
            return None
        start = description_start(words, start)
    elif all(words[i].lower in HONORIFICS for i in range(run.first, run.name)):
        return None
    else:
        start = run.first
    return (start, end) if start < end else None


def _apposed_before(words: Sequence[Word], run: NameRun) -> tuple[int, int] | None:
    """Find a description with a comma between: "The defence lawyer, Christine Moody, asked"."""
    comma = run.first - 1
    if comma < 1 or words[comma].text != ",":
        return None
    after = words[run.end] if run.end < len(words) else None
    closes = after is None or after.is_mark or after.quotation or after.lower in REPORTING_VERBS
    start = description_start(words, comma)
    if not closes or start == comma or not is_person(words[comma - 1].lower):
        return None
    first = words[start]
    if first.lower not in DETERMINERS and not first.is_possessive:
        return None
    return start, comma


def _behind(words: Sequence[Word], run: NameRun) -> tuple[int, int] | None:
    start = run.end
    if start >= len(words) or words[start].text != ",":
        return None
    start += 1
    if (
        start + 1 < len(words)
        and _AGE.fullmatch(words[start].text)
        and words[start + 1].text == ","
    ):
        start += 2
    end = _end_of_description(words, start)
    if end <= start:
        return None
    if words[start].lower == "who":
        return (start, end) if _says_office(words, start, end) else None
    head = words[start : min(end, start + _HEAD_WITHIN)]
    if not any(is_person(word.lower) for word in words[start:end][:_LONGEST]):
        return None
    is_noun_phrase = not head[0].lower.endswith(("ing", "ed")) and (
        head[0].lower not in _NO_MODIFIERS | ADVERBS or head[0].lower in DETERMINERS
    )
    return (start, end) if is_noun_phrase and not any(_is_clause(w) for w in head) else None


def _is_clause(word: Word) -> bool:
    verb = REPORTING_VERBS.get(word.text)
    is_verb = verb is not None and verb.form is Form.FINITE and word.text not in OFTEN_NOUNS
    return is_verb or (word.lower in CLAUSE_VERBS)


def _says_office(words: Sequence[Word], start: int, end: int) -> bool:
    verb = words[start + 1].lower if start + 1 < end else ""
    if verb == "has":
        return any(word.lower == "for" for word in words[start:end])
    return verb in OFFICE_VERBS


def _end_of_description(words: Sequence[Word], start: int) -> int:
    end = start
    while end < min(len(words), start + _FURTHEST):
        word = words[end]
        verb = REPORTING_VERBS.get(word.lower)
        if word.quotation or (word.is_mark and word.text not in "'’-&/%$£€"):
            break
        if end > start and (word.lower == "who" or (verb and verb.lemma in {"say", "tell"})):
            break
        end += 1
    return end
