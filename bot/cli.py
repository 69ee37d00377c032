"""The command `article-bot`. Heavy modules are imported by the commands that need them."""

import logging
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from index.errors import ArticleBotError

if TYPE_CHECKING:
    from bot.evaluation.run import Mode
    from bot.settings import Settings

_LOGGER = logging.getLogger(__name__)
_Command = TypeVar("_Command", bound=Callable[..., Any])

_PACKAGES = ("bot", "index")
_FAILED = 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: 2 for every error, 130 after Ctrl-C."""
    with _our_log_on_standard_error():
        exit_code = _run(arguments)
    sys.exit(exit_code)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        exit_code: int = cli.main(args=arguments, prog_name="article-bot", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        exit_code = error.exit_code
    except ArticleBotError as error:
        click.secho(str(error), err=True, fg="red")
        exit_code = _FAILED
    except (KeyboardInterrupt, click.Abort):
        exit_code = _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the answers has gone; nothing more can be said, not even by the interpreter.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        exit_code = _FAILED
    except Exception:
        _LOGGER.exception("This is a bug in article-bot; please report it with these lines.")
        exit_code = _FAILED
    return exit_code


@contextmanager
def _our_log_on_standard_error() -> Iterator[None]:
    """Show what we log from warnings on; `--verbose` lowers that. Libraries' logs stay unseen."""
    handler, nowhere = logging.StreamHandler(), logging.NullHandler()
    loggers = [logging.getLogger(package) for package in _PACKAGES]
    logging.getLogger().addHandler(nowhere)  # without any, Python prints warnings itself
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(nowhere)
        for logger in loggers:
            logger.removeHandler(handler)
            logger.setLevel(logging.NOTSET)


def _set_verbose(_context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    for package in _PACKAGES if value else ():
        logging.getLogger(package).setLevel(logging.DEBUG)
    return value


def _set_article(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    # Before the command or behind it: the option nearest to the question wins.
    if value is not None:
        context.meta["article"] = value


def _common_options(command: _Command) -> _Command:
    options = (
        click.option(
            "--article",
            metavar="PATH",
            expose_value=False,
            callback=_set_article,
            help="Article to ask: a .txt or .md file.  [default: ARTICLE, or the one shipped]",
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_set_verbose,
            help="Say on standard error what is done.",
        ),
        click.version_option(version("article-bot"), message="%(prog)s %(version)s"),
        click.help_option("-h", "--help"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _settings(context: click.Context) -> "Settings":
    from bot.settings import load_settings

    settings = load_settings()
    article = context.meta.get("article")
    return settings if article is None else settings.model_copy(update={"article": article})


@click.group()
@_common_options
def cli() -> None:
    """Ask an article a question.

    Every answer is a verbatim quote of the article, with a citation; where the article does not
    say, the bot says so.
    """


@cli.command(
    short_help="Answer one question, or one a line from standard input.",
    epilog="""\b
Examples:
  article-bot ask "What did Iraq capture in late January?"
  article-bot ask --article report.md --json "Who wrote this?"
  article-bot ask --json < questions.txt > answers.jsonl
""",
)
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each answer.")
@_common_options
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], as_json: bool) -> int:
    """Answer QUESTION, or without one, one question a line from standard input.

    Exit code: 0 answered, 1 the article does not say, 2 an error. With questions from standard
    input: 0 if every line was processed, else 2.
    """
    from bot.ask import ask_lines, ask_one
    from bot.assembly import open_article, open_pipeline
    from bot.console import ConsoleReporter, screen
    from bot.pipeline import clean_question

    settings = _settings(context)
    one = " ".join(question) if question else None
    if one is not None:
        clean_question(one, settings.max_question_length)  # before seconds of loading
    article = open_article(settings)
    if one is None and sys.stdin.isatty():
        click.echo("Type one question a line; Ctrl-D ends. For a conversation: chat.", err=True)
    reporter = ConsoleReporter()
    with reporter.working("Loading the model"):
        pipeline = open_pipeline(settings, article, reporter)
    if one is not None:
        return ask_one(pipeline, one, screen(), as_json=as_json)
    return ask_lines(pipeline, sys.stdin.buffer, sys.stdout, as_json=as_json)


@cli.command(short_help="Talk to the article.")
@_common_options
@click.pass_context
def chat(context: click.Context) -> int:
    """Ask question after question. :help lists what else can be typed."""
    from bot.repl import chat as run_chat

    return run_chat(_settings(context))


@cli.command(short_help="Build or check the article's index.")
@click.option("--rebuild", is_flag=True, help="Build it even if it fits.")
@click.option("--show", is_flag=True, help="Print its passages.")
@click.option("--clean", is_flag=True, help="Remove the indexes that no longer fit anything.")
@_common_options
@click.pass_context
def index(context: click.Context, rebuild: bool, show: bool, clean: bool) -> int:
    """Build the article's index, or check the one that is saved.

    Asking builds it when it is needed; this does so beforehand.
    """
    from bot.index_command import build_or_check, remove_useless

    settings = _settings(context)
    if clean:
        return remove_useless(settings)
    return build_or_check(settings, rebuild=rebuild, show_passages=show)


@cli.command(
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
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@_common_options
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
    settings = _settings(context)
    mode: Mode = "gold_passage" if gold_passage else "mismatch" if mismatch else "article"
    has_article = "article" in context.meta
    return run_evaluation(EvaluateOptions(mode=mode, has_article=has_article, **options), settings)


@cli.command(
    short_help="Print a script that completes commands in a shell.",
    epilog="""\b
bash:  eval "$(article-bot completion bash)"   in ~/.bashrc
zsh:   eval "$(article-bot completion zsh)"    in ~/.zshrc
fish:  article-bot completion fish > ~/.config/fish/completions/article-bot.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@_common_options
def completion(shell: str) -> int:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    if completion_class is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    script = completion_class(cli, {}, "article-bot", "_ARTICLE_BOT_COMPLETE")
    click.echo(script.source())
    return 0
