"""`article-bot ask` and `chat`."""

import sys

import click

from bot.cli.options import common_options, json_option, settings_of


def _all_option(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--all", "is_all", is_flag=True, help="Ask all articles of the library.")(
        command
    )


def _named(context: click.Context, is_all: bool) -> str | None:
    """Return the article that the command line names."""
    named: str | None = context.meta.get("article")
    if is_all and named is not None:
        raise click.UsageError("--all and --article exclude each other.")
    return named


@click.command(
    short_help="Answer one question, or one a line from standard input.",
    epilog="""\b
Examples:
  article-bot ask "What did Iraq capture in late January?"
  article-bot ask --article report.pdf --json "Who wrote this?"
  article-bot ask --all "Where was the tea house?"
  article-bot ask --json < questions.txt > answers.jsonl
""",
)
@click.argument("question", nargs=-1)
@json_option("Print one JSON object for each answer.")
@_all_option
@common_options
@click.pass_context
def ask(context: click.Context, question: tuple[str, ...], as_json: bool, is_all: bool) -> int:
    """Answer QUESTION, or without one, one question a line from standard input.

    Exit code: 0 answered, 1 the article does not say, 2 an error. With questions from standard
    input: 0 if every line was processed, else 2.
    """
    from bot.ask import ask_lines, ask_one, open_asked
    from bot.console import screen
    from bot.pipeline import clean_question

    named, settings = _named(context, is_all), settings_of(context)
    one = " ".join(question) if question else None
    if one is not None:
        clean_question(one, settings.max_question_length)  # before seconds of loading
    if one is None and sys.stdin.isatty():
        click.echo("Type one question a line; Ctrl-D ends. For a conversation: chat.", err=True)
    pipeline = open_asked(settings, named, is_all=is_all)
    if one is not None:
        return ask_one(pipeline, one, screen(), as_json=as_json)
    return ask_lines(pipeline, sys.stdin.buffer, sys.stdout, as_json=as_json)


@click.command(short_help="Talk to the article.")
@_all_option
@common_options
@click.pass_context
def chat(context: click.Context, is_all: bool) -> int:
    """Ask question after question. :help lists what else can be typed."""
    from bot.repl import chat as run_chat

    named = _named(context, is_all)
    return run_chat(settings_of(context), named, is_all=is_all)
