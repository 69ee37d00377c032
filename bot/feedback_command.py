"""`article-bot feedback export`: what people thought of the answers, to evaluate with."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from bot.assembly import open_article
from bot.render import counted
from bot.settings import Settings
from bot.telegram_app.answer_record import by_bytes
from bot.telegram_app.chat_articles import own_articles
from bot.telegram_app.feedback_export import LABELLED, UNLABELLED, export_of, write_export
from bot.telegram_app.store.records import Feedback
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from index.article import Article
from index.library.article_json import article_id
from index.library.library import Library

_MEANINGS = {
    LABELLED: "whose answer was found good",
    UNLABELLED: "for a person to complete",
}


def export_feedback(settings: Settings, directory: Path) -> int:
    """Write the feedback on answers, and say what was written. The bot may run.

    Articles of chats that were asked are written beside it.

    Args:
        settings: name the article, and the data directory with the feedback.
        directory: for the files; made if it is not there.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if the article or the feedback cannot be read, or a file not written.
    """
    article, library = open_article(settings), Library(settings.data_dir)
    default = {article_id(article): article, by_bytes(article): article}

    def known(chat_id: int, references: Sequence[str]) -> Mapping[str, Article]:
        if default.keys() >= set(references):
            return default
        return {**own_articles(library, chat_id, references), **default}

    export = export_of(_feedback(settings.data_dir), known, article, directory)
    counts = {LABELLED: len(export.labelled), UNLABELLED: len(export.unlabelled)}
    written = write_export(export, directory)
    for path in written:
        click.echo(f"{counted(counts[path.name], 'question')} {_MEANINGS[path.name]}: {path}")
    if not written:
        click.echo("There is no feedback yet; nothing was written.")
    if export.left_out:
        click.echo(
            f"Left out: {counted(export.left_out, 'answer')} about several articles, or about one "
            "that is not there any more. Another default article is named with --article."
        )
    return 0


def _feedback(data_dir: Path) -> list[Feedback]:
    path = store_path(data_dir)
    # Opening a store makes it: not where no bot has run yet.
    return asyncio.run(_read(path)) if path.exists() else []


async def _read(path: Path) -> list[Feedback]:
    store = SqliteStore.open(path)
    try:
        return await store.feedback()
    finally:
        await store.close()
