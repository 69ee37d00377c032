"""Intervals and tests: what they must show, and what they must not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation.statistics import (
    Interval,
    bootstrap,
    percentile_interval,
    point_estimate,
    randomisation_p_values,
    verdict_of,
)
from bot.evaluation.table import mean_of, ratio_of

NO_DIFFERENCE = "no difference that this set can show"


def mean_interval(values: list[float], *, resamples: int, seed: int) -> Interval | None:
    table = {"v": np.array(values)}
    means = bootstrap(table, {"mean": mean_of("v")}, resamples=resamples, seed=seed)
    value = point_estimate(table, mean_of("v"))
    return percentile_interval(means.get("mean", np.array([])), value)


def p_of(before: list[float], after: list[float], resamples: int = 2_000) -> float:
    p = randomisation_p_values(
        {"x": np.array(before)},
        {"x": np.array(after)},
        {"x": mean_of("x")},
        resamples=resamples,
        seed=0,
    )["x"]
    assert p is not None
    return p


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 5))
@settings(max_examples=50)
def test_an_interval_contains_the_value(values: list[float], seed: int) -> None:
    interval = mean_interval(values, resamples=50, seed=seed)
    assert interval is not None
    mean = point_estimate({"v": np.array(values)}, mean_of("v"))
    assert mean is not None
    assert interval.low <= mean <= interval.high


def test_an_interval_has_the_width_of_the_normal_one() -> None:
    # 400 coins, half heads: the standard error is sqrt(.25 / 400) = 0.025, so ± 0.049.
    interval = mean_interval([0.0, 1.0] * 200, resamples=4_000, seed=1)
    assert interval is not None
    assert interval.low == pytest.approx(0.5 - 0.049, abs=0.004)
    assert interval.high == pytest.approx(0.5 + 0.049, abs=0.004)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    generator = np.random.default_rng(5)
    hits = 0
    for seed in range(200):
        sample = generator.random(60) < 0.3
        interval = mean_interval(sample.astype(float).tolist(), resamples=300, seed=seed)
        assert interval is not None
        hits += interval.low <= 0.3 <= interval.high
    assert 0.90 <= hits / 200 <= 0.99


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [0.1, 0.5, 0.9, 0.3]
    assert mean_interval(values, resamples=99, seed=3) == mean_interval(
        values, resamples=99, seed=3
    )


def test_nothing_has_no_interval() -> None:
    assert mean_interval([], resamples=10, seed=0) is None
    assert mean_interval([float("nan")], resamples=10, seed=0) is None
    assert percentile_interval(np.array([np.nan]), 0.5) is None


def test_undefined_resamples_are_left_out() -> None:
    assert percentile_interval(np.array([0.2, np.nan, 0.2]), 0.2) == Interval(0.2, 0.2)


def test_an_interval_is_widened_to_hold_its_value() -> None:
    assert percentile_interval(np.array([0.6, 0.7]), 0.5).low == 0.5  # type: ignore[union-attr]


def test_ratios_are_resampled_by_question() -> None:
    # Each question with its own numerator and denominator: 1/2 in every resample.
    table = {"a": np.array([1.0, 2.0, np.nan]), "b": np.array([2.0, 4.0, np.nan])}
    ratios = bootstrap(table, {"r": ratio_of("a", "b")}, resamples=50, seed=0)["r"]
    assert set(ratios[~np.isnan(ratios)].tolist()) == {0.5}


def test_blocks_do_not_change_what_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"x": np.random.default_rng(0).random(50)}
    whole = bootstrap(table, {"x": mean_of("x")}, resamples=64, seed=9)["x"]
    monkeypatch.setattr("bot.evaluation.statistics._BLOCK_SIZE", 100)
    in_blocks = bootstrap(table, {"x": mean_of("x")}, resamples=64, seed=9)["x"]
    assert in_blocks.tolist() == whole.tolist()


def test_p_value_by_hand() -> None:
    # Three questions gained, none lost: of the 2³ equally likely shuffles, the two in which all
    # swap or none have so large a difference: p = 1/4.
    assert p_of([0, 0, 0, 1, 1], [1, 1, 1, 1, 1], 20_000) == pytest.approx(1 / 4, abs=0.01)


def test_few_questions_show_nothing() -> None:
    # 2 / 2⁵ = 0.0625, though each of the five questions was gained.
    assert p_of([0] * 5, [1] * 5) > 0.05


def test_many_questions_show_it() -> None:
    assert p_of([0] * 20, [1] * 20) < 0.001


def test_no_difference_at_all_has_p_1() -> None:
    assert p_of([0.2, 0.7], [0.2, 0.7]) == 1


def test_false_alarms_are_as_rare_as_said() -> None:
    generator = np.random.default_rng(11)
    alarms = sum(
        p_of(generator.random(30).tolist(), generator.random(30).tolist(), 200) < 0.05
        for _ in range(200)
    )
    assert alarms <= 20  # 10 expected; 20 or fewer in 99.9 % of cases


def test_verdicts_know_the_direction() -> None:
    assert verdict_of(0.1, 0.01, "higher") == "better"
    assert verdict_of(0.1, 0.01, "lower") == "worse"
    assert verdict_of(-0.1, 0.01, "higher") == "worse"
    assert verdict_of(-0.1, 0.01, "lower") == "better"
    assert verdict_of(0.1, 0.2, "higher") == NO_DIFFERENCE
    assert verdict_of(None, None, "higher") == NO_DIFFERENCE
