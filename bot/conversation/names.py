"""`Names`: the names that an article knows, found in a question, with what is known of each."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.speakers.given_names import GENDERS
from bot.speakers.names import NameKey
from bot.speakers.passages import read_statements
from bot.speakers.people import People
from bot.speakers.vocabulary import INSTITUTIONS, gender_of, is_people, is_person
from index.article import Article
from index.lexical import content_stems
from index.spans import Span

_WORD = re.compile(r"\w(?:\w|[’'.&-](?=\w))*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text.

    Attributes:
        span: where it stands there, without the ending of a possessive.
        words: as it stands there.
        gender: "he" or "she"; None where nothing tells.
        is_person: whether anything says that it is a person's.
        is_body: whether a word of it says that it is an institution's: "Carrow College".
    """

    span: Span
    words: str
    gender: str | None
    is_person: bool
    is_body: bool


class Names:
    """The names of an article; it is looked through when they are first needed."""

    def __init__(self, article: Article) -> None:
        """Take an article."""
        self._article = article

    def names_in(self, text: str) -> list[Name]:
        """Return the names in a text in order, in any case of letters, the longest at each place.

        A word of a name counts for the name: "Okafor" of "Denise Okafor".
        """
        words = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text)]
        found: list[Name] = []
        at = 0
        while at < len(words):
            length, key = self._longest(words, at)
            if key is None:
                at += 1
                continue
            last_start, last = words[at + length - 1]
            span = Span(words[at][0], last_start + len(last))
            found.append(self._known(span, text[span.start : span.end], key))
            at += length
        return found

    def is_mentioned(self, stem: str) -> bool:
        """Whether the article has a word of this stem."""
        return stem in self._vocabulary

    def is_noun(self, verb: str) -> bool:
        """Whether the article has a verb's form as a noun too: "that offer"."""
        pattern = rf"\b(?:the|that|this|an?|its|his|her|their) {re.escape(verb)}\b"
        return re.search(pattern, self._article.text) is not None

    def is_counted(self, noun: str) -> bool:
        """Whether the article has a noun behind a number: "3,000 sheep"; not "200 g of flour"."""
        pattern = rf"\d[\d,.]* {re.escape(noun)}\b"
        return re.search(pattern, self._article.text, re.IGNORECASE) is not None

    def gender_of(self, words: str) -> str | None:
        """Return "he" or "she" for a name or a description such as "the old man", if known."""
        for name in self.names_in(words):
            if name.gender:
                return name.gender
        lower = [word.lower() for word in _WORD.findall(words)]
        genders = [gender_of(word) or GENDERS.get(word) for word in lower]
        return next(filter(None, genders), None)

    def _longest(self, words: list[tuple[int, str]], at: int) -> tuple[int, NameKey | None]:
        for length in range(min(self._most_words, len(words) - at), 0, -1):
            key = tuple(word.lower() for _, word in words[at : at + length])
            full = self._forms.get(key)
            # A word that the article writes with small letters too begins a sentence there.
            is_word = length == 1 and key[0] in self._small
            if full is not None and not is_word:
                return length, full
        return 0, None

    def _known(self, span: Span, words: str, key: NameKey) -> Name:
        gender = self._people.gender(key)
        is_body = any(word.lower() in INSTITUTIONS for word in key)
        is_person = not is_body and (gender is not None or self._people.is_person(key))
        return Name(span, words, None if is_body else gender, is_person, is_body)

    @cached_property
    def _people(self) -> People:
        return People(read_statements(self._article).mentions, self._article.title or "")

    @cached_property
    def _forms(self) -> dict[tuple[str, ...], NameKey]:
        """Full names by each of their forms, in small letters."""
        forms: dict[tuple[str, ...], NameKey] = {}
        for full in self._people.names():
            for form in self._people.forms(full):
                forms.setdefault(tuple(word.lower() for word in form), full)
            if len(full) > 1 and self._people.is_person(full):
                for word in (full[-1], full[0]):
                    forms.setdefault((word.lower(),), full)
        return forms

    @cached_property
    def _most_words(self) -> int:
        return max(map(len, self._forms), default=0)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        return frozenset(content_stems(self._article.text))

    @cached_property
    def _small(self) -> frozenset[str]:
        found = _WORD.findall(self._article.text)
        return frozenset(word for word in found if word[:1].islower())


def describes_person(word: str) -> bool:
    """Whether a word in lower case says what one person is: "reviewer"."""
    return is_person(word)


def describes_people(word: str) -> bool:
    """Whether a word in lower case says what several persons are: "councillors"."""
    return is_people(word)
