"""The words of a question that say what it is about, and which of them a text has."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from index.lexical import content_stems

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word of a question.

    Attributes:
        text: as it was typed.
        stem: under which other forms of it are found.
        start: offset of its first code point in the question.
        is_exact: whether it is a name or a number, for which no other word can stand.
    """

    text: str
    stem: str
    start: int
    is_exact: bool

    @property
    def end(self) -> int:
        """Offset behind its last code point."""
        return self.start + len(self.text)


def question_words(question: str) -> list[QuestionWord]:
    """Return the content words of a question in order, each once."""
    found: dict[str, QuestionWord] = {}
    shouted = question.isupper()
    for place, match in enumerate(_WORD.finditer(question)):
        word = match.group()
        stems = content_stems(word)
        # "Grande's": what is behind the apostrophe is no word.
        is_ending = len(word) == 1 and question[max(match.start() - 1, 0)] in "'’"
        if not stems or stems[0] in found or is_ending:
            continue
        is_name = word[:1].isupper() and place > 0 and not shouted
        is_exact = is_name or any(character.isdigit() for character in word)
        found[stems[0]] = QuestionWord(word, stems[0], match.start(), is_exact)
    return list(found.values())


def share_found(words: Sequence[QuestionWord], stems: Collection[str]) -> float:
    """Return the share of words that a text has, from 0 to 1; 1 for no words."""
    return sum(word.stem in stems for word in words) / len(words) if words else 1.0
