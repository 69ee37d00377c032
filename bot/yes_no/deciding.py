"""`decides`: whether a sentence says what a question claims, or says otherwise.

A sentence decides only if it has every word of the claim, or its opposite, in the same order and in
one part of it: another number, date, opposite or negation is then said of the same. Anything less,
such as another name for the same thing, is not decided; the sentence is still the answer.
"""

from collections.abc import Sequence
from typing import Literal

from bot.yes_no.claim import claim_of
from bot.yes_no.comparing import Compared, compare_value
from bot.yes_no.matching import match_words
from bot.yes_no.sentence_words import SentenceWords
from bot.yes_no.structure import Structure

Decision = Literal["supports", "otherwise"]

_SAYING = frozenset({"say", "report", "state", "announce", "write", "tell", "find", "show"})
# Behind what is denied, it says that only a cause or a time is.
_LIMITING = {("because",), ("until",), ("before",), ("when",), ("after",)}
_OF_SOME = frozenset({"first", "second", "another", "other", "further", "more", "each", "per"})


def decides(question: str, sentence: str) -> Decision | None:
    """Return what a sentence says to what a question claims; None where it leaves that open.

    Args:
        question: in English, normalised.
        sentence: of the article.

    Returns:
        "otherwise" where it says another thing of the same subject and event; "supports" where it
        says just this, which is told of yes/no questions only.
    """
    claim = claim_of(question)
    if claim is None:
        return None
    said = SentenceWords.of(sentence)
    frame, claimed = _without_frame(claim.text)
    if not set(filter(None, SentenceWords.of(frame).stems)) <= set(said.stems):
        return None
    words = SentenceWords.of(claimed)
    matching = match_words(words, said)
    if matching is None:
        return None
    decision = _decision(Structure(claim, words, said, matching))
    return None if claim.form == "premise" and decision == "supports" else decision


def first_decision(question: str, sentences: Sequence[str]) -> tuple[int, Decision] | None:
    """Return which sentence decides a question first, and how; None where none does.

    Where one supports it and another says otherwise, nothing is decided.

    Args:
        question: in English, normalised.
        sentences: of the article, the likeliest first.
    """
    decisions = [decides(question, sentence) for sentence in sentences]
    if len({*decisions} - {None}) != 1:
        return None
    return next((place, found) for place, found in enumerate(decisions) if found is not None)


def _without_frame(text: str) -> tuple[str, str]:
    """Return who says something, and what: "the Pentagon report that ..."."""
    frame, that, claimed = text.partition(" that ")
    return (frame, claimed) if that and frame.split()[-1].lower() in _SAYING else ("", text)


def _decision(structure: Structure) -> Decision | None:
    if not structure.is_of_the_same:
        return None
    opposites, values = structure.matching.opposites, _compared_values(structure)
    denied = _denied_in_sentence(structure)
    if opposites > 1 or values is None or denied is None:
        return None
    denied += structure.claim.is_negative + structure.claimed.has_negation
    if values == "otherwise":
        return None if denied else "otherwise"
    return "otherwise" if (opposites + denied) % 2 else "supports"


def _denied_in_sentence(structure: Structure) -> int | None:
    """Return 1 where the sentence denies it, 0 where it does not, None where it may in part.

    "Did not increase as fast as wages" denies no increase, and "did not say that he liked it"
    denies something else.
    """
    said, matched = structure.said, structure.matching.places
    places = said.places_of(structure.part)
    denied = matched & said.denied
    if not denied:
        part = SentenceWords(said.words[places[0] : places[-1] + 1])
        return None if part.has_negation else 0
    behind = range(min(denied), places[-1] + 1)
    has_more = any(said.says_something(place) and place not in matched for place in behind)
    ends_in = said.lower[places[-1] + 1 : places[-1] + 2]
    return None if has_more or ends_in in _LIMITING else 1


def _compared_values(structure: Structure) -> Compared | None:
    """Compare each number and date of the claim; at most one may be another."""
    result: Compared = "same"
    for claimed in structure.claimed.values:
        compared = compare_value(claimed, structure.claimed, structure.said, structure.part)
        if compared == "same":
            continue
        is_number = claimed.kind in ("number", "score", "ordinal")
        is_excluded = (
            compared == "otherwise"
            and result == "same"
            and (is_number or not structure.matching.opposites)
            and not (claimed.kind == "number" and _is_of_some(structure))
        )
        if not is_excluded:
            return None
        result = "otherwise"
    return result


def _is_of_some(structure: Structure) -> bool:
    """Whether a number may be of fewer than those that the claim is about: "in Rade", "more"."""
    said = structure.said
    has_other_names = any(
        place > 0 and said.stems[place] is not None and said.words[place][0].isupper()
        for place in said.places_of(structure.part)
        if place not in structure.matching.places
    )
    return has_other_names or bool(said.words_of(structure.part) & _OF_SOME)
