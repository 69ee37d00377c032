"""`People`: everybody an article names: in full, with what he or she is, and the pronoun for it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.speakers.given_names import GENDERS
from bot.speakers.names import NameKey, NameRun
from bot.speakers.passages import ReadStatement
from bot.speakers.roles import role_of
from bot.speakers.vocabulary import DETERMINERS, PREPOSITIONS, gender_of
from index.spans import Span


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where somebody is named."""

    statement: ReadStatement
    run: NameRun


@dataclass(frozen=True, slots=True)
class _Description:
    role: Span | None
    words: frozenset[str]
    gender: str | None


class People:
    """The names of an article."""

    def __init__(self, statements: Iterable[ReadStatement], title: str = "") -> None:
        """Gather the names.

        Args:
            statements: of the body.
            title: the article's headline; of two of one surname, the one in it is meant.
        """
        self._title = title
        self._mentions: dict[NameKey, list[Mention]] = defaultdict(list)
        for statement in statements:
            for run in statement.runs:
                if run.key:
                    self._mentions[run.key].append(Mention(statement, run))
        self._by_word: dict[str, list[NameKey]] = defaultdict(list)
        for key in self._mentions:
            if len(key) > 1 and not self._mentions[key][0].run.is_institution:
                for word in {key[0], key[-1]}:
                    self._by_word[word].append(key)
        self._full = {key: self._find_full(key) for key in self._mentions}
        self._forms: dict[NameKey, list[NameKey]] = defaultdict(list)
        for key, full in self._full.items():
            self._forms[full].append(key)
        self._described = {key: self._describe(key) for key in self._forms}
        self._holders: dict[str, list[NameKey]] = defaultdict(list)
        for key, description in self._described.items():
            for word in description.words:
                self._holders[word].append(key)

    def full(self, key: NameKey) -> NameKey:
        """Return the fullest form of a name; the name itself where several or none fit."""
        return self._full.get(key, key)

    def span(self, key: NameKey) -> Span | None:
        """Return where a full name first stands."""
        mentions = self._mentions.get(key)
        return mentions[0].statement.span_of_run(mentions[0].run) if mentions else None

    def role(self, key: NameKey) -> Span | None:
        """Return the words that first say what the one of a full name is."""
        return self._described[key].role if key in self._described else None

    def gender(self, key: NameKey) -> str | None:
        """Return "he" or "she"; None where the article and the given name leave it open."""
        return self._described[key].gender if key in self._described else None

    def is_person(self, key: NameKey) -> bool:
        """Whether anything says that a full name is a person's."""
        if self.gender(key) or self.role(key):
            return True
        return len(key) > 1 and any(form == key[-1:] for form in self._forms.get(key, ()))

    def holders(self, noun: str) -> list[NameKey]:
        """Return the full names of those who are this, a word in lower case: "coordinator"."""
        return self._holders.get(noun, [])

    def names(self) -> list[NameKey]:
        """Return all full names, by where they first stand."""
        return list(self._forms)

    def forms(self, key: NameKey) -> Sequence[NameKey]:
        """Return every form of a full name."""
        return self._forms.get(key, ())

    def _find_full(self, key: NameKey) -> NameKey:
        if self._mentions[key][0].run.is_institution:
            return key
        longer = [k for k in self._by_word.get(key[-1], ()) if len(k) > len(key)]
        if len(key) > 1:
            longer = [k for k in longer if k[-1] == key[-1] and set(key) <= set(k)]
        if len(longer) > 1:
            longer = [k for k in longer if " ".join(k) in self._title]
        return longer[0] if len(longer) == 1 else key

    def _describe(self, key: NameKey) -> "_Description":
        mentions = [m for form in self._forms[key] for m in self._mentions[form]]
        mentions.sort(key=lambda m: m.statement.words[m.run.first].start)
        role: Span | None = None
        words: list[str] = []
        titles: list[str] = []
        for mention in mentions:
            written = mention.statement.words
            titles += [w.lower for w in written[mention.run.first : mention.run.name]]
            found = role_of(written, mention.run)
            if found is not None:
                role = role or mention.statement.range(*found)
                described = (word.lower for word in written[slice(*found)])
                words += takewhile(lambda word: word not in PREPOSITIONS, described)
        genders = (gender_of(word) for word in titles + words)
        gender = next(filter(None, genders), None) or GENDERS.get(key[0].lower())
        return _Description(role, frozenset(words) - DETERMINERS, gender)
