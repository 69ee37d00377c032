"""`article-bot index`: building, checking and cleaning indexes."""

import click

from bot.assembly import embedding_model, index_settings
from bot.choosing import Chooser
from bot.console import ConsoleReporter, screen, show
from bot.render import counted, passage_listing
from bot.settings import Settings
from index.index_store import IndexStore
from index.library.indexes import clean_indexes, library_indexes
from index.library.library import Library


def build_or_check(
    settings: Settings, named: str | None, *, rebuild: bool, show_passages: bool
) -> int:
    """Build the article's index, or check the saved one, and say what it holds.

    Args:
        settings: of the index and the library.
        named: the article that the command line names, if any.
        rebuild: build it even if it fits.
        show_passages: print them.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if there is no index afterwards.
    """
    model, wanted = embedding_model(settings), index_settings(settings)
    reporter = ConsoleReporter()
    with reporter.working("Reading"):
        chosen = Chooser(settings, Library(settings.data_dir), reporter).choose(named)
    article, open_store = chosen.article, library_indexes if chosen.entry else IndexStore
    store = open_store(settings.data_dir, reporter)
    with reporter.working("Loading the model"):
        saved = None if rebuild else store.load(article, model, wanted)
        index = saved or store.build(article, model, wanted, rebuild=rebuild)
    console = screen()
    if show_passages:
        for number, passage in enumerate(index.passages, 1):
            show(console, passage_listing(number, passage))
    what_happened = "built" if saved is None else "fits"
    click.echo(
        f"Index {what_happened}: {counted(len(index.passages), 'passage')}, "
        f"{counted(len(index.sentence_vectors), 'sentence')} of {article.title or article.source} "
        f"({model.name})."
    )
    return 0


def remove_useless(settings: Settings) -> int:
    """Remove the indexes that no longer fit anything, and name them.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if the library cannot be read, or an index not removed.
    """
    removed = clean_indexes(settings.data_dir)
    for directory in removed:
        click.echo(f"Removed {directory}")
    if not removed:
        click.echo("Nothing to remove: every index fits its article.")
    return 0
