"""`Resolver`: from the words for a source to the speaker who is meant.

A pronoun is given a name only where exactly one person near enough fits; an office ("the
coordinator") only where exactly one named person holds it. Else the speaker is not named: a wrong
name is worse than none.
"""

from collections.abc import Iterator, Sequence

from bot.speakers.names import NameKey, NameRun
from bot.speakers.passages import ReadStatement
from bot.speakers.people import People
from bot.speakers.sources import Kind, Source
from bot.speakers.speaker import AUTHOR, NOT_NAMED, Speaker, may_be
from bot.speakers.subjects import opening_subject
from bot.speakers.vocabulary import DETERMINERS, INDEFINITE, IT, PREPOSITIONS, THEY, gender_of

_REACH = 12  # statements that a pronoun reaches back
_ADDRESSING = frozenset(["told", "tells", "asked", "asks", "accused", "accuses"])
_FIRST_PERSON = frozenset({"my", "our"})


class Resolver:
    """Resolves the sources of an article's statements."""

    def __init__(self, statements: Sequence[ReadStatement], people: People) -> None:
        """Take the statements in order, and everybody named in them."""
        self._statements = statements
        self._people = people
        self._cached: dict[tuple[int, int], Speaker] = {}
        self._subjects: dict[int, Speaker | None] = {}

    def speaker(self, number: int, source: Source) -> Speaker:
        """Return who is meant by a source in the statement of this number."""
        place = (number, source.first)
        if place not in self._cached:
            self._cached[place] = NOT_NAMED  # While it is looked for.
            self._cached[place] = self._find(number, source)
        return self._cached[place]

    def in_statement(self, statement: ReadStatement, source: Source) -> Speaker:
        """Return who is meant where no statement before may help: inside a quotation."""
        if source.kind is Kind.PRONOUN or source.kind is Kind.AUTHOR:
            return NOT_NAMED
        return self._described(statement, source)

    def subject(self, number: int) -> Speaker | None:
        """Return whom a statement is about: its first speaker, or its opening subject."""
        if number not in self._subjects:
            self._subjects[number] = None
            statement = self._statements[number]
            source = next((cue.source for cue in statement.cues if cue.is_frame), None)
            source = source or opening_subject(statement.words, statement.runs)
            if source is None and statement.cues:
                source = statement.cues[0].source
            if source is not None and source.kind is not Kind.AUTHOR:
                self._subjects[number] = self.speaker(number, source)
        return self._subjects[number]

    def _find(self, number: int, source: Source) -> Speaker:
        statement = self._statements[number]
        if source.kind is Kind.AUTHOR:
            return AUTHOR
        if source.kind is Kind.PRONOUN:
            return self._of_pronoun(number, source)
        found = self._described(statement, source)
        if found.label == "unnamed_source" and _is_part(statement, source):
            return self._part_of_group(number, source, found)
        return found

    def _described(self, statement: ReadStatement, source: Source) -> Speaker:
        words = statement.words
        at = words[source.first].start
        phrase = statement.range(source.first, source.end)
        if source.kind in {Kind.PERSON, Kind.INSTITUTION} and source.named is not None:
            return self._named(statement, source, source.named)
        if source.kind is Kind.HOLDER:
            key = self._holder(statement, source)
            if key is not None:
                return self.person(key) or NOT_NAMED
        genders = (gender_of(word.lower) for word in words[source.first : source.end][:4])
        gender = next(filter(None, genders), None)
        return Speaker("unnamed_source", None, phrase, at, (), source.pronoun or gender)

    def person(self, key: NameKey) -> Speaker | None:
        """Return the speaker of a full name; None if the body does not have it."""
        span = self._people.span(key)
        if span is None:
            return None
        return Speaker(
            "named", span, self._people.role(key), span.start, key, self._people.gender(key)
        )

    def _named(self, statement: ReadStatement, source: Source, named: tuple[int, int]) -> Speaker:
        as_written = statement.range(*named)
        role = statement.range(*source.role) if source.role else None
        if source.kind is Kind.INSTITUTION:
            return Speaker("named", as_written, role, as_written.start, source.key, source.pronoun)
        key = self._people.full(source.key)
        known = self.person(key) if key != source.key or self._people.is_person(key) else None
        if known is not None:
            return known
        return Speaker("named", as_written, role, as_written.start, key, source.pronoun)

    def _holder(self, statement: ReadStatement, source: Source) -> NameKey | None:
        words = statement.words[source.first : source.end]
        if words[0].lower in _FIRST_PERSON:
            return None
        noun = next((w.lower for w in reversed(words) if self._people.holders(w.lower)), None)
        holders = self._people.holders(noun) if noun else []
        return holders[0] if len(holders) == 1 else None

    def _part_of_group(self, number: int, source: Source, found: Speaker) -> Speaker:
        """Let "one of them" be described by the group that was spoken of before."""
        for earlier in self._earlier(number):
            subject = self.subject(earlier)
            if subject is not None and subject.label == "unnamed_source" and subject.role:
                return Speaker("unnamed_source", None, subject.role, subject.at)
        return found

    def _earlier(self, number: int) -> Iterator[int]:
        """Yield the numbers of the statements before this one in its paragraph, the nearest first.

        A long paragraph is followed back only so far as a pronoun reaches.
        """
        paragraph = self._statements[number].paragraph
        for earlier in range(number - 1, max(-1, number - 1 - _REACH), -1):
            if self._statements[earlier].paragraph != paragraph:
                return
            yield earlier

    def _of_pronoun(self, number: int, source: Source) -> Speaker:
        pronoun = source.pronoun or ""
        statement = self._statements[number]
        same = [c for c in statement.cues if c.first < source.first and c.source != source]
        if same and may_be(self.speaker(number, same[-1].source), pronoun):
            return self.speaker(number, same[-1].source)
        if pronoun in {THEY, IT}:
            return self._of_group_pronoun(number, pronoun)
        for earlier in self._earlier(number):
            fitting = self._fitting(earlier, pronoun)
            if fitting:
                return self._one(earlier, fitting)
        return self._in_paragraph_before(number, pronoun)

    def _of_group_pronoun(self, number: int, pronoun: str) -> Speaker:
        for earlier in self._earlier(number):
            subject = self.subject(earlier)
            if subject is not None and may_be(subject, pronoun):
                return subject
            if subject is not None:
                break
        return NOT_NAMED

    def _fitting(self, number: int, pronoun: str) -> list[Speaker]:
        """Return the persons in a statement who may be "he" or "she", its subject first."""
        found: dict[object, Speaker] = {}
        subject = self.subject(number)
        speaks = bool(self._statements[number].cues)
        is_known = subject is not None and self._is_somebody(subject, speaks=speaks)
        if subject is not None and is_known and may_be(subject, pronoun):
            found[subject.key or subject.at] = subject
        statement = self._statements[number]
        for run in (run for run in statement.runs if run.key):
            key = self._people.full(run.key)
            person = self.person(key) if self._people.is_person(key) else None
            if person is not None and may_be(person, pronoun):
                found.setdefault(key, person)
            elif person is None and _may_be_person(statement, run):
                found.setdefault(key, NOT_NAMED)
        return list(found.values())

    def _is_somebody(self, speaker: Speaker, *, speaks: bool) -> bool:
        if speaker.label == "named":
            return bool(speaker.key) and (speaks or self._people.is_person(speaker.key))
        return speaker.label == "unnamed_source"

    def _one(self, number: int, fitting: list[Speaker]) -> Speaker:
        """Return the one who is meant of those who fit in a statement."""
        if len(fitting) == 1:
            return fitting[0]
        cues = self._statements[number].cues
        # Who speaks goes on speaking, if it is not the one who is spoken to.
        told = any(word.lower in _ADDRESSING for word in self._statements[number].words)
        if cues and not told and self.speaker(number, cues[-1].source) == fitting[0]:
            return fitting[0]
        return NOT_NAMED

    def _in_paragraph_before(self, number: int, pronoun: str) -> Speaker:
        """Return the only one who fits in the paragraph before, if it is about him."""
        last = number - 1
        while last >= 0 and self._statements[last].paragraph == self._statements[number].paragraph:
            last -= 1
        if last < 0 or self._statements[last].is_headline:
            return NOT_NAMED
        places = [last, *self._earlier(last)]
        found = {s.key or s.at: s for place in places for s in self._fitting(place, pronoun)}
        only = next(iter(found.values())) if len(found) == 1 else None
        if only is None or not any(self._is_about(place, only) for place in places):
            return NOT_NAMED
        return only

    def _is_about(self, number: int, person: Speaker) -> bool:
        """Whether a statement begins with somebody, or with something of his: "Hume's son"."""
        runs = self._statements[number].runs
        begins = bool(runs) and runs[0].first == 0 and bool(runs[0].key)
        first = self._people.full(runs[0].key) if begins else None
        return self.subject(number) == person or (begins and first == person.key)


def _may_be_person(statement: ReadStatement, run: NameRun) -> bool:
    """Whether nothing says that a name of several words is no person's: one more who may fit."""
    before = statement.words[run.first - 1].lower if run.first else ""
    is_place = before in PREPOSITIONS or before in DETERMINERS
    return len(run.key) > 1 and not run.is_institution and not is_place


def _is_part(statement: ReadStatement, source: Source) -> bool:
    """Whether a source is one of several: "one of them", "the other"."""
    words = [word.lower for word in statement.words[source.first : source.end]]
    if words in (["one"], ["another"]):
        return True
    if words[0] in INDEFINITE and words[-2:] in (["of", "them"], ["of", "these"]):
        return True
    return words in (["the", "other"], ["the", "others"])
