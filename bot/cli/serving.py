"""`article-bot telegram`, and what people there thought of the answers."""

from pathlib import Path

import click

from bot.cli.options import common_options, settings_of


@click.group(short_help="Export what people thought of the answers.")
@common_options
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
@common_options
@click.pass_context
def export(context: click.Context, output: Path) -> int:
    """Write what people thought of the answers about the article.

    Answers that were found good become a question set, feedback.jsonl. All others go into
    feedback.unlabelled.jsonl: fill in "answers" and take out "given" before you evaluate with it.
    """
    from bot.feedback_command import export_feedback

    return export_feedback(settings_of(context), output)


@click.command(
    short_help="Answer in Telegram.",
    epilog="""\b
Examples:
  TELEGRAM_TOKEN=123456:ABC-DEF article-bot telegram
  article-bot telegram --check
""",
)
@click.option("--check", is_flag=True, help="Look whether the bot is set up, and leave.")
@common_options
@click.pass_context
def telegram(context: click.Context, check: bool) -> int:
    """Answer questions in Telegram, until SIGTERM or Ctrl-C.

    The token of TELEGRAM_TOKEN comes from @BotFather; .env.example lists all settings. Exit code:
    0 stopped, or all is fine with --check; 2 an error.
    """
    from bot.telegram_command import telegram as run_telegram

    return run_telegram(settings_of(context), check=check)
