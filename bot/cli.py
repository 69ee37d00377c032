"""The command `article-bot`. Heavy modules are imported by the commands that need them."""

import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.process import Commands, log_everything, run_command, write_utf_8

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from bot.evaluation.run import Mode
    from bot.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: 2 for every error, 130 after Ctrl-C."""
    sys.exit(run_command(cli, arguments))


def _set_verbose(_context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    if value:
        log_everything()
    return value


def _set_article(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    # Before the command or behind it: the option nearest to the question wins.
    if value is not None:
        context.meta["article"] = value


def _set_json(_context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    if value:
        write_utf_8()
    return value


def _complete_path(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def _common_options(command: _Command) -> _Command:
    options = (
        click.option(
            "--article",
            metavar="PATH",
            expose_value=False,
            callback=_set_article,
            shell_complete=_complete_path,
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


def _json_option(meaning: str) -> Callable[[_Command], _Command]:
    return click.option("--json", "as_json", is_flag=True, callback=_set_json, help=meaning)


def _settings(context: click.Context) -> "Settings":
    from bot.settings import load_settings

    settings = load_settings()
    article = context.meta.get("article")
    return settings if article is None else settings.model_copy(update={"article": article})


@click.group(cls=Commands)
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
@_json_option("Print one JSON object for each answer.")
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

    if clean and (rebuild or show):
        raise click.UsageError("--clean goes alone: it is about all indexes.")
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
@_json_option("Print the figures as JSON.")
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


@cli.group(short_help="Export what people thought of the answers.")
@_common_options
def feedback() -> None:
    """Work with what people in Telegram thought of the answers."""


@feedback.command(
    short_help="Write feedback as questions to evaluate with.",
    epilog="""\b
Example:
  article-bot feedback export --output feedback
  article-bot evaluate feedback/feedback.jsonl
""",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="DIR",
    required=True,
    help="Write the files there.",
)
@_common_options
@click.pass_context
def export(context: click.Context, output: Path) -> int:
    """Write what people thought of the answers about the article.

    Answers that were found good become a question set, feedback.jsonl. All others go into
    feedback.unlabelled.jsonl: fill in "answers" and take out "given" before you evaluate with it.
    """
    from bot.feedback_command import export_feedback

    return export_feedback(_settings(context), output)


@cli.command(
    short_help="Answer in Telegram.",
    epilog="""\b
Examples:
  TELEGRAM_TOKEN=123456:ABC-DEF article-bot telegram
  article-bot telegram --check
""",
)
@click.option("--check", is_flag=True, help="Look whether the bot is set up, and leave.")
@_common_options
@click.pass_context
def telegram(context: click.Context, check: bool) -> int:
    """Answer questions in Telegram, until SIGTERM or Ctrl-C.

    The token of TELEGRAM_TOKEN comes from @BotFather; .env.example lists all settings. Exit code:
    0 stopped, or all is fine with --check; 2 an error.
    """
    from bot.telegram_command import telegram as run_telegram

    return run_telegram(_settings(context), check=check)


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
