"""How a question opens: "and", "what about", "no, I mean": what is left, and what that tells."""

import re
from dataclasses import dataclass

_FILLERS = (
    "ok|okay|so|well|hm+|ah|oh|right|alright|thanks|thank you|great|cool|interesting|yes|yeah"
    "|please"
)
_LEAD = re.compile(rf"(?:(?:{_FILLERS})(?:[,.!…\s-]+))+(?=\S)", re.IGNORECASE)
_AND = re.compile(r"(?:(?:and|but|or)[,\s]+)+(?:then\s+)?(?=\S)", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:what|how)\s+about\s+(?=\S)|(?:same|same question)\s+(?:for|about)\s+(?=\S)",
    re.IGNORECASE,
)
_NO = r"(?:(?:no|nope|nah|sorry|wait|oh|ah|actually|pardon|hm+|argh|oops|not that)\b[,.!…\s-]*)"
_MEAN = (
    r"(?:i\s+(?:mean|meant|was asking about|am asking about)|make that|rather)\b[,:\s]*"
    r"(?:to ask\s+)?"
)
_NOT = r"not\s+(?P<{name}>[^,.;!?]+?)\s*(?:[,.;!]|\bbut\b)\s*(?:but\s+)?"
_CORRECTION = re.compile(
    rf"(?:{_NO}*{_MEAN}(?:about\s+)?(?:{_NOT.format(name='meant')})?"
    rf"|{_NO}+{_NOT.format(name='told')}(?:{_MEAN})?"
    r"|(?:no|nope)\s*[,.!]\s*)(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A question without the words that it opens with.

    Attributes:
        text: what is left; the whole question where it opens with none of them.
        is_marked: whether they say that the question goes on from the last one.
        is_correction: whether they say that the last one was meant otherwise.
        instead_of: what they say not to be meant; empty if they do not.
    """

    text: str
    is_marked: bool = False
    is_correction: bool = False
    instead_of: str = ""


def opening_of(question: str) -> Opening:
    """Take off the words that a question opens with."""
    text = _without(_LEAD, question)
    correction = _CORRECTION.match(text)
    if correction is not None:
        left = _without(_ABOUT, _without(_AND, text[correction.end() :]))
        return Opening(left, True, True, (correction["meant"] or correction["told"] or "").strip())
    shorter = _without(_AND, text)
    left = _without(_ABOUT, shorter)
    return Opening(left, is_marked=left != text)


def _without(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.match(text)
    return text[match.end() :] if match else text
