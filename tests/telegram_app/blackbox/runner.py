"""The real command with a scripted pipeline: `python -m tests.telegram_app.blackbox.runner …`."""

import os
import sys

from telegram.ext import AIORateLimiter

import bot.assembly
import bot.telegram_app.bot_client
from bot.pipeline import QAPipeline
from bot.settings import Settings
from index.article import Article
from index.reporter import Reporter
from tests.telegram_app.blackbox.scripted_pipeline import (
    NO_LIMITS,
    READ_SECONDS,
    scripted_pipeline,
)


def open_scripted(settings: Settings, article: Article, reporter: Reporter) -> QAPipeline:
    return scripted_pipeline(article)


class Unlimited(AIORateLimiter):
    """Lets every request pass at once: how fast the bot itself is."""

    def __init__(self) -> None:
        super().__init__(overall_max_rate=0, group_max_rate=0)


if __name__ == "__main__":
    # Before anything of the app is imported: whoever wants a pipeline is given this one.
    bot.assembly.open_pipeline = open_scripted
    if READ_SECONDS in os.environ:
        bot.telegram_app.bot_client._READ_SECONDS = float(os.environ[READ_SECONDS])
    if NO_LIMITS in os.environ:
        bot.telegram_app.bot_client.MessageRateLimiter = Unlimited  # type: ignore
    from bot.cli import main

    main(sys.argv[1:])
