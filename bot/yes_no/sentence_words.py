"""A sentence or a claim as words that can be compared: stems, values, parts, negations."""

import re
from dataclasses import dataclass
from functools import cached_property

from bot.yes_no.values import Value, values_of
from bot.yes_no.vocabulary import NEGATIONS, REFUSALS, stem_of

_NUMBER = r"[£$€]?\d(?:[\d.,]*\d)?(?:st|nd|rd|th)?"
_WORD = re.compile(rf"{_NUMBER}|[^\W\d_]+(?:['’][^\W\d_]+)?|\S")
_CONTRACTED = re.compile(r"(\w+)n['’]t$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
# Behind one of these something else may be said, of somebody else.
_BREAK_LIST = """
    , ; : ( ) — – " “ ” and but while whereas although though or which who whom whose after before
    because when where
"""
_BREAKS = frozenset(_BREAK_LIST.split())
# What may stand between a negation and what it denies.
_LIGHT_LIST = """
    a an the any to be been being have has had yet so really actually even very much of his her its
    their own him them it
"""
_LIGHT = frozenset(_LIGHT_LIST.split())
_NOT_ONLY = frozenset({"only", "just", "all", "every", "everybody", "everyone", "necessarily"})


@dataclass(frozen=True)
class SentenceWords:
    """The words of a text.

    Attributes:
        words: as they are written, without possessive endings; a punctuation mark is a word, and
            "n't" is "not".
    """

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "SentenceWords":
        """Return the words of a text."""
        words: list[str] = []
        for word in _WORD.findall(text):
            contracted = _CONTRACTED.match(word)
            if contracted:
                words += [contracted[1], "not"]
            else:
                words.append(_POSSESSIVE.sub("", word) or word)
        return cls(tuple(words))

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(word.lower() for word in self.words)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """Numbers and dates, in order."""
        return tuple(values_of(list(self.words)))

    @cached_property
    def stems(self) -> tuple[str | None, ...]:
        """The stem of each word; None for stop words, marks, numbers and dates."""
        taken = {place for value in self.values for place in range(value.place, value.end)}
        return tuple(
            None if place in taken or not word[0].isalpha() or word in NEGATIONS else stem_of(word)
            for place, word in enumerate(self.lower)
        )

    @cached_property
    def parts(self) -> tuple[int, ...]:
        """For each word the number of its part; parts are set off by marks, "and" and the like."""
        parts, part = [], 0
        for word in self.lower:
            part += word in _BREAKS
            parts.append(part)
        return tuple(parts)

    @cached_property
    def denied(self) -> frozenset[int]:
        """Places of the words that a negation in front of them, in the same part, denies."""
        found: set[int] = set()
        for place, word in enumerate(self.lower):
            refuses = word in REFUSALS and self.lower[place + 1 : place + 2] == ("to",)
            if not (word in NEGATIONS or refuses):
                continue
            if self.lower[place + 1 : place + 2] and self.lower[place + 1] in _NOT_ONLY:
                continue
            following = place + 1
            while following < len(self.lower) and self.parts[following] == self.parts[place]:
                found.add(following)
                if self.lower[following] not in _LIGHT and not self.lower[following].endswith("ly"):
                    break
                following += 1
        return frozenset(found)

    @cached_property
    def has_negation(self) -> bool:
        """Whether anything in it is denied."""
        return bool(NEGATIONS.intersection(self.lower)) or any(
            word in REFUSALS and following == "to"
            for word, following in zip(self.lower, self.lower[1:], strict=False)
        )

    def places_of(self, part: int) -> list[int]:
        """Return the places of a part's words, in order."""
        return [place for place, its in enumerate(self.parts) if its == part]

    def words_of(self, part: int) -> set[str]:
        """Return the words of a part, in lower case."""
        return {self.lower[place] for place in self.places_of(part)}

    def says_something(self, place: int) -> bool:
        """Whether the word there is more than a stop word or a mark."""
        is_value = any(value.place <= place < value.end for value in self.values)
        return is_value or self.stems[place] is not None
