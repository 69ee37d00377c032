"""`article-bot evaluate`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import common_options, json_option, settings_of

if TYPE_CHECKING:
    from bot.evaluation.run import Mode


@click.command(
    short_help="Say how good the answers to a question set are.",
    epilog="""\b
Examples:
  article-bot evaluate tests/questions/default_article.jsonl
  article-bot evaluate dev.json --output runs/b --baseline runs/a/run.json
  article-bot evaluate dev.json --fail-under f1=.7 --fail-over total_ms_p95=99
""",
)
@click.argument("questions", type=click.Path(path_type=Path), metavar="QUESTIONS")
@click.option(
    "--output", type=click.Path(path_type=Path), metavar="DIR", help="Write run and report there."
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="RUN.json",
    help="Compare with an earlier run.",
)
@click.option(
    "--fail-under",
    multiple=True,
    metavar="METRIC=VALUE",
    help="Exit with 1 if the interval's lower bound is below VALUE.",
)
@click.option(
    "--fail-over",
    multiple=True,
    metavar="METRIC=VALUE",
    help="Exit with 1 if the interval's upper bound is above VALUE.",
)
@click.option("--gold-passage", is_flag=True, help="Read the right paragraph only.")
@click.option("--mismatch", is_flag=True, help="Ask the next article: nothing answers.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Ask a sample of N.")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Of sample and intervals.",
)
@click.option("--resume", is_flag=True, help="Go on with the interrupted run in --output.")
@json_option("Print the figures as JSON.")
@common_options
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    gold_passage: bool,
    mismatch: bool,
    **options: Any,  # noqa: ANN401 - the fields of EvaluateOptions, as click parsed them
) -> int:
    """Ask every question of QUESTIONS, a SQuAD file or JSON Lines, and measure the answers.

    Exit code: 0 fine, 1 a gate failed, 2 an error.
    """
    from bot.evaluate_command import EvaluateOptions
    from bot.evaluate_command import evaluate as run_evaluation

    if gold_passage and mismatch:
        raise click.UsageError("--gold-passage and --mismatch exclude each other.")
    settings = settings_of(context)
    mode: Mode = "gold_passage" if gold_passage else "mismatch" if mismatch else "article"
    has_article = "article" in context.meta
    return run_evaluation(EvaluateOptions(mode=mode, has_article=has_article, **options), settings)
