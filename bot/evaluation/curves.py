"""The curves behind the refusal metrics, to be drawn: risk–coverage and calibration."""

from dataclasses import dataclass

import numpy as np

from bot.evaluation.decisions import is_answered
from bot.evaluation.refusal_metrics import CALIBRATION_BINS, calibration_bin, refusal_columns
from bot.evaluation.run import Run
from bot.evaluation.table import Rows


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One threshold on the risk–coverage curve.

    Attributes:
        coverage: share of the questions that are answered, in (0, 1].
        risk: share of those answers that are wrong, in [0, 1]; lower is better.
    """

    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class CalibrationPoint:
    """Questions with a similar probability.

    Attributes:
        confidence: their mean probability, in [0, 1].
        accuracy: the share that is right, in [0, 1].
        n: how many.
    """

    confidence: float
    accuracy: float
    n: int


def risk_coverage_curve(run: Run) -> tuple[CurvePoint, ...]:
    """Return one point for each distinct score, by rising coverage (Geifman & El-Yaniv 2017)."""
    if not run.records:
        return ()
    columns = refusal_columns(run)
    rows = Rows(lambda name: columns[name][None, :])
    wrong = rows.ranked_totals("wrong")[0]
    ends = np.unique(rows.ties[1][0]) + 1
    return tuple(CurvePoint(float(end / len(run.records)), float(wrong[end] / end)) for end in ends)


def operating_point(run: Run) -> CurvePoint | None:
    """Return the coverage and the risk that the bot's own decisions had; None if all refused."""
    answered = np.array([is_answered(record) for record in run.records], dtype=bool)
    if not answered.any():
        return None
    wrong = refusal_columns(run)["wrong"][answered]
    return CurvePoint(float(answered.mean()), float(wrong.mean()))


def calibration_curve(run: Run) -> tuple[CalibrationPoint, ...] | None:
    """Return one point for each bin that is not empty; None if the score is no probability.

    A reliability diagram (Niculescu-Mizil & Caruana 2005), in ten bins of equal width.
    """
    if not run.score_is_probability:
        return None
    columns = refusal_columns(run)
    probability, right = columns["probability"], 1 - columns["wrong"]
    bins = calibration_bin(probability)
    points = []
    for place in range(CALIBRATION_BINS):
        inside = bins == place
        if n := int(inside.sum()):
            means = float(probability[inside].mean()), float(right[inside].mean())
            points.append(CalibrationPoint(*means, n))
    return tuple(points)
