"""Whether the bot knows when not to answer.

Refusing is a decision at a threshold: precision and recall judge it. The order that the score gives
is judged for every threshold at once: AUROC and AUPR by whether the article answers, and the
risk–coverage curve by whether the answer would be right (Geifman & El-Yaniv 2017, "Selective
Classification for Deep Neural Networks"; Kamath et al. 2020, "Selective Question Answering under
Domain Shift"). An answer is right from a token F1 of `RIGHT_F1` on; every answer to an
unanswerable question is wrong.

Equal scores are answered or refused together. The curves are written in NumPy, not taken from
scikit-learn, so that they can be estimated for a thousand resamples at once; the tests hold them
against scikit-learn's.
"""

import math

import numpy as np

from bot.evaluation.answer_metrics import RIGHT_F1, raw_score, token_f1
from bot.evaluation.decisions import confidence_ranks, is_answered
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.table import (
    CONFIDENCE,
    Estimator,
    FloatArray,
    Metric,
    Rows,
    Table,
    divide,
    mean_of,
)

CALIBRATION_BINS = 10

_RISK = "Geifman & El-Yaniv 2017"
# A share such as 1/20 is not exact in binary.
_ROUNDING = 1e-12


def refusal_columns(run: Run) -> Table:
    """Return the columns that the refusal metrics are computed from."""
    records = run.records
    answerable = np.array([float(record.is_answerable) for record in records])
    refused = np.array([not is_answered(record) for record in records], dtype=bool)
    right = np.array([float(_would_be_right(record)) for record in records])
    return {
        CONFIDENCE: confidence_ranks(records),
        "answerable": answerable,
        "wrong": 1 - right,
        "refusal_precision": np.where(refused, 1 - answerable, np.nan),
        "refusal_recall": np.where(answerable == 1, np.nan, refused),
        "probability": np.array([_probability(record, run) for record in records]),
    }


def _would_be_right(record: QuestionRecord) -> bool:
    return record.is_answerable and raw_score(record, token_f1) >= RIGHT_F1


def _probability(record: QuestionRecord, run: Run) -> float:
    if not run.score_is_probability or record.error is not None or record.best_span is None:
        return math.nan
    return min(max(record.score, 0.0), 1.0)


def auroc(rows: Rows) -> FloatArray:
    """Estimate how likely an answerable question scores above an unanswerable one.

    The area under the ROC curve, in [0, 1], 0.5 by chance, ties counting half; NaN unless there are
    questions of both kinds.
    """
    answerable = rows.ranked("answerable")
    first, last = rows.ties
    total = answerable.shape[1]
    found = rows.ranked_totals("answerable")
    positives = found[:, -1]
    # Of the unanswerable: those placed above a question's tie, and those above its end.
    above = first - np.take_along_axis(found, first, axis=1)
    until = last + 1 - np.take_along_axis(found, last + 1, axis=1)
    negatives = total - positives
    below = negatives[:, None] - (above + until) / 2
    return divide((answerable * below).sum(axis=1), positives * negatives)


def aupr(rows: Rows) -> FloatArray:
    """Estimate the average precision of finding the answerable questions by their score.

    Sum over thresholds of precision times the gain in recall, without interpolation, in [0, 1];
    by chance, the share of answerable questions. NaN unless there are questions of both kinds.
    """
    answerable = rows.ranked("answerable")
    found = rows.ranked_totals("answerable")
    _, last = rows.ties
    positives = found[:, -1]
    precision = np.take_along_axis(found, last + 1, axis=1) / (last + 1)
    area = divide((answerable * precision).sum(axis=1), positives)
    return np.where(positives < answerable.shape[1], area, np.nan)


def aurc(rows: Rows) -> FloatArray:
    """Estimate the area under the risk–coverage curve: the mean risk over all coverages.

    In [0, 1], lower is better; it cannot be 0 while there are wrong answers. Inside a tie the risk
    is that of answering a random part of it.
    """
    wrong = rows.ranked_totals("wrong")
    first, last = rows.ties
    answered = np.arange(1, wrong.shape[1])
    before = np.take_along_axis(wrong, first, axis=1)
    within = np.take_along_axis(wrong, last + 1, axis=1) - before
    expected = before + within * (answered - first) / (last + 1 - first)
    return np.asarray((expected / answered).mean(axis=1), dtype=np.float64)


def coverage_at(risk: float) -> Estimator:
    """Estimate the largest share of questions answered with at most `risk` of the answers wrong.

    In [0, 1], higher is better; 0 if no threshold keeps to the risk. Both kinds of question count,
    so that where half are unanswerable it can hardly exceed one half.
    """

    def estimate(rows: Rows) -> FloatArray:
        wrong = rows.ranked_totals("wrong")[:, 1:]
        _, last = rows.ties
        answered = np.arange(1, wrong.shape[1] + 1)
        kept = (last == answered - 1) & (wrong <= risk * answered + _ROUNDING)
        return np.asarray(np.where(kept, answered, 0).max(axis=1) / answered[-1], dtype=np.float64)

    return estimate


def calibration_error(rows: Rows) -> FloatArray:
    """Estimate the expected calibration error of a score that is called a probability.

    Mean distance, over ten bins of equal width weighted by their questions, between the mean
    probability and the share that is right; in [0, 1], lower is better. NaN where the score is not
    a probability.
    """
    probability = rows["probability"]
    counted = ~np.isnan(probability)
    surplus = np.where(counted, probability - (1 - rows["wrong"]), 0)
    bins = calibration_bin(probability)
    distance = np.zeros(len(probability))
    for place in range(CALIBRATION_BINS):
        distance += np.abs(np.where(bins == place, surplus, 0).sum(axis=1))
    return divide(distance, counted.sum(axis=1))


def calibration_bin(probability: FloatArray) -> FloatArray:
    """Return the bin of each probability, from 0; 1 belongs to the last, NaN to none."""
    return np.minimum(np.floor(probability * CALIBRATION_BINS), CALIBRATION_BINS - 1)


def _coverage(percent: int) -> Metric:
    return Metric(
        f"coverage@{percent}%_wrong",
        "refusal",
        "higher",
        "[0, 1]",
        f"Largest share of questions answered with at most {percent} % of the answers wrong.",
        "Kamath et al. 2020",
        coverage_at(percent / 100),
    )


METRICS: tuple[Metric, ...] = (
    Metric(
        "refusal_precision",
        "refusal",
        "higher",
        "[0, 1]",
        "Share of refused questions that the article does not answer.",
        "van Rijsbergen 1979",
        mean_of("refusal_precision"),
        "refusal_precision",
    ),
    Metric(
        "refusal_recall",
        "refusal",
        "higher",
        "[0, 1]",
        "Share of questions that the article does not answer that are refused.",
        "van Rijsbergen 1979",
        mean_of("refusal_recall"),
        "refusal_recall",
    ),
    Metric(
        "auroc",
        "refusal",
        "higher",
        "[0, 1]",
        "How likely an answerable question scores above an unanswerable one; 0.5 by chance.",
        "Fawcett 2006",
        auroc,
    ),
    Metric(
        "aupr",
        "refusal",
        "higher",
        "[0, 1]",
        "Average precision of finding the answerable questions by their score.",
        "Fawcett 2006",
        aupr,
    ),
    Metric(
        "aurc",
        "refusal",
        "lower",
        "[0, 1]",
        "Mean share of wrong answers over all numbers of questions answered, surest first.",
        _RISK,
        aurc,
    ),
    _coverage(5),
    _coverage(10),
    Metric(
        "calibration_error",
        "refusal",
        "lower",
        "[0, 1]",
        "Mean distance between the score, where it is a probability, and the share right.",
        "Guo et al. 2017",
        calibration_error,
        "probability",
    ),
)
