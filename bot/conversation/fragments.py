"""Questions without a verb: "And the children?", "eggs?", "no, I mean schools", "out of?"."""

from collections.abc import Sequence

from bot.conversation.asking_again import counted_noun
from bot.conversation.before import Before
from bot.conversation.exchanging import Exchange, exchanged
from bot.conversation.opening import Opening
from bot.conversation.parsing import frame_of
from bot.conversation.words import (
    ADVERBS,
    AUXILIARIES,
    PREPOSITIONS,
    WH,
    Word,
    is_plural,
    quoted_spans,
    replaced,
    words_of,
)
from index.lexical import content_stems

# What is typed without a verb and without "and" is a search of its own from so many words on.
_MOST_WORDS = 3
_ECHO_WORDS = 2
# What a place in an older question loses to one in the last.
_OLDER = 0.75
_WHAT_ABOUT = "What about "


def is_what_about(question: str) -> bool:
    """Whether a question is one that fitted into none of those before."""
    return question.startswith(_WHAT_ABOUT)


def fragment(before: Before, opening: Opening, text: str, *, is_asked: bool) -> list[str]:
    """Return how a question without a verb may be meant, the likeliest first.

    Args:
        before: what was asked before; at least one turn.
        opening: how it opens.
        text: what is left of it, without the mark at its end.
        is_asked: whether a question mark stood there.

    Returns:
        Empty if it stands alone.
    """
    words = [word for word in words_of(text) if not word.is_mark]
    if not words or not (opening.is_marked or is_asked):
        return []
    whole = _quoted(before, text) or _echo(before, text, words)
    if whole is not None:
        return [whole]
    if any(word.lower in AUXILIARIES for word in words):
        return []
    if not opening.is_marked and not _leans(before, text, words):
        return []
    if words[0].lower == "any":
        return [f"are there {text}"]
    if words[0].lower in {"a", "an"} and is_plural(words[-1].bare):
        return [text]  # "And a double costs?"
    return _exchanged(before, opening, text)


def _leans(before: Before, text: str, words: Sequence[Word]) -> bool:
    is_short = len(words) <= _MOST_WORDS and not any(word.lower in WH for word in words)
    return is_short and any(map(before.names.is_mentioned, content_stems(text)))


def _exchanged(before: Before, opening: Opening, text: str) -> list[str]:
    resolved = before.with_antecedents(frame_of(text))
    text = resolved[0] if resolved else text
    parts = [part for part in map(str.strip, text.split(",")) if words_of(part)]
    first, *others = parts or [text]
    added = [part for part in others if words_of(part)[0].lower in PREPOSITIONS]
    exchange = Exchange(_without_adverbs(first), opening.instead_of)
    graded = [
        (way.penalty + place * _OLDER, " ".join([way.question, *added]))
        for place, turn in enumerate(before.asked)
        for way in exchanged(before.frame(turn), exchange, before.names)
    ]
    ways = [question for _, question in sorted(graded, key=lambda each: each[0])]
    return ways or ([f"{_WHAT_ABOUT}{text}"] if opening.is_marked else [])


def _echo(before: Before, text: str, words: Sequence[Word]) -> str | None:
    """Of "told whom?" and "out of?", which are asked of the last question's words."""
    if len(words) > _ECHO_WORDS:
        return None
    last = before.frame(before.turns[0])
    if words[-1].lower in WH:
        return f"{text}: {last.text[:1].lower()}{last.text[1:]}"
    noun = counted_noun(last)
    if words[-1].lower in PREPOSITIONS and noun:
        return f"{text} how {last.head} {noun}"
    return None


def _quoted(before: Before, text: str) -> str | None:
    """Of 'and "we began to admire ourselves"?' after 'Who said "I closed my eyes"?'."""
    last = before.turns[0].question
    quoted, said = quoted_spans(text), quoted_spans(last)
    if not said or not quoted or quoted[0].start > 0:
        return None
    return replaced(last, [(said[0], text)])


def _without_adverbs(text: str) -> str:
    """Return a fragment without "just", "only" in front."""
    words = words_of(text)
    at = 0
    while at < len(words) - 1 and words[at].lower in ADVERBS:
        at += 1
    return text[words[at].start :] if words else text
