"""The reporting phrase at a verb: with its subject before it, behind it or in a by-phrase."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.speakers.cue import Cue, Scope
from bot.speakers.following import is_stop, what_follows
from bot.speakers.names import NameRun
from bot.speakers.reporting_verbs import BE, OFTEN_NOUNS, Form, Needs, ReportingVerb
from bot.speakers.sources import Kind, Source, read_source
from bot.speakers.subjects import (
    before_auxiliaries,
    opening_subject,
    subject_before,
    subject_behind,
)
from bot.speakers.vocabulary import CONJUNCTIONS, DOCUMENTS
from bot.speakers.words import Word

_INVERTED = {Needs.NOTHING, Needs.CLAUSE, Needs.QUOTATION_BESIDE}
_HAVE = frozenset({"has", "have", "had"})
_ONLY_PARTICIPLES = frozenset({"written", "spoken"})  # "an article written before"
_QUOTATION_WITHIN = 25  # words behind a verb that needs a quotation
_COMMAS = frozenset({",", "–", "—"})
_WITH_WITHIN = 8  # words between "with" and "saying"


@dataclass(frozen=True, slots=True)
class VerbPlace:
    """A reporting verb in a statement.

    Attributes:
        words: the statement's.
        runs: the names in it.
        at: position of the verb.
        verb: which it is.
        headline: whether articles are left out: "report claims".
    """

    words: Sequence[Word]
    runs: Sequence[NameRun]
    at: int
    verb: ReportingVerb
    headline: bool


def cue_at_verb(place: VerbPlace, earlier: Sequence[Cue]) -> Cue | None:
    """Return the reporting phrase of a verb; None if it reports nothing.

    Args:
        place: the verb.
        earlier: the reporting phrases before it in the statement.
    """
    words, at, verb = place.words, place.at, place.verb
    last, passed = before_auxiliaries(words, at)
    if "not" in passed or (last >= 0 and words[last].lower == "to"):
        return None
    if "to" in passed and "used" not in passed:
        return None
    if _is_quoted_as(words, at):
        last, passed = before_auxiliaries(words, at - 2)
    elif verb.form is Form.PARTICIPLE and not passed & BE:
        source = _of_participle(place, last, earlier)
        return None if source is None else _forward(place, source, at)
    elif verb.form is Form.PAST and passed & BE:
        return _passive(place)
    elif words[at].text in _ONLY_PARTICIPLES and not passed & _HAVE:
        return None
    return _with_subject(place, last, earlier)


def _with_subject(place: VerbPlace, last: int, earlier: Sequence[Cue]) -> Cue | None:
    words, runs, at = place.words, place.runs, place.at
    if last >= 0 and words[last].lower in CONJUNCTIONS:
        if words[at].text in OFTEN_NOUNS:
            return None
        joined = earlier[-1].source if earlier else opening_subject(words, runs)
        return None if joined is None else _forward(place, joined, at)
    source = subject_before(words, runs, last, headline=place.headline)
    if source is None and last == at - 1:
        return _inverted(place)
    if source is None or not _agrees(place.verb, source, auxiliaries=at - 1 - last):
        return None
    return _forward(place, source, source.first)


def _agrees(verb: ReportingVerb, source: Source, auxiliaries: int) -> bool:
    """Whether a base form can be the verb: "workers say", but not "the report"."""
    if verb.form is not Form.BASE or verb.lemma in {"put", "forecast"} or auxiliaries:
        return True
    return source.pronoun == "they" or source.kind in {Kind.INSTITUTION, Kind.AUTHOR}


def _is_quoted_as(words: Sequence[Word], at: int) -> bool:
    return at >= 2 and words[at - 1].lower == "as" and words[at - 2].lower in {"quoted", "cited"}


def _of_participle(place: VerbPlace, last: int, earlier: Sequence[Cue]) -> Source | None:
    """Return the subject of "saying": of "with ... saying", or that of the sentence."""
    words = place.words
    if last >= 0 and words[last].text == ",":
        return earlier[-1].source if earlier else opening_subject(words, place.runs)
    nearest = range(last, max(-1, last - _WITH_WITHIN), -1)
    found = next((i for i in nearest if words[i].lower == "with" or words[i].is_mark), None)
    if found is None or words[found].is_mark:
        return None
    return read_source(words, place.runs, found + 1, last + 1)


def _passive(place: VerbPlace) -> Cue | None:
    """Read "was referred to by Churchill as ...": only the quotations behind are said."""
    words, at = place.words, place.at
    by = next((i for i in range(at + 1, min(len(words), at + 3)) if words[i].lower == "by"), None)
    if by is None or place.verb.lemma == "tell":
        return None
    end = by + 1
    while end < len(words) and not is_stop(words[end]) and words[end].lower != "as":
        end += 1
    source = read_source(words, place.runs, by + 1, end)
    if source is None or not _quotes(words, end, _QUOTATION_WITHIN):
        return None
    return Cue(source, at, end, at, (Scope(end, len(words), quotations_only=True),))


def _inverted(place: VerbPlace) -> Cue | None:
    """Read "..., said Lise Grande": what is said stands before, and what is quoted behind."""
    words, at, verb = place.words, place.at, place.verb
    follows = at > 0 and (words[at - 1].quotation or words[at - 1].text in _COMMAS)
    if not follows or verb.needs not in _INVERTED or verb.lemma == "tell":
        return None
    if verb.form not in {Form.FINITE, Form.PAST}:
        return None
    source = subject_behind(words, place.runs, at)
    if source is None:
        return None
    scopes = (Scope(0, at), Scope(source.end, len(words), quotations_only=True))
    return Cue(source, at, source.end, at, scopes, is_frame=True)


def _forward(place: VerbPlace, source: Source, first: int) -> Cue | None:
    """Return the cue of a verb behind its subject; None if nothing is said there.

    Args:
        place: the verb.
        source: its subject.
        first: position where the reporting phrase begins.
    """
    words, at, needs = place.words, place.at, place.verb.needs
    behind_comma = first > 0 and words[first - 1].text in _COMMAS
    before = first - 2 if behind_comma else first - 1
    follows_quotation = before >= 0 and words[before].quotation is not None
    if needs is Needs.OBJECT:
        if words[source.end - 1].lower in DOCUMENTS:  # "The text denies the Senate the power."
            return None
        return Cue(source, first, at + 1, at, (Scope(first, len(words)),))
    if needs is Needs.QUOTATION:
        return _with_quotation(place, source, first, follows_quotation=follows_quotation)
    if needs is Needs.QUOTATION_BESIDE and not (follows_quotation or _quotes(words, at + 1, 2)):
        return None
    stop, ends = what_follows(words, at, place.verb)
    is_beside = stop == at + 1 and (behind_comma or follows_quotation) if ends else stop <= at + 2
    if words[at].text in OFTEN_NOUNS and not is_beside:
        return None
    if ends:
        scopes = (Scope(0, first),) if behind_comma or follows_quotation else ()
        return Cue(source, first, stop, at, (*scopes, *_behind(words, stop)), bool(scopes))
    around = (Scope(0, first),) if follows_quotation else ()
    if stop < 0:
        return Cue(source, first, at + 1, at, around, is_frame=True) if around else None
    return Cue(source, first, stop, at, (Scope(stop, len(words)), *around), follows_quotation)


def _behind(words: Sequence[Word], stop: int) -> tuple[Scope, ...]:
    """Return what goes on behind a reporting phrase that stands between what is said."""
    marks = _COMMAS | {"-", "("}
    goes_on = _quotes(words, stop, 1) or (stop < len(words) and words[stop].text in marks)
    return (Scope(stop, len(words)),) if goes_on else ()


def _quotes(words: Sequence[Word], first: int, within: int) -> bool:
    """Whether one of so many words is a quotation."""
    return any(word.quotation is not None for word in words[first : first + within])


def _with_quotation(
    place: VerbPlace, source: Source, first: int, *, follows_quotation: bool
) -> Cue | None:
    words, at = place.words, place.at
    if place.verb.lemma == "put" and not (at + 1 < len(words) and words[at + 1].lower == "it"):
        return None
    scopes = []
    if _quotes(words, at + 1, _QUOTATION_WITHIN):
        scopes.append(Scope(at + 1, len(words), quotations_only=True))
    if follows_quotation:
        scopes.append(Scope(0, first, quotations_only=True))
    return Cue(source, first, at + 1, at, tuple(scopes)) if scopes else None
