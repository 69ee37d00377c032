"""Every metric by name, and `compute_metrics`: all figures of a run with their intervals.

Names are those of the field, in the form in which `--fail-under f1=0.70` takes them. What each
means, its range, its direction and its source are in the `Metric`.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from bot.evaluation import (
    answer_metrics,
    citation_metrics,
    cost_metrics,
    refusal_metrics,
    retrieval_metrics,
)
from bot.evaluation.run import Run
from bot.evaluation.statistics import bootstrap, percentile_interval, point_estimate
from bot.evaluation.table import Estimator, Metric, Table

# In the order in which they are shown.
METRICS: dict[str, Metric] = {
    metric.name: metric
    for module in (
        retrieval_metrics,
        answer_metrics,
        citation_metrics,
        refusal_metrics,
        cost_metrics,
    )
    for metric in module.METRICS
}


@dataclass(frozen=True, slots=True)
class MetricValue:
    """A figure and how far it can be trusted.

    Attributes:
        value: the figure; None where the run has nothing that it could be computed from.
        low: lower bound of its 95 % bootstrap interval; None where it is measured once a run.
        high: upper bound.
        n: number of questions that it is computed from; 1 where it is measured once a run.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int

    @property
    def lower_bound(self) -> float | None:
        """What a gate for "at least" compares: the lower bound, or the value without interval."""
        return self.value if self.low is None else self.low

    @property
    def upper_bound(self) -> float | None:
        """What a gate for "at most" compares: the upper bound, or the value without interval."""
        return self.value if self.high is None else self.high


def run_table(run: Run) -> Table:
    """Return the columns from which all metrics of a run are computed."""
    return {
        **retrieval_metrics.retrieval_columns(run),
        **answer_metrics.answer_columns(run),
        **citation_metrics.citation_columns(run),
        **refusal_metrics.refusal_columns(run),
        **cost_metrics.cost_columns(run),
    }


def estimators_of(names: Iterable[str]) -> dict[str, Estimator]:
    """Return the estimators of those of these metrics that are computed from questions."""
    metrics = (METRICS[name] for name in names)
    return {metric.name: metric.estimate for metric in metrics if metric.estimate is not None}


def compute_metrics(
    run: Run, *, resamples: int = 1_000, seed: int = 0, names: Collection[str] | None = None
) -> dict[str, MetricValue]:
    """Compute the metrics of a run.

    Args:
        run: what was found; nothing else is read.
        resamples: of the bootstrap; at least 1.
        seed: of the bootstrap; the same seed gives the same intervals.
        names: of the metrics; all if None.

    Returns:
        By name, in the order of `METRICS`.
    """
    wanted = [name for name in METRICS if names is None or name in names]
    table = run_table(run)
    estimators = estimators_of(wanted)
    distributions = bootstrap(table, estimators, resamples=resamples, seed=seed)
    values: dict[str, MetricValue] = {}
    for name in wanted:
        metric = METRICS[name]
        if metric.estimate is None:
            values[name] = _measured(metric, run)
            continue
        value = point_estimate(table, metric.estimate)
        interval = percentile_interval(distributions.get(name, np.array([])), value)
        low, high = (interval.low, interval.high) if interval is not None else (None, None)
        values[name] = MetricValue(value, low, high, count_questions(table, metric))
    return values


def count_questions(table: Table, metric: Metric) -> int:
    """Return how many questions a metric is computed from."""
    return int(np.count_nonzero(~np.isnan(table[metric.column])))


def _measured(metric: Metric, run: Run) -> MetricValue:
    value = metric.measure(run) if metric.measure is not None else None
    return MetricValue(value, None, None, 0 if value is None else 1)
