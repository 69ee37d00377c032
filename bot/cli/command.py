"""The command itself: a group of the commands that the modules beside it define."""

import sys
from collections.abc import Sequence

import click

from bot.cli.asking import ask, chat
from bot.cli.completing import completion
from bot.cli.evaluating import evaluate
from bot.cli.indexing import index
from bot.cli.library import add, list_, remove, use
from bot.cli.options import common_options
from bot.cli.serving import feedback, telegram
from bot.process import Commands, run_command


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit code: 2 for every error, 130 after Ctrl-C."""
    sys.exit(run_command(cli, arguments))


@click.group(cls=Commands)
@common_options
def cli() -> None:
    """Ask an article a question.

    Every answer is a verbatim quote of the article, with a citation; where the article does not
    say, the bot says so.
    """


_LIBRARY = (add, list_, remove, use)
for _command in (ask, chat, completion, evaluate, feedback, index, telegram, *_LIBRARY):
    cli.add_command(_command)
