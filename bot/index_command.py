"""`article-bot index`: building, checking and cleaning indexes."""

import click

from bot.assembly import embedding_model, index_settings, open_article
from bot.console import ConsoleReporter, screen, show
from bot.render import counted, passage_listing
from bot.settings import Settings
from index.index_store import IndexStore


def build_or_check(settings: Settings, *, rebuild: bool, show_passages: bool) -> int:
    """Build the article's index, or check the saved one, and say what it holds.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if there is no index afterwards.
    """
    article = open_article(settings)
    model = embedding_model(settings)
    reporter = ConsoleReporter()
    store, wanted = IndexStore(settings.data_dir, reporter), index_settings(settings)
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
        IndexStoreError: if one cannot be removed.
    """
    removed = IndexStore(settings.data_dir).clean()
    for directory in removed:
        click.echo(f"Removed {directory}")
    if not removed:
        click.echo("Nothing to remove: every index fits its article.")
    return 0
