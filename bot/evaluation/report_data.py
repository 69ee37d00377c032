"""`ReportData`: everything that the report shows, gathered from a run and its figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.evaluation.answer_metrics import BestThreshold, answer_columns, best_threshold
from bot.evaluation.comparison import ChangedQuestions, MetricComparison
from bot.evaluation.curves import (
    CalibrationPoint,
    CurvePoint,
    calibration_curve,
    operating_point,
    risk_coverage_curve,
)
from bot.evaluation.groups import question_word
from bot.evaluation.metric import MetricValue
from bot.evaluation.run import Run


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """How good one answer is.

    Attributes:
        f1: token F1, from 0 to 1; 1 for a right refusal.
        exact: exact match, 0 or 1; 1 for a right refusal.
        question_word: the group that the question is in.
    """

    f1: float
    exact: float
    question_word: str


@dataclass(frozen=True, slots=True)
class BaselineComparison:
    """This run against a baseline.

    Attributes:
        baseline: its name, to show.
        metrics: by name.
        changed: the questions that this run loses, and those that it gains.
    """

    baseline: str
    metrics: Mapping[str, MetricComparison]
    changed: ChangedQuestions


@dataclass(frozen=True, slots=True)
class RunFigures:
    """The figures of a run, as they were computed for the terminal and the gates.

    Attributes:
        metrics: by name.
        f1_by_question_word: in the order to show.
        f1_by_tag: the same; empty if the set has no tags.
    """

    metrics: Mapping[str, MetricValue]
    f1_by_question_word: Mapping[str, MetricValue]
    f1_by_tag: Mapping[str, MetricValue]


@dataclass(frozen=True, slots=True)
class ReportData:
    """Everything that a report shows.

    Attributes:
        run: what was asked, and what the bot did.
        figures: of the run.
        scores: one for each record of the run, in its order.
        risk_coverage: the share of wrong answers at each share of questions answered.
        best_threshold: the one that gives the best F1; None without questions.
        operating_point: the same for what the bot decided; None if it answered nothing.
        calibration: None where the score is not called a probability.
        comparison: None without a baseline.
    """

    run: Run
    figures: RunFigures
    scores: tuple[QuestionScore, ...]
    best_threshold: BestThreshold | None
    risk_coverage: tuple[CurvePoint, ...]
    operating_point: CurvePoint | None
    calibration: tuple[CalibrationPoint, ...] | None
    comparison: BaselineComparison | None


def gather_report(
    run: Run, figures: RunFigures, comparison: BaselineComparison | None = None
) -> ReportData:
    """Add to figures that are there what only the report needs: scores by question, and curves."""
    columns = answer_columns(run)
    scores = (
        QuestionScore(float(f1), float(exact), question_word(record.question))
        for record, f1, exact in zip(run.records, columns["f1"], columns["exact"], strict=True)
    )
    return ReportData(
        run=run,
        figures=figures,
        scores=tuple(scores),
        best_threshold=best_threshold(run),
        risk_coverage=risk_coverage_curve(run),
        operating_point=operating_point(run),
        calibration=calibration_curve(run),
        comparison=comparison,
    )
