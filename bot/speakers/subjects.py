"""Finding the subject of a reporting verb: before it, behind it, or at the beginning."""

from collections.abc import Sequence
from itertools import takewhile

from bot.speakers.names import NameRun
from bot.speakers.reporting_verbs import AUXILIARIES, BE, CLAUSE_VERBS
from bot.speakers.sources import Kind, Source, read_source
from bot.speakers.vocabulary import (
    ADVERBS,
    CLAUSE_OPENERS,
    CONJUNCTIONS,
    DETERMINERS,
    DOCUMENTS,
    FIRST_PERSONS,
    INSTITUTIONS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    is_people,
    is_person,
)
from bot.speakers.words import Word

# A subject with all that belongs to it is shorter.
_LONGEST = 40
_INSIDE_NAMES = "'’&"
_NO_LAST_WORDS = PREPOSITIONS - RELATIVES
# Between subject and verb; "and" joins clauses.
_SKIPPED = (ADVERBS - CONJUNCTIONS) | AUXILIARIES | BE


def before_auxiliaries(words: Sequence[Word], verb: int) -> tuple[int, frozenset[str]]:
    """Return the position before a verb's auxiliaries and adverbs, and those that were passed."""
    at = verb - 1
    passed: set[str] = set()
    while at >= 0:
        lower = words[at].text  # A name may end like an adverb: "Blakely".
        if lower not in _SKIPPED and lower not in {"not", "never"} and not _is_adverb(lower):
            break
        passed.add("not" if lower in {"not", "never"} or lower.endswith(("n't", "n’t")) else lower)
        at -= 1
    return at, frozenset(passed)


def _is_adverb(lower: str) -> bool:
    if lower.endswith(("n't", "n’t")):
        return True
    is_lower = lower[:1].islower() and lower not in INSTITUTIONS
    return is_lower and lower.endswith("ly") and len(lower) > len("ally")


def subject_before(
    words: Sequence[Word], runs: Sequence[NameRun], last: int, *, headline: bool = False
) -> Source | None:
    """Return the subject whose last word, or whose closing comma, stands at `last`."""
    if last < 0 or words[last].quotation is not None or words[last].lower in _NO_LAST_WORDS:
        return None
    if words[last].text == ",":
        return _before_comma(words, runs, last)
    if words[last].is_mark:
        return None
    first = _phrase_start(words, runs, last + 1)
    if first > 1 and words[first - 1].text == ":" and words[first - 2].is_capitalised:
        return None  # The second half of a title: "Word Myths: Urban Legends claims".
    if first > last:
        relative = words[last].lower in {"who", "which"} and last and words[last - 1].text == ","
        return subject_before(words, runs, last - 2) if relative else None
    if _has_verb(words, first, last + 1):
        return None
    source = read_source(words, runs, first, last + 1, headline=headline)
    return None if source is None or _is_last_of_several(words, runs, source) else source


def subject_behind(words: Sequence[Word], runs: Sequence[NameRun], verb: int) -> Source | None:
    """Return the subject right behind a verb: "said its chair, Ravi Menon"."""
    first = verb + 1
    if first >= len(words) or words[first].lower in (PREPOSITIONS | ADVERBS) - DETERMINERS:
        return None
    end = first
    while end < len(words) and not words[end].quotation and not _is_break(words[end]):
        end += 1
    apposed = _run_at(runs, end + 1) if end < len(words) and words[end].text == "," else None
    source = read_source(words, runs, first, end, apposed)
    if source is None:
        return None
    behind = source.named[1] if source.named else source.end
    if behind < len(words) and words[behind].lower in {"that", "to"}:
        return None
    return source if _is_speaker(words, source) else None


def opening_subject(words: Sequence[Word], runs: Sequence[NameRun]) -> Source | None:
    """Return the noun phrase that a statement begins with, as far as it can be told."""
    first = 0
    while first < len(words) and (words[first].lower in ADVERBS - DETERMINERS):
        first += 1
    if first >= len(words) or words[first].quotation is not None:
        return None
    if words[first].lower in PRONOUNS | FIRST_PERSONS:
        return read_source(words, runs, first, first + 1)
    end = _opening_end(words, runs, first)
    if end is None:
        return None
    apposed = _run_at(runs, end + 1) if end < len(words) and words[end].text == "," else None
    return read_source(words, runs, first, end, apposed)


def _opening_end(words: Sequence[Word], runs: Sequence[NameRun], first: int) -> int | None:
    names = {run.first: run for run in runs if run.key}
    for at in range(first, min(len(words), first + 8)):
        word = words[at]
        if word.quotation or word.is_mark or (at > first and word.lower in PREPOSITIONS):
            return None
        if at > first and _is_inflected(words[at - 1]):
            return None
        if at in names and not words[names[at].end - 1].is_possessive:
            return names[at].end
        lower = word.lower
        noun = lower in INSTITUTIONS or lower in DOCUMENTS or is_person(lower) or is_people(lower)
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if noun and not (at + 1 in names or is_person(following) or following in INSTITUTIONS):
            return at + 1
    return None


def _has_verb(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether there is a verb before any "who": then the words are no noun phrase."""
    lower = takewhile(lambda word: word not in RELATIVES, (w.lower for w in words[first:end]))
    return any(word in CLAUSE_VERBS for word in lower)


def _is_inflected(word: Word) -> bool:
    """Whether a word in lower case may be a verb: no subject goes on behind it."""
    is_noun = is_people(word.lower) or word.is_possessive or word.lower in DETERMINERS
    return word.text.islower() and word.lower.endswith(("s", "ed")) and not is_noun


def _is_last_of_several(words: Sequence[Word], runs: Sequence[NameRun], source: Source) -> bool:
    """Whether other names stand before: "Knoche, and Granville wrote"."""
    first = source.first
    if source.kind is not Kind.PERSON or first < 2 or words[first - 1].lower not in {"and", "or"}:
        return False
    return any(run.end in {first - 1, first - 2} for run in runs if run.key)


def _before_comma(
    words: Sequence[Word], runs: Sequence[NameRun], closing: int, depth: int = 0
) -> Source | None:
    """Return a subject with something between commas behind it: "Wilk, a vet, said"."""
    opening = closing - 1
    while opening > max(0, closing - _LONGEST) and words[opening].text != ",":
        opening -= 1
    if opening <= 0 or words[opening].text != "," or closing - opening < 2:
        return None
    if any(word.text in "()[]" and word.text for word in words[opening:closing]):
        return None
    apposed = _run_at(runs, opening + 1)
    if apposed is not None and apposed.end != closing:
        apposed = None
    if apposed is None and not _is_inserted(words, opening + 1):
        return None
    first = _phrase_start(words, runs, opening)
    if first >= opening:
        return None
    goes_on = first > 0 and words[first - 1].text == "," and _is_inserted(words, first)
    if goes_on and apposed is None and depth < 2:
        longer = _before_comma(words, runs, first - 1, depth + 1) or _name_at_comma(
            words, runs, first - 1
        )
        if longer is not None:
            return longer
    return read_source(words, runs, first, opening, apposed)


def _name_at_comma(words: Sequence[Word], runs: Sequence[NameRun], comma: int) -> Source | None:
    """Return the one whose name ends at a comma: "Wilk, a vet in Malmberg, who led it, said"."""
    run = next((run for run in runs if run.end == comma and run.key), None)
    return None if run is None else read_source(words, runs, run.first, comma)


def _is_inserted(words: Sequence[Word], first: int) -> bool:
    lower = words[first].lower
    return (
        lower in DETERMINERS | RELATIVES | PREPOSITIONS | ADVERBS
        or lower.isdigit()
        or is_person(lower)
        or lower in {"former", "speaking", "chief", "which", "such", "including", "like"}
        or lower.endswith("ed")
        or words[first].is_possessive
    )


def _phrase_start(words: Sequence[Word], runs: Sequence[NameRun], end: int) -> int:
    """Return where the noun phrase that ends before `end` begins: behind a clause's boundary."""
    first = end
    while first > max(0, end - _LONGEST):
        word = words[first - 1]
        lower = word.lower
        if word.quotation is not None or _is_break(word) or lower in CLAUSE_OPENERS:
            break
        if lower in CONJUNCTIONS and not _joins_names(runs, first):
            break
        follows_mark = first < 2 or words[first - 2].is_mark or words[first - 2].quotation
        if lower in RELATIVES and (first == end or follows_mark):
            break
        first -= 1
    return first


def _joins_names(runs: Sequence[NameRun], behind: int) -> bool:
    """Whether the conjunction before `behind` stands between two names."""
    return any(run.end == behind - 1 for run in runs) and any(run.first == behind for run in runs)


def _is_break(word: Word) -> bool:
    return word.is_mark and word.text not in _INSIDE_NAMES


def _run_at(runs: Sequence[NameRun], first: int) -> NameRun | None:
    return next((run for run in runs if run.first == first and run.key), None)


def _is_speaker(words: Sequence[Word], source: Source) -> bool:
    """Whether a phrase behind a verb can only be its subject: "announced a plan" has none."""
    if source.kind not in {Kind.UNNAMED, Kind.INSTITUTION}:
        return True
    if source.key:
        return not any(words[i].lower in DOCUMENTS for i in range(source.first, source.end))
    inside = [word.bare.lower() for word in words[source.first : source.end][:8]]
    return any(is_people(word) or is_person(word) or word in INSTITUTIONS for word in inside)
