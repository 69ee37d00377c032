"""`article-bot evaluate`: asking a question set, and saying how good the answers are."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from bot.assembly import open_article
from bot.console import ConsoleReporter, screen, show
from bot.evaluation import squad_format
from bot.evaluation.comparison import (
    changed_questions,
    compare_runs,
    refuse_other_questions,
)
from bot.evaluation.gates import parse_gates
from bot.evaluation.groups import metrics_by_question_word, metrics_by_tag
from bot.evaluation.loading import load_question_set, mismatched, sample
from bot.evaluation.metric import MetricValue, compute_metrics
from bot.evaluation.question_set import EvaluationError, QuestionSet
from bot.evaluation.report import write_report
from bot.evaluation.report_data import BaselineComparison, RunFigures, gather_report
from bot.evaluation.run import Mode, Run
from bot.evaluation.run_file import load_run, save_run
from bot.evaluation.runner import Evaluation, RunPlan
from bot.evaluation.summary import comparison_table, run_tables, run_to_json
from bot.reading import read_limits
from bot.settings import Settings

FINE, GATE_FAILED, INTERRUPTED = 0, 1, 130
_RUN_FILE = "run.json"
_PROBLEMS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class EvaluateOptions:
    """What the command line says.

    Attributes:
        questions: the question set.
        has_article: whether an article was named for it.
        output: directory for run, predictions and report; None for none.
        baseline: run to compare with.
        fail_under: gates of the form METRIC=VALUE for lower bounds.
        fail_over: the same for upper bounds.
        mode: how the questions are asked.
        limit: size of the sample; None for all.
        seed: of the sample, and of the intervals.
        resume: go on with the interrupted run in `output`.
        as_json: print JSON.
    """

    questions: Path
    has_article: bool
    output: Path | None
    baseline: Path | None
    fail_under: tuple[str, ...]
    fail_over: tuple[str, ...]
    mode: Mode
    limit: int | None
    seed: int
    resume: bool
    as_json: bool


def evaluate(options: EvaluateOptions, settings: Settings) -> int:
    """Ask the questions, show the figures, write the files.

    Returns:
        The exit code: 0 fine, 1 a gate failed, 130 after Ctrl-C.

    Raises:
        ArticleBotError: if the set, a run, a gate, a model or an index cannot be used.
    """
    gates = parse_gates(options.fail_under, options.fail_over)
    baseline = load_run(options.baseline) if options.baseline else None
    plan = RunPlan(_question_set(options, settings), options.mode, options.seed, options.limit)
    _warn_of(plan.question_set)
    if baseline is not None:
        refuse_other_questions(baseline, plan.question_set.questions)
    reporter = ConsoleReporter()
    evaluation = Evaluation(plan, settings, reporter)
    _prepare(evaluation, options)
    try:
        with reporter.working("Loading the model"):
            evaluation.ask()
    except KeyboardInterrupt:
        pass  # The run says that it is not complete.
    finally:
        run = evaluation.run()
        _keep(run, options.output)  # Whatever ended it, and before anything else can.
    metrics = _report(run, options, baseline if run.complete else None) if run.records else {}
    if not run.complete:
        _say_interrupted(run, plan, options.output)
        return INTERRUPTED
    failures = [failure for gate in gates if (failure := gate.failure(metrics))]
    for failure in failures:
        click.secho(f"Gate failed: {failure}", err=True, fg="red")
    return GATE_FAILED if failures else FINE


def _question_set(options: EvaluateOptions, settings: Settings) -> QuestionSet:
    article = open_article(settings)
    question_set = load_question_set(options.questions, article, read_limits(settings))
    if options.has_article and question_set.format == squad_format.FORMAT:
        raise EvaluationError(f"{options.questions} brings its own articles. Leave out --article.")
    if options.mode == "mismatch":
        question_set = mismatched(question_set)
    return (
        question_set if options.limit is None else sample(question_set, options.limit, options.seed)
    )


def _warn_of(question_set: QuestionSet) -> None:
    problems = question_set.problems
    for problem in problems[:_PROBLEMS_SHOWN]:
        click.secho(problem, err=True, fg="yellow")
    if len(problems) > _PROBLEMS_SHOWN:
        more = f"… and {len(problems) - _PROBLEMS_SHOWN:,} more such problems in the set."
        click.secho(more, err=True, fg="yellow")


def _prepare(evaluation: Evaluation, options: EvaluateOptions) -> None:
    """Find out now, not after the last question, that the directory does not serve."""
    output = options.output
    if output is None:
        if options.resume:
            raise EvaluationError("--resume goes on with a run that was saved: name its --output.")
        return
    with _writing_to(output):
        output.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=output).close()
    path = output / _RUN_FILE
    if options.resume and path.exists():
        evaluation.resume(load_run(path))


def _keep(run: Run, output: Path | None) -> None:
    if output is not None and run.records:
        with _writing_to(output):
            save_run(run, output / _RUN_FILE)
            squad_format.write_squad_files(run, output)


@contextmanager
def _writing_to(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EvaluationError(
            f"The run cannot be written to {output}: {error.strerror or error}. "
            "Name another --output, or make room."
        ) from error


def _say_interrupted(run: Run, plan: RunPlan, output: Path | None) -> None:
    asked = f"{len(run.records):,} of {len(plan.question_set.questions):,} questions"
    how_on = (
        "With --output they would have been kept, to go on with."
        if output is None
        else "The same command with --resume asks the rest."
    )
    click.secho(f"Interrupted after {asked}. {how_on}", err=True, fg="yellow")


def _report(run: Run, options: EvaluateOptions, baseline: Run | None) -> dict[str, MetricValue]:
    """Show the figures, write the report, and return the metrics."""
    metrics = compute_metrics(run, seed=options.seed)
    by_word = metrics_by_question_word(run, seed=options.seed)
    by_tag = metrics_by_tag(run, seed=options.seed)
    comparison = None if baseline is None else _compare(baseline, run, options)
    if options.as_json:
        click.echo(json.dumps(run_to_json(run, metrics, comparison), ensure_ascii=False))
    else:
        console = screen()
        for table in run_tables(run, metrics, {"question word": by_word, "tag": by_tag}):
            show(console, table)
        if comparison is not None:
            show(console, comparison_table(run, comparison))
    if options.output is not None:
        figures = RunFigures(
            metrics=metrics,
            f1_by_question_word={word: group["f1"] for word, group in by_word.items()},
            f1_by_tag={tag: group["f1"] for tag, group in by_tag.items()},
        )
        path = options.output / "report.html"
        with _writing_to(options.output):
            write_report(path, gather_report(run, figures, comparison))
        if not options.as_json:
            click.echo(f"\nWritten: {path} and the files beside it.")
    return metrics


def _compare(baseline: Run, run: Run, options: EvaluateOptions) -> BaselineComparison:
    return BaselineComparison(
        baseline=str(options.baseline),
        metrics=compare_runs(baseline, run, seed=options.seed),
        changed=changed_questions(baseline, run),
    )
