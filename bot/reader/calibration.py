"""Choosing among candidates, and how likely the chosen one is right: rules fitted on questions.

A logistic regression over a few features (Kamath et al. 2020, "Selective Question Answering under
Domain Shift"; Platt 1999), kept as JSON beside the weights of the reader that it was fitted for.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.reader.candidates import Candidate
from bot.reader.errors import ReaderModelError
from bot.reader.question_words import question_words, share_found
from bot.reader.reader_files import ReaderFiles
from index.embedding import FloatArray
from index.lexical import content_stems

CALIBRATION_FILE = "calibration.json"
FEATURES = (
    "evidence",
    "evidence_of_best",
    "margin",
    "passage_score",
    "sentence_score",
    "words_in_passage",
    "words_in_sentence",
    "names_in_passage",
    "words_anywhere",
)
# Where two fused scores are so far apart, more tells nothing more.
_LARGEST_MARGIN = 20.0
_KEPT = 10  # candidates of a question


class FusionWeights(BaseModel):
    """What each score counts in the sum that ranks candidates; higher is better.

    Attributes:
        span: of the reader's score for the span.
        no_answer: of its score for "no answer" in the span's passage; below 0.
        passage: of the retriever's score for the passage.
        sentence: of its score for the sentence.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    span: float = 1.0
    no_answer: float = -1.0
    passage: float = 6.0
    sentence: float = 0.0

    def score(self, candidate: Candidate) -> float:
        """Return a candidate's score, comparable among the passages of one question."""
        return (
            self.span * candidate.span_score
            + self.no_answer * candidate.no_answer_score
            + self.passage * candidate.passage.score
            + self.sentence * candidate.sentence_score
        )


class Calibration(BaseModel):
    """Rules for one reader.

    Attributes:
        format: of the file.
        reader: SHA-256 of the weights that they were fitted for.
        fitted_on: what they were fitted on, for a person.
        fusion: ranks candidates.
        weights: of the features in `FEATURES`, for the log odds that a candidate is right.
        bias: added to them.
        unsure_from: probability from which a quote that is no answer is still worth showing.
        thresholds: (share wrong, probability): from this probability on, at most this share of the
            answers was wrong on questions that fitted nothing; the share falls along the list.
        calibration_error: how far the probability was from the share that was right, on the same
            questions, from 0 to 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    reader: str
    fitted_on: str
    fusion: FusionWeights
    weights: Mapping[str, float]
    bias: float
    unsure_from: float
    thresholds: tuple[tuple[float, float], ...]
    calibration_error: float

    def probability(self, features: FloatArray) -> float:
        """Return how likely it is that a candidate with these features is right."""
        weights = np.array([self.weights[name] for name in FEATURES])
        odds = float(np.dot(weights, np.asarray(features, dtype=np.float64))) + self.bias
        return 1 / (1 + math.exp(-max(min(odds, 30.0), -30.0)))

    def threshold(self, max_wrong: float) -> float:
        """Return the probability from which at most a share of the answers is wrong."""
        fitting = [probability for wrong, probability in self.thresholds if wrong <= max_wrong]
        return min(fitting, default=1.0)


def load_calibration(files: ReaderFiles) -> Calibration | None:
    """Read the rules beside a reader's weights; None if there are none.

    Raises:
        ReaderModelError: if they are damaged, or of another reader.
    """
    path = files.directory / CALIBRATION_FILE if files.directory is not None else None
    if path is None or not path.is_file():
        return None
    try:
        calibration = Calibration.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ReaderModelError(
            f"{path} cannot be read as a calibration. Make it again with "
            "python -m bot.reader.calibrate, or delete it."
        ) from error
    if calibration.reader != files.weights_sha256() or set(calibration.weights) != set(FEATURES):
        raise ReaderModelError(
            f"{path} was fitted for another reader. Make it again with "
            "python -m bot.reader.calibrate, or delete it."
        )
    return calibration


def ranked(candidates: Sequence[Candidate], fusion: FusionWeights) -> list[Candidate]:
    """Return the best candidates, the best first, none of which overlaps another.

    Ties go to the one that comes first in the article, then to the shorter.
    """
    order = sorted(candidates, key=lambda one: (-fusion.score(one), one.span))
    kept: list[Candidate] = []
    for one in order:
        if not any(
            one.span.start < other.span.end and other.span.start < one.span.end for other in kept
        ):
            kept.append(one)
        if len(kept) == _KEPT:
            break
    return kept


def features_of(
    question: str,
    best: Sequence[Candidate],
    fusion: FusionWeights,
    values: Sequence[int] = (),
) -> FloatArray:
    """Return what the probability of each candidate is computed from.

    Args:
        question: that was asked.
        best: as `ranked` gives them, at least one.
        fusion: that ranked them.
        values: places of those that are told side by side: none speaks against another.

    Returns:
        Shape `(candidates, features)`, the features in the order of `FEATURES`.
    """
    words = question_words(question)
    exact = [word for word in words if word.is_exact]
    texts = {one.passage.passage.start: one.passage.passage.text for one in best}
    stems = {start: frozenset(content_stems(text)) for start, text in texts.items()}
    anywhere = frozenset().union(*stems.values())
    evidence = [one.evidence for one in best]
    rows = []
    for place, one in enumerate(best):
        passage = one.passage.passage
        start = one.sentence.start - passage.start
        sentence = passage.text[start : start + one.sentence.end - one.sentence.start]
        rows.append(
            (
                evidence[place],
                max(evidence),
                _margin(best, place, fusion, values if place in values else ()),
                one.passage.score,
                one.sentence_score,
                share_found(words, stems[passage.start]),
                share_found(words, frozenset(content_stems(sentence))),
                share_found(exact, stems[passage.start]),
                share_found(words, anywhere),
            )
        )
    return np.array(rows, dtype=np.float32)


def _margin(
    best: Sequence[Candidate], place: int, fusion: FusionWeights, beside: Sequence[int]
) -> float:
    """Return how far a candidate is above the best one that says something else instead."""
    one = best[place]
    others = [
        fusion.score(other)
        for number, other in enumerate(best)
        if number not in beside and said(other.text) != said(one.text)
    ]
    margin = fusion.score(one) - max(others) if others else _LARGEST_MARGIN
    return max(min(margin, _LARGEST_MARGIN), -_LARGEST_MARGIN)


def said(text: str) -> tuple[str, ...]:
    """Return what words say, whatever their form; equal for the same answer."""
    return tuple(content_stems(text)) or (text.lower(),)
