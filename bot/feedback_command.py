"""`article-bot feedback export`: what people thought of the answers, to evaluate with."""

import asyncio
from pathlib import Path

import click

from bot.assembly import open_article
from bot.render import counted
from bot.settings import Settings
from bot.telegram_app.feedback_export import LABELLED, UNLABELLED, export_of, write_export
from bot.telegram_app.store.records import Feedback
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path

_MEANINGS = {
    LABELLED: "whose answer was found good",
    UNLABELLED: "for a person to complete",
}


def export_feedback(settings: Settings, directory: Path) -> int:
    """Write the feedback on the article's answers, and say what was written. The bot may run.

    Args:
        settings: name the article, and the data directory with the feedback.
        directory: for the files; made if it is not there.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if the article or the feedback cannot be read, or a file not written.
    """
    article = open_article(settings)
    export = export_of(_feedback(settings.data_dir), article, directory)
    counts = {LABELLED: len(export.labelled), UNLABELLED: len(export.unlabelled)}
    written = write_export(export, directory)
    for path in written:
        click.echo(f"{counted(counts[path.name], 'question')} {_MEANINGS[path.name]}: {path}")
    if not written:
        click.echo("There is no feedback on this article yet; nothing was written.")
    if export.left_out:
        click.echo(
            f"Left out: {counted(export.left_out, 'answer')} about another article, or an earlier "
            "version of this one. Name it with --article."
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
