"""Questions of nothing but what is asked for: "Why?", "Since when?", "When was that?"."""

import re

from bot.conversation.antecedents import Sort
from bot.conversation.asking_again import asked_again
from bot.conversation.before import Before
from bot.conversation.fragments import is_what_about
from bot.conversation.frame import Frame
from bot.conversation.turn import Turn
from bot.conversation.words import ADVERBS, words_of

# A sentence of more words makes a question that nobody would read.
_SHORT_SENTENCE = 15
_WHY = re.compile(r"(?:how (?:come|so)|why (?:so|not|is that|was that)|what for)", re.IGNORECASE)
_THAT = re.compile(
    r"(?P<wanted>.*?\b(?:when|where|why|how)(?: \w+)?) (?P<be>is|was|are|were) "
    r"(?P<it>that|this|it|they)",
    re.IGNORECASE,
)


def bare_question(before: Before, frame: Frame) -> list[str] | None:
    """Return how a question of nothing but what is asked for may be meant, the likeliest first.

    Args:
        before: what was asked before; at least one turn.
        frame: of the question, without what it opens with.

    Returns:
        None if it is no such question.
    """
    if _WHY.fullmatch(frame.text):
        return _again(before, "why")
    if _is_bare(frame):
        return _again(before, frame.text)
    that = _THAT.fullmatch(frame.text)
    return None if that is None else _of_that(before, that)


def _is_bare(frame: Frame) -> bool:
    if frame.wh is None:
        return False
    first, end = frame.wh
    rest = (word for word in frame.words[end:] if word.lower not in ADVERBS)
    return first == 0 and all(word.is_mark for word in rest)


def _again(before: Before, wanted: str) -> list[str]:
    ways: list[str] = []
    for turn in before.asked:
        if is_what_about(turn.question):
            ways.append(_of_statement(before, turn, wanted))
        else:
            answer = turn.words if turn.was_shown else ""
            ways += asked_again(before.frame(turn), wanted, answer)[:2]
    return ways


def _of_statement(before: Before, turn: Turn, wanted: str) -> str:
    """Of "What about Britain?": of the sentence that was answered, if it is a short one."""
    sentence = before.quote(turn).rstrip(".")
    if not turn.was_shown or len(words_of(sentence)) > _SHORT_SENTENCE:
        frame = before.frame(turn)
        return f"{wanted} {frame.said(2, len(frame.words))}"
    is_name = any(name.span.start == 0 for name in before.names.names_in(sentence))
    small = sentence if is_name else sentence[:1].lower() + sentence[1:]
    return f"{wanted} is it that {small}"


def _of_that(before: Before, that: re.Match[str]) -> list[str]:
    """Of "When was that?": of what was answered, if it is a thing; else of what was asked."""
    wanted, last = that["wanted"], before.turns[:1]
    sort: Sort = "they" if that["it"].lower() == "they" else "it"
    things = before.meant_by(sort, last)[:2]
    of_things = [f"{wanted} {that['be']} {thing}" for thing in things]
    of_events = _again(before, wanted)
    asks_place = wanted.lower().startswith(("how", "where"))
    answers_thing = bool(things) and before.frame(last[0]).head in {"which", "what"}
    if asks_place or sort == "they" or answers_thing:
        return of_things + of_events
    return of_events + of_things
