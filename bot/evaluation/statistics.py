"""How far figures can be trusted: bootstrap intervals, and a test between two runs.

The unit is the question. Questions on one article are more alike than questions on different ones,
so with few articles the intervals are somewhat too narrow: they say what other questions on these
articles would give. A figure that is the same for every question, such as a share of exactly 1, has
an interval of no width, however few the questions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bot.evaluation.table import Direction, Estimator, FloatArray, Rows, Table

Verdict = Literal["better", "worse", "no difference that this set can show"]

CONFIDENCE_LEVEL = 0.95
SIGNIFICANCE_LEVEL = 0.05

# Blocks of about this many numbers stay in the processor's cache.
_BLOCK_SIZE = 1 << 18
# Differences that only rounding makes are none.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the true value in 95 of 100 sets like this one.

    Attributes:
        low: lower bound.
        high: upper bound, at least `low`.
    """

    low: float
    high: float


def number_of_questions(table: Table) -> int:
    """Return the length of a table's columns; 0 if there are none."""
    return next((len(column) for column in table.values()), 0)


def point_estimate(table: Table, estimator: Estimator) -> float | None:
    """Return the figure itself; None where it is undefined."""
    if not number_of_questions(table):
        return None
    value = float(estimator(Rows(lambda name: table[name][None, :]))[0])
    return None if np.isnan(value) else value


def bootstrap(
    table: Table, estimators: Mapping[str, Estimator], *, resamples: int, seed: int
) -> dict[str, FloatArray]:
    """Estimate each figure for questions drawn again with replacement (Efron 1979).

    Returns:
        By name, shape (resamples,), NaN where a resample leaves the figure undefined.
    """
    results: dict[str, list[FloatArray]] = {name: [] for name in estimators}
    for drawn in _drawn_questions(number_of_questions(table), resamples, seed):
        rows = _drawn(table, drawn)
        for name, estimator in estimators.items():
            results[name].append(estimator(rows))
    return {name: np.concatenate(blocks) for name, blocks in results.items() if blocks}


def percentile_interval(distribution: FloatArray, value: float | None) -> Interval | None:
    """Return the 95 % percentile interval (Efron & Tibshirani 1993, chapter 13).

    It is widened to hold the value itself where it would not, as may happen with a maximum, such as
    `best_f1`, or with very few questions.

    Args:
        distribution: of the figure over resamples; NaN is left out.
        value: of the figure itself; None if it is undefined, as its interval then is.
    """
    defined = distribution[~np.isnan(distribution)]
    if value is None or not defined.size:
        return None
    tail = (1 - CONFIDENCE_LEVEL) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Interval(min(float(low), value), max(float(high), value))


def bootstrap_differences(
    baseline: Table,
    run: Table,
    estimators: Mapping[str, Estimator],
    *,
    resamples: int,
    seed: int,
) -> dict[str, FloatArray]:
    """Estimate each difference, run − baseline, for the same questions drawn from both."""
    before = bootstrap(baseline, estimators, resamples=resamples, seed=seed)
    after = bootstrap(run, estimators, resamples=resamples, seed=seed)
    return {name: after[name] - before[name] for name in after}


def randomisation_p_values(
    baseline: Table,
    run: Table,
    estimators: Mapping[str, Estimator],
    *,
    resamples: int,
    seed: int,
) -> dict[str, float | None]:
    """Test each difference by paired approximate randomisation (Noreen 1989; Yeh 2000).

    If the two runs were equally good, it would not matter which of them gave which of a question's
    two results. Results are therefore swapped at random, question by question, and the p-value is
    the share of such shuffles, the one at hand included, whose difference is at least as large,
    two-sided. Exact for few questions too, where the bootstrap calls differences real too easily.

    Each metric is tested on its own and nothing is corrected for testing many: of twenty metrics
    between which there is no difference, one is expected below 0.05. Decide on one metric
    beforehand, or ask for a p-value below 0.05 divided by the number of metrics (Bonferroni).

    Args:
        baseline: the questions in the same order as in `run`.
        run: what is compared with it.
        estimators: by name.
        resamples: number of shuffles; the smallest p-value is 1 / (resamples + 1).
        seed: of the shuffles.

    Returns:
        By name, in (0, 1]; None where the difference is undefined.
    """
    observed = {
        name: _difference(point_estimate(run, estimator), point_estimate(baseline, estimator))
        for name, estimator in estimators.items()
    }
    extreme = dict.fromkeys(estimators, 1)
    for swapped in _swapped_questions(number_of_questions(run), resamples, seed):
        before, after = _swap(baseline, run, swapped), _swap(run, baseline, swapped)
        for name, estimator in estimators.items():
            difference = observed[name]
            if difference is not None:
                shuffled = np.abs(estimator(after) - estimator(before))
                # An undefined shuffle counts against the difference, which is the careful side.
                smaller = shuffled < abs(difference) - _ROUNDING
                extreme[name] += len(shuffled) - int(np.count_nonzero(smaller))
    return {
        name: None if observed[name] is None else count / (resamples + 1)
        for name, count in extreme.items()
    }


def verdict_of(difference: float | None, p_value: float | None, direction: Direction) -> Verdict:
    """Put a tested difference, run − baseline, into words."""
    if difference is None or p_value is None or p_value >= SIGNIFICANCE_LEVEL or difference == 0:
        return "no difference that this set can show"
    return "better" if (difference > 0) == (direction == "higher") else "worse"


def _difference(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None else after - before


def _drawn(table: Table, drawn: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> Rows:
    return Rows(lambda name: table[name][drawn])


def _swap(
    own: Table, other: Table, swapped: np.ndarray[tuple[int, ...], np.dtype[np.bool]]
) -> Rows:
    return Rows(lambda name: np.where(swapped, other[name], own[name]))


def _drawn_questions(
    questions: int, resamples: int, seed: int
) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.int64]]]:
    generator = np.random.default_rng(seed)
    for rows in _blocks(questions, resamples):
        yield generator.integers(0, questions, (rows, questions))


def _swapped_questions(
    questions: int, resamples: int, seed: int
) -> Iterator[np.ndarray[tuple[int, ...], np.dtype[np.bool]]]:
    generator = np.random.default_rng(seed)
    for rows in _blocks(questions, resamples):
        yield generator.integers(0, 2, (rows, questions)).astype(np.bool)


def _blocks(questions: int, resamples: int) -> Iterator[int]:
    """Yield how many resamples to do at once; nothing where there are no questions."""
    if questions:
        rows = max(_BLOCK_SIZE // questions, 1)
        for done in range(0, resamples, rows):
            yield min(rows, resamples - done)
