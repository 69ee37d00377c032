"""Questions after who said what was last answered: "Who said that?", "Says who?"."""

import re

from bot.conversation.turn import Turn
from bot.conversation.words import words_of

_SAYS = (
    r"(?:said|says|say|told|tells|claims?|claimed|wrote|writes|reports?|reported|stated?|states)"
)
_WHO_SAID = re.compile(
    rf"""(?:
        who\ (?:exactly\ |actually\ |else\ )?{_SAYS}\ (?:so|that|this|it|these\ words|those\ words)
      | {_SAYS}\ who
      | who\ (?:is|was)\ saying\ (?:so|that|this|it)
      | according\ to\ who(?:m)?
      | by\ whom\ (?:is|was)\ (?:that|this|it)\ said
      | who\ (?:is|was)\ (?:the|your|its|their)\ source(?:\ (?:for|of)\ (?:that|this|it))?
      | whose\ (?:words|quote|statement|claim)\ (?:are|is|was)\ (?:these|those|that|this|it)
      | who\ (?:is|was)\ (?:it\ |that\ )?(?:quoted|speaking)(?:\ there|\ here)?
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_WHO_SAID_WORDS = re.compile(rf"who {_SAYS} (?P<words>.+)", re.IGNORECASE)
_OPENING = "Who said “"


def asks_who_said(text: str, last: Turn) -> bool:
    """Whether a question asks who said what was last answered.

    Args:
        text: the question without what it opens with, and without the mark at its end.
        last: the last turn.
    """
    if not last.words:
        return False
    if _WHO_SAID.fullmatch(text):
        return True
    said = _WHO_SAID_WORDS.fullmatch(text)
    if said is None:
        return False
    words = {word.lower for word in words_of(said["words"]) if not word.is_mark}
    return bool(words) and words <= {word.lower for word in words_of(last.words)}


def who_said(sentence: str) -> str:
    """Return the question who said a sentence of the article."""
    words = " ".join(sentence.split()).strip("\"“”'‘’ ")
    return f"{_OPENING}{words}”?"


def is_who_said(question: str) -> bool:
    """Whether `who_said` made a question."""
    return question.startswith(_OPENING)
