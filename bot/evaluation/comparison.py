"""Two runs over the same questions: which figures differ, and which questions changed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.evaluation.answer_metrics import RIGHT_F1, decided_score, exact_match, token_f1
from bot.evaluation.metric import METRICS, count_questions, estimators_of, run_table
from bot.evaluation.question_set import EvaluationError, GoldQuestion
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.statistics import (
    Verdict,
    bootstrap_differences,
    percentile_interval,
    point_estimate,
    randomisation_p_values,
    verdict_of,
)
from bot.evaluation.table import FloatArray, Metric


@dataclass(frozen=True, slots=True)
class MetricComparison:
    """One metric of a run against that of a baseline, over the questions that both asked.

    Attributes:
        before: the baseline's value; None where it is undefined.
        after: the run's value.
        difference: `after` − `before`; None if either is undefined.
        low: lower bound of the difference's 95 % paired bootstrap interval; None without one.
        high: upper bound.
        p_value: two-sided, of paired approximate randomisation, not corrected for the number of
            metrics; None where the metric is measured once a run or is undefined.
        verdict: whether the run is better; it follows the p-value and the metric's direction, and
            is None where nothing was tested.
        n: number of questions that either value is computed from.
    """

    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    verdict: Verdict | None
    n: int


@dataclass(frozen=True, slots=True)
class ChangedQuestions:
    """Ids of the questions that one run gets right and the other does not, in the run's order."""

    right_to_wrong: tuple[str, ...]
    wrong_to_right: tuple[str, ...]


def compare_runs(
    baseline: Run,
    run: Run,
    *,
    resamples: int = 1_000,
    seed: int = 0,
    names: Collection[str] | None = None,
) -> dict[str, MetricComparison]:
    """Compare a run with a baseline, metric by metric.

    Only questions that both asked of the same article with the same gold answers count. See
    `randomisation_p_values` for the test and for what is not corrected. Of latencies the verdict
    says that the two runs differed, and not why: another load on the machine suffices.

    Args:
        baseline: what is compared with.
        run: what is compared.
        resamples: of the test and of the bootstrap; at least 1.
        seed: of both.
        names: of the metrics; all if None.

    Raises:
        EvaluationError: if the runs share no question.
    """
    before, after = shared_questions(baseline, run)
    tables = run_table(before), run_table(after)
    wanted = [name for name in METRICS if names is None or name in names]
    estimators = estimators_of(wanted)
    p_values = randomisation_p_values(*tables, estimators, resamples=resamples, seed=seed)
    spreads = bootstrap_differences(*tables, estimators, resamples=resamples, seed=seed)
    compared: dict[str, MetricComparison] = {}
    for name in wanted:
        metric = METRICS[name]
        if metric.estimate is None:
            compared[name] = _measured_once(metric, baseline, run)
            continue
        values = [point_estimate(table, metric.estimate) for table in tables]
        n = max(count_questions(table, metric) for table in tables)
        compared[name] = _tested(metric, values, spreads[name], p_values[name], n)
    return compared


def changed_questions(baseline: Run, run: Run, by: str = "exact") -> ChangedQuestions:
    """Find the questions that went from right to wrong and from wrong to right.

    Args:
        baseline: what is compared with.
        run: what is compared.
        by: "exact", or "f1", where 0.5 and more counts as right. Not answering is right where the
            article does not answer.

    Raises:
        EvaluationError: if the runs share no question.
    """
    score = token_f1 if by == "f1" else exact_match
    lost, won = [], []
    for before, after in zip(*(r.records for r in shared_questions(baseline, run)), strict=True):
        was_right = decided_score(before, score) >= RIGHT_F1
        is_right = decided_score(after, score) >= RIGHT_F1
        if was_right and not is_right:
            lost.append(after.id)
        elif is_right and not was_right:
            won.append(after.id)
    return ChangedQuestions(tuple(lost), tuple(won))


def shared_questions(baseline: Run, run: Run) -> tuple[Run, Run]:
    """Return both runs with the questions that they share, in the order of the second.

    Raises:
        EvaluationError: if there are none.
    """
    known = {_identity(record): record for record in baseline.records}
    shared = tuple(record for record in run.records if _identity(record) in known)
    if not shared:
        raise _none_shared(len(run.records))
    before = tuple(known[_identity(record)] for record in shared)
    return replace(baseline, records=before), replace(run, records=shared)


def refuse_other_questions(baseline: Run, questions: Sequence[GoldQuestion]) -> None:
    """Refuse a baseline that a run over these questions could not be compared with.

    Raises:
        EvaluationError: if it asked none of them.
    """
    known = {_identity(record) for record in baseline.records}
    if all((q.id, q.article, q.text, q.answers) not in known for q in questions):
        raise _none_shared(len(questions))


def _none_shared(questions: int) -> EvaluationError:
    return EvaluationError(
        f"The baseline asked none of the {questions:,} questions of this run. "
        "Compare runs over the same question set, in the same mode."
    )


def _identity(record: QuestionRecord) -> tuple[str, str, str, tuple[str, ...]]:
    return record.id, record.article, record.question, record.gold


def _tested(
    metric: Metric,
    values: Sequence[float | None],
    spread: FloatArray,
    p_value: float | None,
    n: int,
) -> MetricComparison:
    before, after = values
    difference = _difference(before, after)
    interval = percentile_interval(spread, difference)
    low, high = (None, None) if interval is None else (interval.low, interval.high)
    verdict = None if difference is None else verdict_of(difference, p_value, metric.direction)
    return MetricComparison(before, after, difference, low, high, p_value, verdict, n)


def _measured_once(metric: Metric, baseline: Run, run: Run) -> MetricComparison:
    measure = metric.measure
    before, after = (None, None) if measure is None else (measure(baseline), measure(run))
    difference = _difference(before, after)
    return MetricComparison(before, after, difference, None, None, None, None, 1)


def _difference(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before
