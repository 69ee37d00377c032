"""What a run takes: time a question, time to build an index, memory."""

import numpy as np

from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.table import Metric, Table, quantile_of

_STAGES = {
    "retrieve_ms": "finding the passages for",
    "read_ms": "reading the passages for",
    "total_ms": "answering",
}
_PERCENTS = (50, 95, 99)
_QUANTILE = "Hyndman & Fan 1996, type 7"
_OURS = "this project"


def cost_columns(run: Run) -> Table:
    """Return the latencies in milliseconds; questions that failed do not count."""
    return {
        stage: np.array([_latency(record, stage) for record in run.records]) for stage in _STAGES
    }


def _latency(record: QuestionRecord, stage: str) -> float:
    return float(getattr(record, stage)) if record.error is None else float("nan")


def _index_seconds(run: Run) -> float | None:
    """Seconds of building the indexes that were not loaded; None if all were."""
    seconds = sum(article.index_s for article in run.articles)
    return seconds if seconds > 0 else None


def _passages_per_second(run: Run) -> float | None:
    seconds = _index_seconds(run)
    built = sum(article.passages for article in run.articles if article.index_s > 0)
    return built / seconds if seconds else None


def _overhead_share(run: Run) -> float | None:
    return run.cost.overhead_s / run.cost.elapsed_s if run.cost.elapsed_s > 0 else None


def _latency_metric(stage: str, percent: int) -> Metric:
    return Metric(
        f"{stage}_p{percent}",
        "cost",
        "lower",
        "[0, ∞)",
        f"Time of {_STAGES[stage]} a question that {percent} % of the questions stay within.",
        _QUANTILE,
        quantile_of(stage, percent / 100),
        stage,
        unit="ms",
    )


METRICS: tuple[Metric, ...] = (
    *(_latency_metric(stage, percent) for stage in _STAGES for percent in _PERCENTS),
    Metric(
        "index_s",
        "cost",
        "lower",
        "[0, ∞)",
        "Time of building the indexes of all articles that were not loaded.",
        _OURS,
        measure=_index_seconds,
        unit="s",
    ),
    Metric(
        "passages_per_s",
        "cost",
        "higher",
        "[0, ∞)",
        "Passages indexed in a second.",
        _OURS,
        measure=_passages_per_second,
        unit="1/s",
    ),
    Metric(
        "peak_memory_mb",
        "cost",
        "lower",
        "[0, ∞)",
        "Largest resident size of the process.",
        _OURS,
        measure=lambda run: run.cost.peak_memory_mb,
        unit="MB",
    ),
    Metric(
        "start_up_s",
        "cost",
        "lower",
        "[0, ∞)",
        "Time of loading the models.",
        _OURS,
        measure=lambda run: run.cost.start_up_s,
        unit="s",
    ),
    Metric(
        "overhead_share",
        "cost",
        "lower",
        "[0, 1]",
        "Share of the run that was neither start-up, building indexes, retrieving nor reading.",
        _OURS,
        measure=_overhead_share,
    ),
)
