"""Pronouns of a question that mean something in the questions before it, and putting in what.

A pronoun is left alone where the question itself says what it means: "What did Tesla do when he was
ill?". Its own subject does not ("How did the report describe it?": no report), as English would say
"itself".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.antecedents import Sort, sort_of
from bot.conversation.frame import Chunk, Frame
from bot.conversation.names import Names, describes_people, describes_person
from bot.conversation.words import (
    ANYBODY,
    AUXILIARIES,
    BE,
    BEEN,
    DETERMINERS,
    FUNCTION_WORDS,
    HAVE,
    MODAL,
    SUBORDINATORS,
    WH,
    Word,
    is_plural,
    joined,
    quoted_spans,
    replaced,
)
from bot.speakers.vocabulary import INSTITUTIONS
from index.spans import Span

_CLAUSE_MARKS = SUBORDINATORS | {"that", "who", "which", "and", "but", "or", "to"}
_POSSESSIVE = frozenset({"his", "its", "their"})
_EXISTS = BE | HAVE | MODAL | BEEN
# "It takes two years to", "is it true that": "it" stands for what follows.
_ANNOUNCED = frozenset({"to", "that", "when", "if", "for", "like"})
_IDIOMS = frozenset(["rain", "rains", "snow", "snows", "comes"])
_SUBJECTS = frozenset({"he", "she", "they"})
_ANYBODY = frozenset({"each", "every", "everyone", "everybody", "who", "whom"}) | ANYBODY


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A word of a question that means something said before.

    Attributes:
        at: its position among the frame's words.
        sort: what kind of thing it stands for.
        is_possessive: whether it says whose something is.
    """

    at: int
    sort: Sort
    is_possessive: bool


def leaning_pronouns(frame: Frame, names: Names) -> list[Pronoun]:
    """Return the pronouns of a question that it does not itself explain, in order."""
    found: list[Pronoun] = []
    quoted = quoted_spans(frame.text)
    for at, word in enumerate(frame.words):
        sort = sort_of(word.lower)
        if any(span.start <= word.start < span.end for span in quoted):
            continue
        if sort is None or (sort == "there" and not _is_place(frame, at)):
            continue
        if sort == "it" and _is_announcing(frame, at):
            continue
        if not _is_explained(frame, at, sort, names):
            found.append(Pronoun(at, sort, _is_possessive(frame, at)))
    return found


def with_antecedents(frame: Frame, found: Sequence[Pronoun], meant: dict[Sort, str]) -> str:
    """Return a question with what its pronouns mean, the first of each sort; the others may stay.

    Args:
        frame: of the question.
        found: its leaning pronouns.
        meant: by sort; those of other sorts stay.
    """
    edits: list[tuple[Span, str]] = []
    done: set[Sort] = set()
    for pronoun in found:
        words = meant.get(pronoun.sort)
        if words is None or pronoun.sort in done:
            continue
        done.add(pronoun.sort)
        edits.append((frame.span(pronoun.at, pronoun.at + 1), _fitted(words, pronoun)))
    return replaced(frame.text, edits)


def _fitted(words: str, pronoun: Pronoun) -> str:
    if pronoun.sort == "there":
        return f"in {words}"
    if not pronoun.is_possessive:
        return words
    last = words.rsplit(maxsplit=1)[-1].lower()
    ending = "'" if last.endswith("s") and is_plural(last) else "'s"
    return words + ending


def _is_possessive(frame: Frame, at: int) -> bool:
    lower = frame.words[at].lower
    if lower in _POSSESSIVE:
        return True
    if lower != "her" or at + 1 == len(frame.words):
        return False
    behind = frame.words[at + 1]
    return not (behind.is_mark or behind.is_function_word)


def _is_place(frame: Frame, at: int) -> bool:
    """Whether "there" is a place: not in "is there", "are there", "there is"."""
    before, behind = _lower(frame, at - 1), _lower(frame, at + 1)
    return before not in _EXISTS and behind not in _EXISTS


def _is_announcing(frame: Frame, at: int) -> bool:
    """Whether it is the "it" of "is it true that", "how long does it take to", "it rains"."""
    if _lower(frame, at + 1) in _IDIOMS:
        return True
    later = {word.lower for word in frame.words[at + 1 : -1]}
    if _lower(frame, 0) == "what" and _lower(frame, at + 1) in {"called", "like"}:
        return len(frame.words) > at + 2
    return bool(later & _ANNOUNCED) and (_is_main_subject(frame, at) or _is_in_clause(frame, at))


def _is_main_subject(frame: Frame, at: int) -> bool:
    return at == 0 or _lower(frame, at - 1) in AUXILIARIES


def _is_in_clause(frame: Frame, at: int) -> bool:
    """Whether it is the "they" of "the land they own", "did they feel they had"."""
    if at == 0 or _lower(frame, at - 1) in AUXILIARIES | WH:
        return False
    if _lower(frame, at) in _SUBJECTS:
        return True
    behind = _lower(frame, at + 1)
    return (
        _lower(frame, at) == "it"
        and bool(behind)
        and (behind in AUXILIARIES or behind not in FUNCTION_WORDS)
    )


def _is_explained(frame: Frame, at: int, sort: Sort, names: Names) -> bool:
    """Whether the question itself says what a pronoun means."""
    if sort == "there":
        return any(chunk.end <= at and chunk.preposition for chunk in frame.chunks)
    if frame.wh is not None and _has_content(frame.words[: frame.wh[0]]):
        return True  # "If a function is a picture, what would it be called?"
    if _is_possessive(frame, at) or _is_in_clause(frame, at):
        said_before = any(_agrees([w], sort, names, frame) for w in frame.words[:at])
        return said_before or _is_said_after(frame, at, sort, names)
    return any(
        _agrees(frame.words[first:end], sort, names, frame) for first, end in _possible(frame, at)
    )


def _is_said_after(frame: Frame, at: int, sort: Sort, names: Names) -> bool:
    """Whether it is the "her" of "according to her family, what did Betsy Ross run"."""
    comma = any(word.text == "," for word in frame.words[at:])
    in_wh = frame.auxiliary is not None and at < frame.auxiliary
    return (comma or in_wh) and any(
        _agrees([word], sort, names, frame) for word in frame.words[at + 2 :]
    )


def _has_content(words: Sequence[Word]) -> bool:
    return any(not word.is_mark and not word.is_function_word for word in words)


def _possible(frame: Frame, at: int) -> Iterator[tuple[int, int]]:
    """Yield the nouns in front of a pronoun that it can mean, as the grammar allows."""
    is_subject = _is_main_subject(frame, at)
    subject = _subject(frame)
    for chunk in frame.chunks:
        if chunk.end > at:
            continue
        in_same_clause = not any(
            word.lower in _CLAUSE_MARKS or word.is_mark for word in frame.words[chunk.end : at]
        )
        if chunk.is_asked and is_subject and in_same_clause:
            continue  # "Which match will he miss?"
        if not is_subject and chunk == subject and in_same_clause:
            continue  # "How did the report describe it?"
        yield chunk.first, chunk.end


def _subject(frame: Frame) -> Chunk | None:
    if frame.auxiliary is None or not frame.is_inverted:
        return None
    at = frame.auxiliary
    return next((chunk for chunk in frame.chunks if chunk.first > at), None)


def _agrees(words: Sequence[Word], sort: Sort, names: Names, frame: Frame) -> bool:
    """Whether a noun, or a word of one, is of a pronoun's sort."""
    nouns = [word for word in words if word.lower not in DETERMINERS and not word.is_mark]
    if sort != "it" and any(word.lower in _ANYBODY for word in words):
        return True
    nouns = [word for word in nouns if not word.is_function_word]
    if not nouns:
        return False
    is_name = any(word.is_capitalised and word.start > 0 for word in nouns)
    bare = [word.bare for word in nouns]
    if sort == "they":
        # A company, a band, a nation are "they" too, and so is anybody of unknown sex.
        return is_name or any(map(_is_somebody, bare)) or any(map(is_plural, bare))
    text = joined(nouns, frame.text)
    gender = names.gender_of(text)
    if sort == "it":
        return not (is_plural(bare[-1]) or gender or describes_person(bare[-1]))
    return (is_name or gender is not None or any(map(describes_person, bare))) and (
        gender in (None, sort)
    )


def _is_somebody(word: str) -> bool:
    return describes_people(word) or describes_person(word) or word in INSTITUTIONS


def _lower(frame: Frame, at: int) -> str:
    return frame.words[at].lower if 0 <= at < len(frame.words) else ""
