"""`Source`: whom the subject of a reporting verb means, as far as its own words say."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.speakers.names import NameKey, NameRun
from bot.speakers.reporting_verbs import CLAUSE_VERBS
from bot.speakers.roles import role_of
from bot.speakers.vocabulary import (
    ADVERBS,
    CONJUNCTIONS,
    DAYS_AND_MONTHS,
    DETERMINERS,
    DOCUMENTS,
    FIRST_PERSONS,
    INDEFINITE,
    INSTITUTIONS,
    IT,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    THEY,
    is_people,
    is_person,
)
from bot.speakers.words import Word

_NO_PART_OF_NAME = RELATIVES | {"that", "about", "over", "after", "before", "during", "between"}
# Words that stand for somebody without a noun: "one of them", "the other".
_SOMEBODY = (INDEFINITE - {"a", "an"}) | {"others", "the", "both"}


class Kind(Enum):
    """What a source is."""

    PERSON = "a named person, or what has a name and may be one"
    INSTITUTION = "an institution or a document"
    PRONOUN = "he, she, it, they"
    HOLDER = "somebody known by an office: 'the coordinator'"
    UNNAMED = "somebody without a name"
    AUTHOR = "the author: I, we"


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that says who speaks.

    Attributes:
        kind: what it is.
        first: position of its first word in the statement.
        end: position behind its last word.
        named: positions of the name's first word and behind its last one; of a named one only.
        role: positions of the words that say what the named one is, if they do.
        key: the name's words; empty without a name.
        pronoun: the pronoun that goes with it: "he", "she", "they", "it"; None if several may.
    """

    kind: Kind
    first: int
    end: int
    named: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    key: NameKey = ()
    pronoun: str | None = None


def read_source(
    words: Sequence[Word],
    runs: Sequence[NameRun],
    first: int,
    end: int,
    apposed: NameRun | None = None,
    *,
    headline: bool = False,
) -> Source | None:
    """Return whom a noun phrase means; None if the words are no noun phrase.

    Args:
        words: the statement's.
        runs: the names in it.
        first: position of the phrase's first word.
        end: position behind its last one.
        apposed: a name behind the comma that follows: "its chair, Ravi Menon".
        headline: whether articles are left out: "report claims".
    """
    first = _without_introduction(words, runs, first, end)
    if first >= end:
        return None
    only = words[first].lower
    if end == first + 1 and (only in PRONOUNS or only in FIRST_PERSONS):
        kind = Kind.PRONOUN if only in PRONOUNS else Kind.AUTHOR
        return Source(kind, first, end, pronoun=only)
    core = _core_end(words, runs, first, end)
    if core is None:
        return None
    named = _by_name(words, runs, first, core, end)
    if named is not None:
        return named
    if words[core - 1].is_possessive:
        return None
    if apposed is not None and _takes_name(words, first, core, apposed):
        return _apposed(words, first, core, apposed)
    return _by_noun(words, runs, first, core, end, headline=headline)


def _without_introduction(
    words: Sequence[Word], runs: Sequence[NameRun], first: int, end: int
) -> int:
    """Leave out what stands before the phrase: "But", "In a statement"."""
    while first < end and (words[first].lower in ADVERBS or words[first].is_mark):
        first += 1
    if first < end and words[first].lower in PREPOSITIONS | {"according"}:
        names = [run.first for run in runs if first < run.first and run.end == end]
        starts = [i for i in range(first + 1, end) if words[i].lower in DETERMINERS | PRONOUNS]
        return names[-1] if names else starts[-1] if starts else end
    return first


def _core_end(words: Sequence[Word], runs: Sequence[NameRun], first: int, end: int) -> int | None:
    """Return where a phrase's noun ends, before "of ..." or "who ..."; None if it is a clause."""
    at = first
    names = {run.end for run in runs if run.key}
    while at < end and (at == first or words[at].lower not in PREPOSITIONS):
        if at in names and words[at].text.islower() and words[at].text.endswith("ed"):
            return None
        if words[at].lower in CLAUSE_VERBS or words[at].lower in RELATIVES or words[at].quotation:
            return None
        at += 1
    return at


def _by_name(
    words: Sequence[Word], runs: Sequence[NameRun], first: int, core: int, end: int
) -> Source | None:
    run = next((r for r in runs if first <= r.first and r.end == core and r.key), None)
    if run is None or words[core - 1].is_possessive:
        return None
    noun = words[run.end - 1].bare.lower()
    if noun.endswith(("ists", "ians", "icans")) and words[first].lower != "the":
        return Source(Kind.UNNAMED, first, end, pronoun=THEY)
    if run.is_institution or noun in INSTITUTIONS:
        named = _group(words, first, end).named if words[core:end] else (first, core)
        return Source(Kind.INSTITUTION, first, end, named, key=run.key, pronoun=IT)
    before = words[run.first - 1].lower if run.first > first else ""
    article = before == "the"
    if before in DOCUMENTS or (article and core < end and words[core].lower == "of"):
        return Source(Kind.INSTITUTION, first, end, _group(words, first, end).named, None, run.key)
    joined = any(w.lower in CONJUNCTIONS for w in words[first : run.first])
    if joined:
        return None
    start = run.first - 1 if article and run.name == run.first else run.name
    pronoun = THEY if article and noun.endswith("s") else None  # "the Liberals"
    return Source(Kind.PERSON, first, core, (start, core), role_of(words, run), run.key, pronoun)


def _takes_name(words: Sequence[Word], first: int, core: int, run: NameRun) -> bool:
    noun = words[core - 1].lower
    return bool(run.key) and (is_person(noun) or noun in INSTITUTIONS)


def _apposed(words: Sequence[Word], first: int, core: int, run: NameRun) -> Source:
    is_institution = run.is_institution or words[core - 1].lower in INSTITUTIONS
    kind = Kind.INSTITUTION if is_institution else Kind.PERSON
    return Source(kind, first, run.end, (run.name, run.end), (first, core), run.key)


def _by_noun(
    words: Sequence[Word],
    runs: Sequence[NameRun],
    first: int,
    core: int,
    end: int,
    *,
    headline: bool,
) -> Source | None:
    lower = [word.bare.lower() for word in words[first:core]]
    noun, opening = _noun(lower), lower[0]
    is_definite = opening not in INDEFINITE
    has_name = any(run.key and first < run.first < end for run in runs)
    if opening == "no":
        return None
    people = any(is_people(word) for word in lower)
    if noun in INSTITUTIONS or noun in DOCUMENTS:
        is_bare = (
            noun in DOCUMENTS and opening not in DETERMINERS and not words[first].is_possessive
        )
        if (is_definite and not is_bare) or has_name or headline:
            return _group(words, first, end)
        return Source(Kind.UNNAMED, first, end, pronoun=IT)
    if noun == "authors" and is_definite:
        return Source(Kind.INSTITUTION, first, end, (first, end), pronoun=THEY)
    if people or all(word in _SOMEBODY for word in lower):
        return Source(Kind.UNNAMED, first, end, pronoun=THEY if people else None)
    if not is_person(noun):
        return None
    return Source(Kind.HOLDER if is_definite else Kind.UNNAMED, first, end)


def _noun(lower: Sequence[str]) -> str:
    """Return a phrase's noun: its last word, before "published" and the like."""
    last = len(lower) - 1
    while last > 0 and lower[last].endswith("ed") and not is_person(lower[last]):
        last -= 1
    return lower[last]


def _group(words: Sequence[Word], first: int, end: int) -> Source:
    """Return an institution or a document, with what says which: "of commerce"."""
    last = first + 1
    while last < end and words[last].lower not in _NO_PART_OF_NAME:
        last += 1
    dated = (i for i in range(first + 1, last) if words[i - 1].lower in PREPOSITIONS)
    day = next((i for i in dated if words[i].lower in DAYS_AND_MONTHS), last)
    if not any(words[i].lower in {"by", "of"} for i in range(day, last)):
        last = day
    while last > first + 1 and words[last - 1].lower in PREPOSITIONS | {"the", "a"}:
        last -= 1
    return Source(Kind.INSTITUTION, first, end, (first, last), pronoun=IT)
