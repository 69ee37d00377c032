"""Reading a question in the light of the last ones: every way that it may be meant, in full.

Rules decide, no scores. That the likeliest way be chosen by how well the article answers each was
tried, with the retriever's score and with BM25 alone, and found fewer answers than the rules' own
order; so did reading the paragraph of the last answer apart.
"""

from dataclasses import dataclass
from typing import Literal

from bot.conversation.asking_again import counted_noun, plural_nouns
from bot.conversation.asking_who import asks_who_said, who_said
from bot.conversation.bare_questions import bare_question
from bot.conversation.before import Before
from bot.conversation.fragments import fragment
from bot.conversation.frame import Frame
from bot.conversation.opening import opening_of
from bot.conversation.parsing import frame_of
from bot.conversation.pronouns import leaning_pronouns, with_antecedents
from bot.conversation.words import (
    AUXILIARIES,
    PREPOSITIONS,
    SUBORDINATORS,
    WH,
    spelt_out,
    tidy,
    words_of,
)
from bot.metadata_questions import metadata_asked

Kind = Literal["question", "who_said"]

_NO_NOUN = WH | AUXILIARIES | PREPOSITIONS | SUBORDINATORS
_END = " ?!.…"
# A question of so many characters tells all that it is about.
_LONGEST_FOLLOW_UP = 200


@dataclass(frozen=True, slots=True)
class Reading:
    """How a question may be meant.

    Attributes:
        kind: what it is about: "who_said" asks who said what was last answered.
        ways: stand-alone questions, the likeliest first; empty if it stands alone.
    """

    kind: Kind = "question"
    ways: tuple[str, ...] = ()


def read_question(question: str, before: Before) -> Reading:
    """Return how a question may be meant.

    Args:
        question: normalised.
        before: what was asked before it.
    """
    is_long = len(question) > _LONGEST_FOLLOW_UP
    if not before.turns or is_long or metadata_asked(question) is not None:
        return Reading()
    opening = opening_of(spelt_out(question))
    text = tidy(opening.text).rstrip(_END)
    last = before.turns[0]
    if asks_who_said(text, last):
        return Reading("who_said", (who_said(before.quote(last)),))
    dislocated = _dislocated(text, before)
    if dislocated is not None:
        return Reading("question", (_as_question(dislocated),))
    frame = frame_of(text)
    ways = bare_question(before, frame)
    if ways is None and _is_fragment(frame, is_marked=opening.is_marked):
        ways = fragment(before, opening, text, is_asked=question.endswith("?"))
    elif ways is None:
        ways = _in_full(frame, before) or ([text] if opening.is_correction else [])
    return Reading("question", tuple(dict.fromkeys(map(_as_question, ways))))


def _is_fragment(frame: Frame, *, is_marked: bool) -> bool:
    if frame.auxiliary is not None:
        return False
    is_clause = is_marked and frame.head in {"when", "where"}  # "And when she started?"
    return frame.wh is None or is_clause


def _dislocated(text: str, before: Before) -> str | None:
    """Of "the daughter, where does she live": "where does the daughter live"."""
    left, comma, right = text.partition(",")
    if not comma or any(word.lower in _NO_NOUN for word in words_of(left)):
        return None
    frame = frame_of(right.strip())
    found = leaning_pronouns(frame, before.names)
    if not found or (frame.wh is None and frame.auxiliary is None):
        return None
    return with_antecedents(frame, found[:1], {found[0].sort: left.strip()})


def _in_full(frame: Frame, before: Before) -> list[str]:
    at = _uncounted(frame)
    if at is None:
        return before.with_antecedents(frame)
    counted = [frame_of(each) for each in _counted(frame, at, before)] or [frame]
    ways = [way for each in counted for way in before.with_antecedents(each) or [each.text]]
    return [way for way in ways if way != frame.text]


def _uncounted(frame: Frame) -> int | None:
    """Return the position of a "many" without what is counted; None if there is none."""
    if frame.wh is None or frame.head not in {"many", "few"}:
        return None
    end = frame.wh[1]
    has_name = any(word.is_capitalised for word in frame.words[1:])
    if has_name or end == len(frame.words) or frame.words[end].lower not in AUXILIARIES:
        return None
    return end - 1 if frame.words[end - 1].lower in {"many", "few"} else None


def _counted(frame: Frame, at: int, before: Before) -> list[str]:
    """Return "how many people were wounded" for "how many were wounded"."""
    nouns: dict[str, None] = {}
    for turn in before.asked:
        last = before.frame(turn)
        for noun in (counted_noun(last), *([] if frame.chunks else plural_nouns(last))):
            if noun:
                nouns[noun] = None
    end = frame.words[at].end
    return [f"{frame.text[:end]} {noun}{frame.text[end:]}" for noun in list(nouns)[:2]]


def _as_question(text: str) -> str:
    return tidy(f"{text[:1].upper()}{text[1:]}".rstrip(" ?")) + "?"
