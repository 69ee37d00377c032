"""Gates compare the careful side of the interval, and refuse what cannot be checked."""

import pytest

from bot.evaluation.gates import Gate, parse_gates
from bot.evaluation.metric import METRICS, MetricValue, compute_metrics
from bot.evaluation.question_set import EvaluationError
from tests.evaluation.runs import make_record, make_run, random_run

F1 = {"f1": MetricValue(0.75, 0.7, 0.8, 50)}


@pytest.mark.parametrize(
    ("bound", "failure"),
    [
        (0.69, None),
        (0.7, None),
        (0.71, "The lower bound of f1 is 0.7, and the gate is 0.71."),
        # The value reaches it, and its interval does not.
        (0.75, "The lower bound of f1 is 0.7, and the gate is 0.75."),
    ],
)
def test_a_floor_holds_the_lower_bound(bound: float, failure: str | None) -> None:
    assert Gate("f1", bound, is_floor=True).failure(F1) == failure


@pytest.mark.parametrize(
    ("bound", "failure"),
    [
        (0.81, None),
        (0.8, None),
        (0.79, "The upper bound of f1 is 0.8, and the gate is 0.79."),
        (0.75, "The upper bound of f1 is 0.8, and the gate is 0.75."),
    ],
)
def test_a_ceiling_holds_the_upper_bound(bound: float, failure: str | None) -> None:
    assert Gate("f1", bound, is_floor=False).failure(F1) == failure


def test_what_is_measured_once_is_compared_itself() -> None:
    metrics = {"start_up_s": MetricValue(2.5, None, None, 1)}

    assert Gate("start_up_s", 2.5, is_floor=False).failure(metrics) is None
    assert Gate("start_up_s", 2, is_floor=False).failure(metrics) == (
        "The start_up_s is 2.5, and the gate is 2."
    )


@pytest.mark.parametrize("is_floor", [True, False])
def test_a_metric_without_a_value_fails(is_floor: bool) -> None:
    metrics = compute_metrics(make_run([make_record(gold=())]), resamples=5)

    assert Gate("hasans_f1", 0.5, is_floor=is_floor).failure(metrics) == (
        "hasans_f1 has no value in this run."
    )


def test_each_option_makes_its_kind_of_gate() -> None:
    assert parse_gates(["f1=0.7", "paragraph_recall@5=.9"], ["total_ms_p95=2e3"]) == [
        Gate("f1", 0.7, is_floor=True),
        Gate("paragraph_recall@5", 0.9, is_floor=True),
        Gate("total_ms_p95", 2000, is_floor=False),
    ]


def test_no_options_are_no_gates() -> None:
    assert parse_gates([], []) == []


def test_every_metric_can_be_a_gate() -> None:
    metrics = compute_metrics(random_run(30, seed=1), resamples=20)
    gates = parse_gates([f"{name}=-1e9" for name in METRICS], [f"{name}=1e9" for name in METRICS])

    failed = {gate.metric for gate in gates if gate.failure(metrics)}

    assert failed == {name for name, value in metrics.items() if value.value is None}


@pytest.mark.parametrize("text", ["f1", "f1=", "f1=much", "f1=nan", "f1=0.7=0.8", "f1=0,7", "f1=%"])
def test_a_malformed_gate_says_how_to_write_it(text: str) -> None:
    with pytest.raises(EvaluationError) as error:
        parse_gates([text], [])

    assert str(error.value) == f"--fail-under {text}: write METRIC=VALUE, such as f1=0.7."


@pytest.mark.parametrize("text", ["f2=0.7", "F1=0.7", "=0.7", "", "f1 =0.7", "f1>0.7"])
def test_an_unknown_metric_names_the_metrics(text: str) -> None:
    with pytest.raises(EvaluationError) as error:
        parse_gates([], [text])

    message = str(error.value)
    assert message.startswith(f"--fail-over {text}: there is no metric ")
    assert all(name in message for name in METRICS)
