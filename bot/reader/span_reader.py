"""`SpanReader`: a trained model finds the exact words, or that no passage has them."""

from collections.abc import Sequence

from bot.answer import AnswerSpan
from bot.reader.calibration import Calibration, FusionWeights, features_of, ranked
from bot.reader.candidates import MIN_EVIDENCE, Candidate, find_candidates
from bot.reader.pronouns import is_pronoun
from bot.reader.protocol import Reading
from bot.reader.several_values import several_values
from bot.reader.span_model import SpanModel
from index.retriever import ScoredPassage

# What a pronoun scores at most: "he" is where the name should be, and is none.
_NO_EVIDENCE = -1.0


class SpanReader:
    """Reads passages with an extractive question-answering model."""

    def __init__(
        self, model: SpanModel, calibration: Calibration | None, *, max_wrong: float
    ) -> None:
        """Make a reader.

        Args:
            model: reads one passage at a time.
            calibration: fitted for the model; without one, scores are no probabilities.
            max_wrong: largest share of answers that may be expected to be wrong, from 0 to 1; only
                a calibrated reader can keep to it.
        """
        self._model = model
        self.is_calibrated = calibration is not None
        self._calibration = calibration
        self._fusion = calibration.fusion if calibration else FusionWeights()
        self.threshold = calibration.threshold(max_wrong) if calibration else MIN_EVIDENCE

    @property
    def fingerprint(self) -> str:
        """Changes whenever what it finds may change."""
        return self._model.fingerprint

    def load(self) -> None:
        """Load libraries and weights now.

        Raises:
            ReaderModelError: if the model cannot be loaded.
        """
        self._model.load()

    def read(self, question: str, passages: Sequence[ScoredPassage]) -> Reading:
        """Find the words in the passages that answer best."""
        best = ranked(find_candidates(self._model, question, passages), self._fusion)
        values = several_values(question, best, from_evidence=MIN_EVIDENCE)
        scores = self._scores(question, best, values)
        spans = tuple(
            AnswerSpan(one.span, one.sentence, one.passage.passage.paragraph, score)
            for one, score in zip(best, scores, strict=True)
        )
        return Reading(
            spans,
            no_answer_score=self.threshold,
            unsure_from=self._calibration.unsure_from if self._calibration else self.threshold,
            values=tuple(spans[place] for place in values),
        )

    def _scores(
        self, question: str, best: Sequence[Candidate], values: Sequence[int]
    ) -> list[float]:
        if not best:
            return []
        if self._calibration is None:
            scores = [one.evidence for one in best]
        else:
            features = features_of(question, best, self._fusion, values)
            scores = [self._calibration.probability(row) for row in features]
        nothing = 0.0 if self._calibration else _NO_EVIDENCE
        return [
            min(score, nothing) if is_pronoun(one.text) else score
            for one, score in zip(best, scores, strict=True)
        ]
