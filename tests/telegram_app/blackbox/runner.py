"""The real command with a scripted pipeline: `python -m tests.telegram_app.blackbox.runner …`."""

import os
import sys

from telegram.ext import AIORateLimiter

import bot.assembly
import bot.telegram_app.bot_client
from bot.assembly import Parts
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.protocol import Reader
from bot.reader.sentence_reader import SentenceReader
from bot.settings import Settings
from index.article import Article
from index.embedding import EmbeddingModel
from index.retriever import Retriever
from tests.telegram_app.blackbox.scripted_pipeline import (
    NO_LIMITS,
    READ_SECONDS,
    ScriptedModel,
    ScriptedReader,
)


def scripted_model(settings: Settings) -> EmbeddingModel:
    return ScriptedModel()


def no_reader(settings: Settings) -> Reader:
    return SentenceReader(min_score=-1)


def scripted_pipeline_of(settings: Settings, article: Article, parts: Parts) -> QAPipeline:
    retriever = Retriever(parts.index, parts.model)
    return QAPipeline(article, retriever, ScriptedReader(article), AnswerLimits())


class Unlimited(AIORateLimiter):
    """Lets every request pass at once: how fast the bot itself is."""

    def __init__(self) -> None:
        super().__init__(overall_max_rate=0, group_max_rate=0)


if __name__ == "__main__":
    # Whatever puts a pipeline together does it with these.
    bot.assembly.embedding_model = scripted_model
    bot.assembly.reader_of = no_reader
    bot.assembly.pipeline_of = scripted_pipeline_of  # type: ignore[assignment]
    if READ_SECONDS in os.environ:
        bot.telegram_app.bot_client._READ_SECONDS = float(os.environ[READ_SECONDS])
    if NO_LIMITS in os.environ:
        bot.telegram_app.bot_client.MessageRateLimiter = Unlimited  # type: ignore
    from bot.cli import main

    main(sys.argv[1:])
