"""The registry, and all figures of a run at once."""

import math
import re

import pytest

from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.run import Run
from tests.evaluation.runs import make_record, make_run, random_run

DEGENERATE = {
    "no question": make_run([]),
    "one answered": make_run([make_record()]),
    "one refused": make_run([make_record(prediction=None, best="cat")]),
    "one unanswerable": make_run([make_record(gold=(), prediction=None)]),
    "one failed": make_run([make_record(prediction=None, error="It failed.", passages=())]),
    "no scores": make_run([make_record(score=math.nan), make_record("2", (), score=math.inf)]),
}


def test_names_fit_the_command_line() -> None:
    assert all(re.fullmatch(r"[a-z][a-z0-9_@%]*", name) for name in METRICS)


def test_each_metric_says_what_it_is() -> None:
    for metric in METRICS.values():
        assert metric.definition.endswith(".")
        assert metric.source
        assert metric.range in {"[0, 1]", "[0, ∞)"}
        assert (metric.estimate is None) != (metric.measure is None)


def test_the_figures_that_the_issue_names() -> None:
    expected = """
        span_recall@1 span_recall@3 span_recall@5 span_recall@10 span_mrr@10 span_ndcg@10
        paragraph_recall@1 paragraph_recall@3 paragraph_recall@5 paragraph_recall@10
        paragraph_mrr@10 paragraph_ndcg@10
        exact f1 hasans_exact hasans_f1 noans_exact noans_f1 hasans_raw_exact hasans_raw_f1
        best_exact best_f1 values_precision values_recall error_rate
        quote_verbatim citation_precision citation_recall citation_paragraph
        refusal_precision refusal_recall auroc aupr aurc coverage@5%_wrong coverage@10%_wrong
        calibration_error
        retrieve_ms_p50 retrieve_ms_p95 retrieve_ms_p99 read_ms_p50 read_ms_p95 read_ms_p99
        total_ms_p50 total_ms_p95 total_ms_p99
        index_s passages_per_s peak_memory_mb start_up_s overhead_share
    """
    assert list(METRICS) == expected.split()


@pytest.mark.parametrize("run", DEGENERATE.values(), ids=DEGENERATE)
def test_degenerate_runs_give_none_and_never_nan(run: Run) -> None:
    for name, metric in compute_metrics(run, resamples=20).items():
        for number in (metric.value, metric.low, metric.high):
            assert number is None or math.isfinite(number), name
        assert (metric.value is None) == (metric.n == 0) or name in {"auroc", "aupr"}


def test_every_interval_holds_its_value() -> None:
    for name, metric in compute_metrics(random_run(80, 1), resamples=100).items():
        if metric.low is not None and metric.high is not None and metric.value is not None:
            assert metric.low <= metric.value <= metric.high, name


def test_the_same_seed_gives_the_same_figures() -> None:
    run = random_run(60, 2)
    assert compute_metrics(run, resamples=50, seed=4) == compute_metrics(run, resamples=50, seed=4)


def test_only_what_is_wanted_is_computed() -> None:
    assert list(compute_metrics(random_run(20, 0), resamples=5, names=["f1", "auroc"])) == [
        "f1",
        "auroc",
    ]


def test_gates_take_the_bounds() -> None:
    f1 = compute_metrics(random_run(60, 2), resamples=50, names=["f1"])["f1"]
    assert (f1.lower_bound, f1.upper_bound) == (f1.low, f1.high)
