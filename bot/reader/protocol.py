"""`Reader`: question + passages → spans with scores, and the score of "no answer here"."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.answer import AnswerSpan
from index.retriever import ScoredPassage


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found.

    Attributes:
        spans: the best first; empty only if there were no sentences to read.
        no_answer_score: on the scale of the spans' scores. The best span answers if its score is
            at least this.
    """

    spans: tuple[AnswerSpan, ...]
    no_answer_score: float


class Reader(Protocol):
    """Finds the words that answer a question."""

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        """Read passages, ranked best first.

        Args:
            question: normalised, not empty.
            passages: of one article.
        """
        ...
