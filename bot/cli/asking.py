"""`article-bot ask` and `chat`."""

import sys

import click

from bot.cli.options import common_options, json_option, settings_of


@click.command(
    short_help="Answer one question, or one a line from standard input.",
    epilog="""\b
Examples:
  article-bot ask "What did Iraq capture in late January?"
  article-bot ask --article report.md --json "Who wrote this?"
  article-bot ask --json < questions.txt > answers.jsonl
""",
)
@click.argument("question", nargs=-1)
@json_option("Print one JSON object for each answer.")
@common_options
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

    settings = settings_of(context)
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


@click.command(short_help="Talk to the article.")
@common_options
@click.pass_context
def chat(context: click.Context) -> int:
    """Ask question after question. :help lists what else can be typed."""
    from bot.repl import chat as run_chat

    return run_chat(settings_of(context))
