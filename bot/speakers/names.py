"""Finding names in statements: runs of capitalised words, without titles before them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.speakers.given_names import GENDERS
from bot.speakers.reporting_verbs import CLAUSE_VERBS, REPORTING_VERBS
from bot.speakers.vocabulary import (
    DAYS_AND_MONTHS,
    DOCUMENTS,
    FUNCTION_WORDS,
    HONORIFICS,
    INSTITUTIONS,
    NAME_PARTICLES,
    TITLE_MODIFIERS,
    is_people,
    is_person,
)
from bot.speakers.words import Statement, Word

NameKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NameRun:
    """A name as it stands in a statement.

    Attributes:
        first: position of its first word, titles included.
        name: position of its first word behind the titles; `end` if there are only titles.
        end: position behind its last word.
        key: its words without titles and without a possessive's ending.
        is_institution: whether a word of it says so: "Carrow College".
    """

    first: int
    name: int
    end: int
    key: NameKey
    is_institution: bool


class NameFinder:
    """Tells names from words that are capitalised because they begin a sentence."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Learn which words the article writes with a capital inside a sentence, and which without.

        Args:
            statements: of the body, headlines left out.
        """
        self._inside: set[str] = set()
        self._lower: set[str] = set()
        for statement in statements:
            for before, word in zip((None, *statement.words), statement.words, strict=False):
                if word.is_capitalised and not _begins(before):
                    self._inside.add(word.bare)
                elif word.text[:1].islower():
                    self._lower.add(word.bare)

    def runs(self, words: Sequence[Word], *, headline: bool = False) -> list[NameRun]:
        """Return the names in a statement, in order.

        Args:
            words: of the statement.
            headline: whether every word may be capitalised; then only names of the body count.
        """
        found: list[NameRun] = []
        at = 0
        while at < len(words):
            if not self._may_begin(words, at, headline):
                at += 1
                continue
            end = self._end(words, at, headline)
            found.append(_without_titles(words, at, end))
            at = end
        return found

    def _may_begin(self, words: Sequence[Word], at: int, headline: bool) -> bool:
        word = words[at]
        if not _is_capitalised_name(word):
            return False
        if headline:
            return word.bare in self._inside
        if not _begins(words[at - 1] if at else None) or word.bare in self._inside:
            return True
        lower = word.bare.lower()
        if lower in HONORIFICS or lower in GENDERS:
            return True
        if at + 1 < len(words) and not _may_follow_name(words[at + 1]):
            return False
        followed = at + 1 < len(words) and _is_capitalised_name(words[at + 1])
        if is_person(lower) or lower in TITLE_MODIFIERS:
            return followed
        is_noun = is_people(lower) or lower in INSTITUTIONS or lower in DOCUMENTS
        return not is_noun and lower not in self._lower

    def _end(self, words: Sequence[Word], at: int, headline: bool) -> int:
        end = at + 1
        while end < len(words) and not words[end - 1].is_possessive:
            following = end
            while following < len(words) and words[following].text in NAME_PARTICLES:
                following += 1
            if following == len(words) or not self._goes_on(words, end, following, headline):
                break
            end = following + 1
        return end

    def _goes_on(self, words: Sequence[Word], end: int, following: int, headline: bool) -> bool:
        word = words[following]
        if not _is_capitalised_name(word) or (headline and word.bare not in self._inside):
            return False
        pairs = range(end, following + 1)
        return all(words[i].start == words[i - 1].end + 1 for i in pairs)


def _may_follow_name(word: Word) -> bool:
    """Whether a sentence that begins with a name may go on like this: "Social media" may not."""
    is_verb = word.lower in REPORTING_VERBS or word.lower in CLAUSE_VERBS
    return is_verb or word.is_mark or not word.text[:1].islower()


def _begins(before: Word | None) -> bool:
    """Whether a word behind this one begins a sentence."""
    return before is None or (before.is_mark and before.text not in ",'’)-–—%&")


def _is_capitalised_name(word: Word) -> bool:
    if not word.is_capitalised:
        return False
    if word.text.isupper() and len(word.text) > 1:
        return True
    lower = word.bare.lower()
    return lower not in FUNCTION_WORDS and lower not in DAYS_AND_MONTHS


def _without_titles(words: Sequence[Word], first: int, end: int) -> NameRun:
    last = words[end - 1].bare.lower()
    is_institution = last in INSTITUTIONS or last in DOCUMENTS
    name = first
    if not is_institution:
        titles = [i for i in range(first, end) if _is_title(words[i].bare.lower())]
        is_surname = titles and titles[-1] == end - 1 and words[first].bare.lower() in GENDERS
        if titles and not is_surname:
            name = titles[-1] + 1
    return NameRun(first, name, end, tuple(w.bare for w in words[name:end]), is_institution)


def _is_title(word: str) -> bool:
    return word in HONORIFICS or is_person(word)
