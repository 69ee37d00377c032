"""The nouns of questions and answers, as they are spoken of a second time."""

from collections.abc import Sequence

from bot.conversation.frame import Chunk, Frame
from bot.conversation.names import Name, describes_person
from bot.conversation.words import (
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    Word,
    is_plural,
    joined,
    words_of,
)

# An answer of more words is a clause rather than the name of something.
MOST_WORDS = 8


def is_name(words: Sequence[Word]) -> bool:
    """Whether all words of a noun are capitalised, as those of a name."""
    named = [word for word in words if word.lower not in DETERMINERS]
    return bool(named) and all(word.is_capitalised and not word.is_number for word in named)


def is_predicate(frame: Frame, chunk: Chunk) -> bool:
    """Whether it is the "sceptical" of "was anybody sceptical"."""
    words = frame.words[chunk.first : chunk.end]
    is_bare = words[0].lower not in DETERMINERS | POSSESSIVES and not words[0].is_capitalised
    return is_bare and not chunk.preposition and not chunk.is_asked and frame.verb is None


def is_narrators(words: str) -> bool:
    """Whether it is somebody of the one who tells: "my grandmother"."""
    return words.lower().startswith(("my ", "our "))


def person_noun(answer: str) -> str:
    """Return who an answer begins with: "the councillor" of "One councillor abstained"."""
    words = words_of(answer)
    for at, word in enumerate(words[:4]):
        if describes_person(word.bare) and not word.is_possessive:
            return joined(words[: at + 1], answer)
    return noun_of(answer)


def begins_with(text: str, name: Name) -> bool:
    """Whether nothing but what belongs to a name stands in front of it."""
    before = words_of(text[: name.span.start])
    return all(word.lower in DETERMINERS or not word.is_function_word for word in before)


def is_clause(text: str) -> bool:
    """Whether an answer is too long to be the name of something."""
    return len(words_of(text)) > MOST_WORDS


def noun_of(answer: str) -> str:
    """Return the noun that an answer begins with: "a fire" of "a fire that had started"."""
    words = words_of(answer)
    at = 0
    while at < len(words) and words[at].lower in PREPOSITIONS | DETERMINERS | POSSESSIVES:
        at += 1
    while at + 1 < len(words) and words[at].lower.endswith("ing") and is_plural(words[at + 1].bare):
        at += 1  # "making violins"
    end = at
    while end < len(words) and _goes_on(words[end]):
        end += 1
    first = at
    while first > 0 and words[first - 1].lower in DETERMINERS | POSSESSIVES:
        first -= 1
    is_pair = [word.lower for word in words[end : end + 1]] == ["and"]  # "Fergus and Anna Doyle"
    if is_pair and words[at].is_capitalised and words[-1].is_capitalised:
        end = len(words)
    return joined(words[first:end], answer) if end > at else ""


def _goes_on(word: Word) -> bool:
    return not word.is_mark and (word.is_capitalised or not word.is_function_word)


def definite(noun: str) -> str:
    """Return a noun as it is spoken of a second time: "a fire" as "the fire", "sheep" so too."""
    words = words_of(noun)
    if not words:
        return noun
    if words[0].lower in {"a", "an", "any", "some", "no", "one"} and len(words) > 1:
        return f"the {noun[words[1].start :]}"
    has_determiner = words[0].lower in DETERMINERS | POSSESSIVES or words[0].is_possessive
    if has_determiner or words[0].is_capitalised:
        return noun
    return f"the {noun}"


def without_preposition(place: str) -> str:
    """Return "Quay Park" for "at Quay Park"."""
    words = words_of(place)
    if len(words) > 1 and words[0].lower in PREPOSITIONS:
        return place[words[1].start :]
    return place


def with_complement(frame: Frame, chunk: Chunk) -> str:
    """Return a description of a person with what follows it: "the old man at the bar"."""
    following = [c for c in frame.chunks if c.first == chunk.end + 1 and c.preposition]
    end = following[0].end if following else chunk.end
    return definite(frame.said(chunk.first, end))
