"""Gates: figures that a run must reach, such as `--fail-under f1=0.70`."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.evaluation.metric import METRICS, MetricValue
from bot.evaluation.question_set import EvaluationError


@dataclass(frozen=True, slots=True)
class Gate:
    """A bound for a metric.

    Attributes:
        metric: its name.
        bound: the value that it is compared with.
        is_floor: whether the interval's lower bound must reach `bound`, rather than its upper
            bound stay within it.
    """

    metric: str
    bound: float
    is_floor: bool

    def failure(self, metrics: Mapping[str, MetricValue]) -> str | None:
        """Return a sentence on how the gate fails, or None if it holds.

        A metric that the run has no value for fails: a gate that cannot be checked is not passed.
        """
        value = metrics[self.metric]
        reached = value.lower_bound if self.is_floor else value.upper_bound
        if reached is None:
            return f"{self.metric} has no value in this run."
        holds = reached >= self.bound if self.is_floor else reached <= self.bound
        if holds:
            return None
        which = "" if value.low is None else f"{'lower' if self.is_floor else 'upper'} bound of "
        return f"The {which}{self.metric} is {reached:.4g}, and the gate is {self.bound:g}."


def parse_gates(under: Iterable[str], over: Iterable[str]) -> list[Gate]:
    """Read `METRIC=VALUE` for `--fail-under` and `--fail-over`.

    Raises:
        EvaluationError: if one is not of that form, or names no metric.
    """
    floors = [_parse(text, "--fail-under", is_floor=True) for text in under]
    return floors + [_parse(text, "--fail-over", is_floor=False) for text in over]


def _parse(text: str, option: str, *, is_floor: bool) -> Gate:
    name, separator, number = text.partition("=")
    if name not in METRICS:
        raise EvaluationError(
            f"{option} {text}: there is no metric {name!r}. There are {', '.join(METRICS)}."
        )
    try:
        bound = float(number)
    except ValueError:
        bound = math.nan
    if not separator or math.isnan(bound):
        raise EvaluationError(f"{option} {text}: write METRIC=VALUE, such as {name}=0.7.")
    return Gate(name, bound, is_floor)
