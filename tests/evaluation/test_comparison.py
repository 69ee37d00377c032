"""Two runs: the same, worse, or not comparable."""

import math
from dataclasses import replace

import pytest

from bot.evaluation.comparison import changed_questions, compare_runs, shared_questions
from bot.evaluation.metric import METRICS
from bot.evaluation.question_set import EvaluationError
from tests.evaluation.runs import make_record, make_run, random_run

NO_DIFFERENCE = "no difference that this set can show"


def test_a_run_against_itself_shows_no_difference() -> None:
    run = random_run(100, 3)
    found = compare_runs(run, run, resamples=50)
    assert set(found) == set(METRICS)
    tested = [metric for metric in found.values() if metric.verdict is not None]
    assert {metric.verdict for metric in tested} == {NO_DIFFERENCE}
    assert {metric.p_value for metric in tested} == {1.0}
    assert {metric.difference for metric in tested} == {0.0}
    assert changed_questions(run, run).right_to_wrong == ()


def test_a_worse_run_is_worse_with_its_questions() -> None:
    run = random_run(200, 3)
    broken = replace(
        run,
        records=tuple(
            replace(record, prediction="nonsense", passages=record.passages[:1], total_ms=500.0)
            if number % 2
            else record
            for number, record in enumerate(run.records)
        ),
    )
    found = compare_runs(run, broken, resamples=500)
    for name in ("f1", "exact", "hasans_f1", "span_recall@10", "aurc", "total_ms_p50"):
        assert found[name].verdict == "worse", name
    assert compare_runs(broken, run, resamples=500)["f1"].verdict == "better"
    f1 = found["f1"]
    assert f1.before is not None
    assert f1.after is not None
    assert f1.difference == f1.after - f1.before
    assert f1.low is not None
    assert f1.high is not None
    assert f1.low <= f1.difference <= f1.high < 0
    changed = changed_questions(run, broken)
    assert changed.wrong_to_right == ()
    assert all(int(id_.removeprefix("q")) % 2 for id_ in changed.right_to_wrong)
    assert changed.right_to_wrong


def test_scores_on_another_scale_change_nothing() -> None:
    run = random_run(120, 1)
    rescaled = replace(
        run,
        records=tuple(replace(record, score=math.exp(record.score) - 7) for record in run.records),
    )
    names = ["auroc", "aupr", "aurc", "best_f1", "coverage@10%_wrong"]
    found = compare_runs(run, rescaled, resamples=50, names=names)
    assert {metric.difference for metric in found.values()} == {0.0}


def test_changes_by_hand() -> None:
    before = make_run(
        [make_record("1"), make_record("2", prediction="dog"), make_record("3", (), None)]
    )
    after = make_run(
        [make_record("1", prediction="dog"), make_record("2"), make_record("3", (), "dog")]
    )
    changed = changed_questions(before, after)
    assert changed.right_to_wrong == ("1", "3")
    assert changed.wrong_to_right == ("2",)


def test_changes_by_f1() -> None:
    before = make_run([make_record("1", prediction="dog")])
    after = make_run([make_record("1", prediction="black cat")])  # F1 2/3, not exact
    assert changed_questions(before, after).wrong_to_right == ()
    assert changed_questions(before, after, by="f1").wrong_to_right == ("1",)


def test_only_shared_questions_are_compared_in_the_order_of_the_run() -> None:
    before = make_run([make_record("1"), make_record("2"), make_record("3", ("other gold",))])
    after = make_run([make_record("3"), make_record("2"), make_record("1"), make_record("9")])
    baseline, run = shared_questions(before, after)
    assert [record.id for record in baseline.records] == ["2", "1"]
    assert [record.id for record in run.records] == ["2", "1"]
    assert compare_runs(before, after, resamples=5, names=["f1"])["f1"].n == 2


def test_runs_without_a_shared_question_are_refused() -> None:
    with pytest.raises(EvaluationError, match="none of the 1 questions"):
        compare_runs(make_run([make_record("1")]), make_run([make_record("2")]))


def test_what_is_measured_once_is_not_tested() -> None:
    run = make_run([make_record()])
    memory = compare_runs(run, run, resamples=5)["peak_memory_mb"]
    assert (memory.difference, memory.p_value, memory.verdict) == (0.0, None, None)


def test_what_is_undefined_is_not_tested() -> None:
    run = make_run([make_record()])
    auroc = compare_runs(run, run, resamples=5)["auroc"]
    assert (auroc.before, auroc.p_value, auroc.verdict) == (None, None, None)
