"""`Cue`: a place where a statement says who says what: "Lind said that", ", according to Okafor".

Each has its scope: the words that are said. Positions count words of the statement.
"""

from dataclasses import dataclass

from bot.speakers.sources import Source


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that are said, from `first` to before `end`; of some verbs only the quotations."""

    first: int
    end: int
    quotations_only: bool = False

    def has(self, position: int) -> bool:
        """Whether a position lies in it."""
        return self.first <= position < self.end


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting phrase.

    Attributes:
        source: who says it.
        first: position of its first word.
        end: position behind its last word.
        verb: position of its verb, or of "according".
        scopes: what is said.
        is_frame: whether it stands behind or between what is said, so that all around is said.
        is_aside: whether it belongs to a relative clause, so that the sentence is not its own.
    """

    source: Source
    first: int
    end: int
    verb: int
    scopes: tuple[Scope, ...]
    is_frame: bool = False
    is_aside: bool = False
