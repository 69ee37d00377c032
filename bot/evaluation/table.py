"""`Rows` and `Metric`: how every metric is defined once, and estimated for many resamples at once.

A run becomes a `Table`: columns of one number a question, NaN where a question does not count. An
estimator turns a block of rows, each a resample of the questions, into one figure a row. The figure
itself is the block whose only row is the questions as they were asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.run import Run

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

# Columns by name, each of shape (questions,).
Table = Mapping[str, FloatArray]

Family = Literal["retrieval", "answer", "citation", "refusal", "cost"]
Direction = Literal["higher", "lower"]

# The column that ranks the questions from the one refused first to the one answered first.
CONFIDENCE = "confidence"


class Rows:
    """A block of resamples. Each column has the shape (resamples, questions)."""

    def __init__(self, column: Callable[[str], FloatArray]) -> None:
        """Wrap what makes a column of the block from its name."""
        self._column = column

    def __getitem__(self, name: str) -> FloatArray:
        """Return a column."""
        return self._column(name)

    def ranked(self, name: str) -> FloatArray:
        """Return a column with each row in order of falling confidence, ties as they came."""
        return np.take_along_axis(self[name], self._order, axis=1)

    def ranked_totals(self, name: str, start: FloatArray | None = None) -> FloatArray:
        """Return the sums of a column over the first 0, 1, … questions by falling confidence.

        Args:
            name: of the column.
            start: what each row's sum starts from, shape (resamples,); 0 if None.

        Returns:
            Shape (resamples, questions + 1).
        """
        values = self.ranked(name)
        first = np.zeros(len(values)) if start is None else start
        return np.cumsum(np.concatenate([first[:, None], values], axis=1), axis=1)

    @cached_property
    def ties(self) -> tuple[IntArray, IntArray]:
        """For each place by falling confidence, the first and the last place with the same one."""
        confidence = self.ranked(CONFIDENCE)
        places = np.broadcast_to(np.arange(confidence.shape[1]), confidence.shape)
        changes = confidence[:, 1:] != confidence[:, :-1]
        edge = np.ones((len(confidence), 1), dtype=bool)
        first = np.where(np.concatenate([edge, changes], axis=1), places, 0)
        last = np.where(np.concatenate([changes, edge], axis=1), places, places.shape[1])
        return (
            np.maximum.accumulate(first, axis=1),
            np.minimum.accumulate(last[:, ::-1], axis=1)[:, ::-1],
        )

    @cached_property
    def _order(self) -> IntArray:
        return np.argsort(-self[CONFIDENCE], axis=1, kind="stable")


# Returns one figure a row, NaN where it is undefined.
Estimator = Callable[[Rows], FloatArray]


@dataclass(frozen=True, slots=True)
class Metric:
    """What a figure is called and means, and how it is computed.

    Attributes:
        name: as in the field; used in `--fail-under` and in `run.json`.
        family: the part of the evaluation that it belongs to.
        direction: whether a higher or a lower value is better.
        range: the values that it can take, as an interval.
        definition: one sentence.
        source: where it was defined.
        estimate: computes it from a run's table; None if it is measured once a run.
        column: the column whose values, where they are not NaN, are the questions counted.
        measure: reads it from a run, where it is measured once; None where that run has none.
        unit: empty for a share; else "ms", "s", "MB", "1/s".
    """

    name: str
    family: Family
    direction: Direction
    range: str
    definition: str
    source: str
    estimate: Estimator | None = None
    column: str = CONFIDENCE
    measure: Callable[[Run], float | None] | None = None
    unit: str = ""


def divide(numerator: FloatArray, denominator: FloatArray | IntArray) -> FloatArray:
    """Divide, with NaN where the denominator is not positive."""
    quotient = np.full(np.broadcast_shapes(numerator.shape, denominator.shape), np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator > 0)
    return quotient


def mean_of(name: str) -> Estimator:
    """Estimate the mean of a column over the questions that count."""

    def estimate(rows: Rows) -> FloatArray:
        values = rows[name]
        counted = ~np.isnan(values)
        # Several times as fast as `sum(where=…)`.
        return divide(np.where(counted, values, 0).sum(axis=1), counted.sum(axis=1))

    return estimate


def ratio_of(numerator: str, denominator: str) -> Estimator:
    """Estimate the ratio of two columns' sums over the questions that count in both."""

    def estimate(rows: Rows) -> FloatArray:
        above, below = rows[numerator], rows[denominator]
        counted = ~(np.isnan(above) | np.isnan(below))
        total = np.where(counted, below, 0).sum(axis=1)
        return divide(np.where(counted, above, 0).sum(axis=1), total)

    return estimate


def quantile_of(name: str, share: float) -> Estimator:
    """Estimate a quantile of a column, linear between two values (Hyndman & Fan 1996, type 7).

    Args:
        name: of the column.
        share: of the values that are lower, from 0 to 1.
    """

    def estimate(rows: Rows) -> FloatArray:
        values = np.sort(rows[name], axis=1)  # NaN goes last.
        place = np.maximum((~np.isnan(values)).sum(axis=1) - 1, 0) * share
        below = np.floor(place).astype(np.int64)[:, None]
        above = np.ceil(place).astype(np.int64)[:, None]
        lower = np.take_along_axis(values, below, axis=1)[:, 0]
        upper = np.take_along_axis(values, above, axis=1)[:, 0]
        return np.asarray(lower + (upper - lower) * (place - below[:, 0]), dtype=np.float64)

    return estimate
