"""`SentenceReader`: the best sentence is the answer, if it is near enough to the question.

It needs no model of its own, so it works in every language that the embedding model knows.
"""

from collections.abc import Sequence

from bot.answer import AnswerSpan
from bot.reader.protocol import Reading
from index.retriever import ScoredPassage


class SentenceReader:
    """Answers with whole sentences, ranked by their retrieval scores."""

    def __init__(self, min_score: float) -> None:
        """Make a reader.

        Args:
            min_score: score from which a sentence counts as an answer.
        """
        self.threshold = min_score
        self.is_calibrated = False
        self.fingerprint = "sentences"

    def load(self) -> None:
        """Do nothing: there is no model."""

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        """Rank the sentences of the passages; ties go to the one that comes first."""
        spans = [
            AnswerSpan(span, span, scored.passage.paragraph, score)
            for scored in passages
            for span, score in zip(scored.passage.sentences, scored.sentence_scores, strict=True)
        ]
        spans.sort(key=lambda span: (-span.score, span.span.start))
        return Reading(tuple(spans), self.threshold, self.threshold)
