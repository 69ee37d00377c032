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
        unsure_from: below `no_answer_score`; from this score on, the best span may be right.
        values: where different sentences give different values, all of them in the article's
            order, else empty. The best span is one of them.
    """

    spans: tuple[AnswerSpan, ...]
    no_answer_score: float
    unsure_from: float
    values: tuple[AnswerSpan, ...] = ()


class Reader(Protocol):
    """Finds the words that answer a question. May be used from several threads at once."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever what it finds may change."""
        ...

    @property
    def threshold(self) -> float:
        """The score from which a span answers."""
        ...

    @property
    def is_calibrated(self) -> bool:
        """Whether a span's score is the probability that it is right."""
        ...

    def load(self) -> None:
        """Load libraries and weights now.

        Raises:
            ReaderModelError: if a model cannot be loaded.
        """
        ...

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        """Read passages, ranked best first.

        Args:
            question: normalised, not empty.
            passages: of one article.
        """
        ...
