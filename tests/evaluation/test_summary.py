"""The tables are readable at 80 columns and in a pipe; the JSON says the same."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console, RenderableType

from bot.console import show
from bot.evaluation.answer_metrics import best_threshold
from bot.evaluation.comparison import changed_questions, compare_runs
from bot.evaluation.groups import metrics_by_question_word, metrics_by_tag
from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.report_data import BaselineComparison
from bot.evaluation.run import Run
from bot.evaluation.summary import comparison_table, run_tables, run_to_json
from tests.evaluation.runs import make_record, make_run, random_run

RESAMPLES = 20


def printed(*shown: RenderableType, in_terminal: bool = False) -> list[str]:
    """Return the lines that a terminal of 80 columns, or a pipe, gets."""
    file = io.StringIO()
    console = Console(
        file=file, width=80, force_terminal=in_terminal, color_system=None, highlight=False
    )
    for part in shown:
        show(console, part)
    return [line.rstrip() for line in file.getvalue().splitlines()]


def tables(run: Run) -> list[RenderableType]:
    metrics = compute_metrics(run, resamples=RESAMPLES)
    words = metrics_by_question_word(run, resamples=RESAMPLES)
    tags = metrics_by_tag(run, resamples=RESAMPLES)
    return [*run_tables(run, metrics, {"question word": words, "tag": tags})]


def compared(baseline: Run, run: Run) -> BaselineComparison:
    metrics = compare_runs(baseline, run, resamples=100)
    return BaselineComparison("before/run.json", metrics, changed_questions(baseline, run))


def test_a_figure_is_a_line_with_its_interval_and_its_questions() -> None:
    lines = printed(*tables(random_run(40, seed=1)))
    metrics = compute_metrics(random_run(40, seed=1), resamples=RESAMPLES)

    f1, p95 = metrics["f1"], metrics["total_ms_p95"]
    assert [
        line.split() for line in lines if line.startswith(("f1  ", "total_ms_p95", "index"))
    ] == [
        ["f1", f"{f1.value:.3f}", f"{f1.low:.3f}", "to", f"{f1.high:.3f}", "n", "40"],
        ["total_ms_p95", f"{p95.value:.1f}", "ms", f"{p95.low:.1f}", "to", f"{p95.high:.1f}"]
        + ["n", "40"],
        ["index_s", "2.00", "s"],
    ]


def test_metrics_are_shown_by_family_and_without_those_that_have_no_value() -> None:
    run = make_run([make_record("1", (), None)])
    lines = printed(*tables(run))
    metrics = compute_metrics(run, resamples=RESAMPLES)

    firsts = [line.partition("  ")[0] for line in lines]
    names = [first for first in firsts if first in METRICS]
    assert names == [name for name, value in metrics.items() if value.value is not None]
    assert [line for line in lines if line in {"retrieval", "answer", "refusal", "cost"}] == [
        "answer",
        "refusal",
        "cost",
    ]


def test_the_head_says_what_was_asked_and_how() -> None:
    run = make_run([make_record()], mode="gold_passage")

    assert printed(*tables(run))[:2] == [
        "set.json: 1 question on 1 article, asked of the right paragraph only.",
        "Each figure with its 95 % bootstrap interval and its number of questions.",
    ]


def test_an_interrupted_run_says_so() -> None:
    lines = printed(*tables(replace(random_run(12, seed=1), complete=False)))

    assert lines[:2] == [
        "set.json: 12 questions on 1 article, asked of the whole article.",
        "Interrupted: the figures are of what was asked.",
    ]


def test_questions_that_failed_are_named_but_not_all() -> None:
    run = make_run([make_record(f"q{n}", error="It is empty.") for n in range(12)])
    lines = printed(*tables(run))

    assert lines[1:3] == ["q0 failed: It is empty.", "q1 failed: It is empty."]
    assert lines[10:12] == ["q9 failed: It is empty.", "… and 2 more failed."]


def test_groups_are_shown_with_f1_and_exact_match() -> None:
    lines = printed(*tables(make_run([make_record(question="Who?", tags=("t",))])))

    start = lines.index("f1 by question word")
    row = "1.000    1.000 to 1.000  n 1  exact 1.000"
    assert lines[start:] == ["f1 by question word", f"who  {row}", "", "f1 by tag", f"t  {row}"]


def test_the_best_threshold_is_named() -> None:
    right, wrong = make_record("1", score=0.9), make_record("2", (), None, 0.4, "dog")
    refused = make_record("3", prediction=None, best="cat", score=0.6)
    lines = printed(*tables(make_run([right, wrong, refused])))
    none_right = make_run([make_record("1", (), "dog"), make_record("2", ("x",), "dog")])

    assert "best_f1: by answering from a score of 0.600; here it was 0.500." in lines
    assert "best_f1: by refusing every question." in printed(*tables(none_right))


def test_without_tags_there_is_no_table_of_tags() -> None:
    assert "f1 by tag" not in printed(*tables(make_run([make_record()])))


@pytest.mark.parametrize("in_terminal", [True, False])
def test_every_line_fits_a_terminal_of_80_columns(in_terminal: bool) -> None:
    slow = [replace(r, total_ms=r.total_ms * 5_000) for r in random_run(300, seed=1).records]
    run = make_run(slow)
    table = comparison_table(run, compared(random_run(300, seed=2, skill=0.2), run))

    lines = printed(*tables(run), table, in_terminal=in_terminal)

    assert max(len(line) for line in lines) <= 80


def test_a_pipe_gets_a_metric_a_line_however_long() -> None:
    run = make_run([make_record(tags=("t" * 100,))])

    assert [line.split()[1] for line in printed(*tables(run)) if "ttt" in line] == ["1.000"]


def test_a_run_against_itself_shows_no_difference_and_no_question() -> None:
    run = random_run(40, seed=1)
    lines = printed(comparison_table(run, compared(run, run)))

    assert lines[1:3] == [
        "against before/run.json, on 40 questions that both asked",
        "no difference that this set can show",
    ]
    assert lines[-2:] == ["right → wrong: 0", "wrong → right: 0"]
    assert {"better", "worse"} & {*lines} == set()


def test_a_worse_run_says_so_and_names_the_questions() -> None:
    good = [make_record(f"q{n}", question=f"What\n is {n}?") for n in range(30)]
    bad = [replace(record, prediction="dog") for record in good]
    lines = printed(comparison_table(make_run(bad), compared(make_run(good), make_run(bad))))

    worse = lines[lines.index("worse") + 1 : lines.index("no difference that this set can show")]
    assert [line.split()[:4] for line in worse if line.startswith("  f1 ")] == [
        ["f1", "1.000", "→", "0.000"]
    ]
    assert lines[lines.index("right → wrong: 30") + 1] == "  q0  What is 0?"
    assert lines[-3:] == ["  q9  What is 9?", "  … and 20 more", "wrong → right: 0"]


def test_a_better_run_says_so() -> None:
    bad = make_run([make_record(f"q{n}", prediction="dog") for n in range(30)])
    good = make_run([make_record(f"q{n}") for n in range(30)])
    lines = printed(comparison_table(good, compared(bad, good)))

    assert ("better" in lines, "worse" in lines, "wrong → right: 30" in lines) == (
        True,
        False,
        True,
    )


def test_what_looks_like_markup_is_shown_as_it_is() -> None:
    before = make_run([make_record("[bold]id", question="[red]What[/] :cat:?", tags=("[b]t",))])
    after = make_run(
        [replace(before.records[0], prediction="dog", error=None)],
        question_set={"name": "[i]set", "format": "", "sha256": ""},
    )
    failed = make_run([replace(before.records[0], error="[u]It failed.")])
    lines = printed(
        *tables(after), *tables(failed), comparison_table(after, compared(before, after))
    )

    assert lines[0].startswith("[i]set: 1 question")
    assert [line for line in lines if line.startswith("[b]t ")] != []
    assert "[bold]id failed: [u]It failed." in lines
    assert "  [bold]id  [red]What[/] :cat:?" in lines


def test_json_says_the_same() -> None:
    run = random_run(30, seed=1)
    metrics = compute_metrics(run, resamples=RESAMPLES)
    comparison = compared(random_run(30, seed=2), run)

    content = json.loads(json.dumps(run_to_json(run, metrics, comparison)))

    f1, against = metrics["f1"], comparison.metrics["f1"]
    assert (content["complete"], content["questions"]) == (True, 30)
    best = best_threshold(run)
    assert best is not None
    assert content["best_f1_threshold"]["score"] == best.score
    assert content["best_f1_threshold"]["value"] == metrics["best_f1"].value
    assert list(content["metrics"]) == list(METRICS)
    assert content["metrics"]["f1"] == {"value": f1.value, "low": f1.low, "high": f1.high, "n": 30}
    assert content["comparison"]["baseline"] == "before/run.json"
    assert content["comparison"]["metrics"]["f1"]["p_value"] == against.p_value
    assert content["comparison"]["changed"] == {
        "right_to_wrong": list(comparison.changed.right_to_wrong),
        "wrong_to_right": list(comparison.changed.wrong_to_right),
    }
    assert "comparison" not in run_to_json(run, metrics, None)
