"""`Speaker`: who says something, as far as an article tells."""

from dataclasses import dataclass
from typing import Literal

from bot.speakers.names import NameKey
from bot.speakers.vocabulary import HE, IT, SHE, THEY
from index.spans import Span

Label = Literal["author", "named", "unnamed_source", "not_named"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks.

    Attributes:
        label: what is known of him or her.
        span: the name in its fullest form; of a named one only.
        role: what the article says that he or she is.
        at: offset of the words that name or describe the speaker; None if none do.
        key: the full name's words; empty without a name.
        pronoun: the pronoun that goes with it; None if several may.
    """

    label: Label
    span: Span | None = None
    role: Span | None = None
    at: int | None = None
    key: NameKey = ()
    pronoun: str | None = None


AUTHOR, NOT_NAMED = Speaker("author"), Speaker("not_named")


def may_be(speaker: Speaker, pronoun: str) -> bool:
    """Whether a pronoun may mean a speaker."""
    if speaker.label not in {"named", "unnamed_source"}:
        return False
    if pronoun == THEY:
        return speaker.pronoun in {THEY, IT}
    if pronoun == IT:
        return speaker.pronoun == IT or (speaker.pronoun is None and bool(speaker.key))
    return speaker.pronoun == pronoun or speaker.pronoun not in {HE, SHE, THEY, IT}
