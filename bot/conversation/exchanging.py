"""Asking the last question of something else: "How much flour do I need?", "And milk?"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.frame import Chunk, Frame
from bot.conversation.names import Names
from bot.conversation.words import (
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    SUBORDINATORS,
    Word,
    is_plural,
    joined,
    replaced,
    words_of,
)
from index.spans import Span

_COUNTED = frozenset({"many", "much", "few"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is asked of instead.

    Attributes:
        text: "milk", "the children", "from Raqqa", "Tolland's".
        instead_of: what is said not to be meant: "butter" of "not butter, breadcrumbs"; else empty.
    """

    text: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """A question with something else in one of its places.

    Attributes:
        penalty: how unlikely it is meant, from 0.
        question: without the mark at its end.
    """

    penalty: float
    question: str


def exchanged(frame: Frame, exchange: Exchange, names: Names) -> list[Way]:
    """Return a question with something else in the places that it fits, the likeliest first.

    Args:
        frame: of the question that stands alone.
        exchange: what is put in.
        names: of the article.

    Returns:
        Empty where it fits nowhere.
    """
    words = [word for word in words_of(exchange.text) if not word.is_mark]
    if not words or (frame.wh is None and frame.auxiliary is None):
        return []
    return sorted(set(_ways(frame, words, exchange, names)))


def _ways(frame: Frame, words: Sequence[Word], exchange: Exchange, names: Names) -> Iterator[Way]:
    text, first = exchange.text, words[0].lower
    if exchange.instead_of:
        yield from (Way(0, question) for question in _in_place_of(frame, words, exchange, names))
    if first in SUBORDINATORS and len(words) > 2:
        yield Way(0, f"{frame.text} {text}")
    elif first in PREPOSITIONS and len(words) > 1:
        yield _with_preposition(frame, words, text)
    elif words[-1].is_possessive:
        yield from (Way(0, question) for question in _owner(frame, text))
    else:
        yield from (Way(0, question) for question in _like_worded(frame, words, text))
        yield from _for_pronoun(frame, words, text, names)
        for penalty, chunk in _slots(frame, words, text, names):
            yield Way(penalty + 0.1, _put(frame, chunk, words, text, names))


def _in_place_of(
    frame: Frame, words: Sequence[Word], exchange: Exchange, names: Names
) -> Iterator[str]:
    text = exchange.text
    unwanted = {word.bare for word in words_of(exchange.instead_of)} - DETERMINERS
    for chunk in frame.chunks:
        if unwanted & {word.bare for word in frame.words[chunk.first : chunk.end]}:
            yield _put(frame, chunk, words, text, names)


def _with_preposition(frame: Frame, words: Sequence[Word], text: str) -> Way:
    for chunk in reversed(frame.chunks):
        if chunk.preposition == words[0].lower:
            at = chunk.first - 1
            span = Span(frame.words[at].start, frame.words[chunk.end - 1].end)
            return Way(0, replaced(frame.text, [(span, text)]))
    return Way(0.5, f"{frame.text} {text}")


def _owner(frame: Frame, text: str) -> Iterator[str]:
    """Yield "the Tolland manager" for "the Brackwater manager" and "Tolland's"."""
    bare = text.removesuffix("'s").removesuffix("’s").removesuffix("'").removesuffix("’")
    for chunk in frame.chunks:
        for at in range(chunk.first, chunk.end):
            word = frame.words[at]
            if word.is_possessive:
                yield replaced(frame.text, [(frame.span(chunk.first, at + 1), text)])
                return
            if word.is_capitalised and at + 1 < chunk.end:
                yield replaced(frame.text, [(frame.span(at, at + 1), bare)])
                return
    for chunk in frame.chunks:
        if frame.words[chunk.first].lower == "the" and not chunk.is_asked:
            yield replaced(frame.text, [(frame.span(chunk.first, chunk.first + 1), text)])
            return


def _for_pronoun(frame: Frame, words: Sequence[Word], text: str, names: Names) -> Iterator[Way]:
    """Yield "when will Sharpe retire" for "when will he retire", where "he" was not understood."""
    if _kind(words, text, names) != "noun":
        for at, word in enumerate(frame.words):
            if word.lower in {"he", "she", "they", "him", "them"}:
                yield Way(0.5, replaced(frame.text, [(frame.span(at, at + 1), text)]))
                return


def _like_worded(frame: Frame, words: Sequence[Word], text: str) -> Iterator[str]:
    """Yield "the second largest market" for "the largest market" and "the second largest"."""
    last = words[-1].lower
    for chunk in frame.chunks:
        inside = [frame.words[at].lower for at in range(chunk.first, chunk.end)]
        if last in inside[:-1] and text.lower() != frame.chunk_text(chunk).lower():
            end = chunk.first + inside.index(last) + 1
            yield replaced(frame.text, [(frame.span(chunk.first, end), text)])


def _slots(
    frame: Frame, words: Sequence[Word], text: str, names: Names
) -> Iterator[tuple[float, Chunk]]:
    """Yield the nouns that are of the same kind, each with how unlikely it is meant."""
    kind = _kind(words, text, names)
    for place, chunk in enumerate(frame.chunks):
        inside = frame.words[chunk.first : chunk.end]
        chunk_text = frame.chunk_text(chunk)
        if text.lower() == chunk_text.lower() or inside[0].lower in POSSESSIVES - {"her", "its"}:
            continue
        other = _kind(inside, chunk_text, names)
        penalty = _distance(kind, other)
        if penalty is None:
            continue
        same_determiner = (inside[0].lower in DETERMINERS) == (words[0].lower in DETERMINERS)
        is_plain = is_plural(words[-1].bare) or words[0].lower not in DETERMINERS
        penalty += 0 if same_determiner or (chunk.is_asked and is_plain) else 1
        # What a question is about stands first or last in it, seldom between the two.
        penalty += 0.5 if 0 < place < len(frame.chunks) - 1 else 0
        if chunk.is_asked and frame.head not in _COUNTED:
            penalty += 3
        if chunk.is_asked and is_plural(words[-1].bare):
            penalty -= 0.5
        yield max(penalty, 0), chunk


def _kind(words: Sequence[Word], text: str, names: Names) -> str:
    if any(word.is_number for word in words):
        return "number"
    known = names.names_in(text)
    named = [word for word in words if word.lower not in DETERMINERS]
    if not words[-1].is_capitalised and not (known and known[-1].span.end == len(text.rstrip("?"))):
        return "noun"
    if any(name.is_person for name in known):
        return "person"
    if known or (named and all(word.is_capitalised for word in named)):
        return "name"
    return "noun"


def _distance(kind: str, other: str) -> float | None:
    """Return how unlikely one kind takes the place of another, from 0; None if it cannot."""
    if kind == other:
        return 0
    if "number" in (kind, other):
        return None
    if {kind, other} == {"person", "name"}:
        return 1
    # "When will Yusuf take over?", "And the cat?"; but no name in the place of a noun.
    return 2 if kind == "noun" else None


def _put(frame: Frame, chunk: Chunk, words: Sequence[Word], text: str, names: Names) -> str:
    """Put a noun in another's place: behind "how many" without "the", "much" or "many" as fits."""
    if not chunk.is_asked or frame.head not in _COUNTED:
        return replaced(frame.text, [(frame.span(chunk.first, chunk.end), text)])
    bare = [word for word in words if word.lower not in DETERMINERS | POSSESSIVES] or list(words)
    noun = joined(bare, text)
    is_many = is_plural(bare[-1].bare) or names.is_counted(noun)
    quantity = "many" if is_many else "much"
    return replaced(frame.text, [(frame.span(chunk.first - 1, chunk.end), f"{quantity} {noun}")])
