"""What the bot decided for each question, and how sure it was: read from records in one place."""

import math
from collections.abc import Sequence

import numpy as np

from bot.evaluation.run import NA_PROB_THRESHOLD, QuestionRecord
from bot.evaluation.table import FloatArray


def is_answered(record: QuestionRecord) -> bool:
    """Return whether the bot answered; a question that failed is not answered."""
    return record.error is None and record.prediction is not None


def best_text(record: QuestionRecord) -> str:
    """Return the answer, where the bot refused the best span that it found, "" without one."""
    if record.error is not None:
        return ""
    if record.prediction is not None:
        return record.prediction
    return record.best_span.text if record.best_span is not None else ""


def confidence_ranks(records: Sequence[QuestionRecord]) -> FloatArray:
    """Rank the questions by how readily the bot answers them.

    The order is that of the score, whatever its scale, so that runs with different scales can be
    compared: every metric that is computed from it looks at the order alone. What was answered
    ranks before what was refused. With one threshold for all questions that changes nothing; it
    keeps the order true to the decisions where a rule answered without the threshold. What failed,
    and where no span was found, ranks last.

    Returns:
        Shape (questions,), each the mean rank of its score divided by the number of questions, in
        (0, 1]; higher is surer; equal scores have equal ranks.
    """
    keys = [_key(record) for record in records]
    ordered = {key: place for place, key in enumerate(sorted(set(keys)))}
    places = np.array([ordered[key] for key in keys], dtype=np.int64)
    counts = np.bincount(places, minlength=len(ordered))
    ranks = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(ranks[places] / max(len(keys), 1), dtype=np.float64)


def na_probabilities(records: Sequence[QuestionRecord]) -> list[float]:
    """Return the "no-answer probability" of each question, as the SQuAD 2.0 script wants it.

    Not a probability, as the score is none: the script uses only its order and whether it exceeds
    the threshold. Among the k distinct scores of the answered questions, the i-th from the top
    becomes i / 2k, in (0, 0.5]; among those of the others, it becomes 0.5 + i / 2k, in (0.5, 1].
    So it falls strictly as the score rises, equal scores stay equal, no rounding can join two
    scores, and a threshold of 0.5 reproduces every decision of the bot.
    """
    keys = [_key(record) for record in records]
    probabilities: dict[tuple[bool, float], float] = {}
    for answered, base in ((True, 0.0), (False, NA_PROB_THRESHOLD)):
        distinct = sorted({key for key in keys if key[0] == answered}, reverse=True)
        for place, key in enumerate(distinct, start=1):
            probabilities[key] = base + NA_PROB_THRESHOLD * place / len(distinct)
    return [probabilities[key] for key in keys]


def _key(record: QuestionRecord) -> tuple[bool, float]:
    if is_answered(record):
        return True, _number(record.score)
    found = record.error is None and record.best_span is not None
    return False, _number(record.score) if found else -math.inf


def _number(score: float) -> float:
    return -math.inf if math.isnan(score) else score
