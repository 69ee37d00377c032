"""Costs by hand."""

import numpy as np
import pytest

from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.run import ArticleRecord, Cost, Run
from bot.evaluation.table import Rows, quantile_of
from tests.evaluation.runs import make_record, make_run


def figures(run: Run) -> dict[str, float | None]:
    names = [name for name, metric in METRICS.items() if metric.family == "cost"]
    return {k: v.value for k, v in compute_metrics(run, resamples=5, names=names).items()}


def test_latency_leaves_out_what_failed() -> None:
    records = [make_record(str(ms), total_ms=float(ms)) for ms in (10, 20, 40)]
    failed = make_record("f", total_ms=0.0, error="It failed.")
    found = figures(make_run([*records, failed]))
    assert found["total_ms_p50"] == 20
    # Place 0.95 · 2 = 1.9: nine tenths of the way from 20 to 40.
    assert found["total_ms_p95"] == pytest.approx(38)
    assert found["total_ms_p99"] == pytest.approx(39.6)


def test_quantiles_agree_with_numpy() -> None:
    values = np.random.default_rng(0).exponential(size=(6, 31))
    for share in (0.0, 0.5, 0.95, 0.99, 1.0):
        found = quantile_of("x", share)(Rows(lambda _: values))
        assert found == pytest.approx(np.quantile(values, share, axis=1))


def test_costs_of_the_run() -> None:
    articles = (
        ArticleRecord("a", None, "0", 3, 30, 1.5),
        ArticleRecord("b", None, "0", 3, 10, 0.5),
        ArticleRecord("c", None, "0", 3, 99, 0.0),  # loaded, not built
    )
    run = make_run([make_record()], articles=articles, cost=Cost(4.0, 50.0, 2.0, 512.0))
    found = figures(run)
    assert found["index_s"] == 2.0
    assert found["passages_per_s"] == 40 / 2
    assert found["peak_memory_mb"] == 512.0
    assert found["start_up_s"] == 4.0
    assert found["overhead_share"] == 2 / 50


def test_what_was_not_measured_is_none() -> None:
    run = make_run([], articles=(), cost=Cost(0.0, 0.0, 0.0, 1.0))
    found = figures(run)
    names = ("index_s", "passages_per_s", "overhead_share", "total_ms_p50")
    assert [found[name] for name in names] == [None, None, None, None]


def test_costs_of_the_run_have_no_interval_and_gates_take_the_value() -> None:
    memory = compute_metrics(make_run([make_record()]), resamples=5)["peak_memory_mb"]
    assert (memory.low, memory.high, memory.n) == (None, None, 1)
    assert memory.lower_bound == memory.upper_bound == 300.0
