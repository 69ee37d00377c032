"""`article-bot add`, `list`, `remove` and `use`: the articles of the terminal's own."""

import json
from dataclasses import replace
from typing import Any

import click

from bot.article_card import entries_table, length
from bot.article_pipelines import ArticlePipelines
from bot.console import ConsoleReporter, screen, show
from bot.reading import read_source
from bot.settings import Settings
from index.article import Article
from index.errors import ArticleError
from index.library.address import absolute_source
from index.library.entry import TERMINAL, Added, Entry
from index.library.library import Library

JSON_SCHEMA_VERSION = 1

_OUTCOMES = {"new": "Added", "known": "Known already", "changed": "Changed since, and read again"}


def add(settings: Settings, source: str, name: str | None) -> int:
    """Read a source, index it, and then put it into the library; tell what was read.

    Args:
        settings: of the library and the models.
        source: a path or an address.
        name: what to call it; made of the title if None.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if it cannot be read, indexed or kept; the library is then as it was.
    """
    reporter = ConsoleReporter()
    added, article = add_source(settings, source, name, reporter)
    for notice in article.notices:
        click.echo(notice)
    entry = added.entry
    size = length(entry.words, entry.paragraphs)
    click.echo(f"{_OUTCOMES[added.outcome]}: {entry.name}.")
    click.echo(f'{size}. Ask away: article-bot ask --article {_quoted(entry.name)} "…"')
    return 0


def add_source(
    settings: Settings, source: str, name: str | None, reporter: ConsoleReporter
) -> tuple[Added, Article]:
    """Read a source, index it, and then put it into the library.

    The index first: an article that is in the library can be asked at once.

    Args:
        settings: of the library and the models.
        source: a path or an address.
        name: what to call it; made of the title if None.
        reporter: is told of the progress.

    Returns:
        What adding it came to, and what was read.

    Raises:
        ArticleBotError: if it cannot be read, indexed or kept; the library is then as it was.
    """
    library = Library(settings.data_dir)
    pipelines = ArticlePipelines(settings, library, reporter)
    with reporter.working("Reading"):
        article = replace(read_source(settings, source), source=absolute_source(source))
    library.refuse_name(article, TERMINAL, name)
    earlier = library.at_address(TERMINAL, article.source)
    reporter.notice(f"Read {length(article.word_count, _paragraphs(article))}; indexing.")
    with reporter.working("Loading the model"):
        pipelines.prepare(article, earlier)
    return library.add(article, TERMINAL, name=name), article


def list_articles(settings: Settings, *, as_json: bool) -> int:
    """List the articles, the newest first.

    Returns:
        The exit code 0.

    Raises:
        LibraryError: if the library cannot be read.
    """
    library = Library(settings.data_dir)
    entries, used = library.entries(TERMINAL), library.used(TERMINAL)
    if as_json:
        click.echo(json.dumps(entries_to_json(entries, used), ensure_ascii=False))
    elif entries:
        show(screen(), entries_table(entries, used))
    else:
        click.echo("There are no articles yet. Add one: article-bot add SOURCE")
    return 0


def entries_to_json(entries: tuple[Entry, ...], used: Entry | None) -> dict[str, Any]:
    """Return a list of articles in the form that `bot/schemas/articles.schema.json` promises."""
    return {
        "schema": JSON_SCHEMA_VERSION,
        "articles": [
            {
                "id": entry.id,
                "name": entry.name,
                "title": entry.title,
                "url": entry.url,
                "source": entry.source,
                "site": entry.site,
                "words": entry.words,
                "paragraphs": entry.paragraphs,
                "published": entry.published.isoformat() if entry.published else None,
                "language": entry.language,
                "added_at": entry.added_at.isoformat(timespec="seconds"),
                "used": used is not None and used.id == entry.id,
            }
            for entry in entries
        ],
    }


def remove(settings: Settings, reference: str) -> int:
    """Remove an article, its text and its index.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if nothing is called so, or it cannot be removed.
    """
    library = Library(settings.data_dir)
    entry = named_entry(library, reference)
    library.remove(TERMINAL, entry)
    click.echo(f"Removed {entry.name}.")
    return 0


def use(settings: Settings, reference: str | None) -> int:
    """Have questions go to an article from now on, or to the default one.

    Args:
        settings: of the library.
        reference: what the article is called; None for the default one.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if nothing is called so, or the library cannot be used.
    """
    library = Library(settings.data_dir)
    if reference is None:
        if library.used(TERMINAL) is not None:
            library.use(TERMINAL, None)
        click.echo(f"Questions go to {settings.article or 'the default article'}.")
        return 0
    entry = named_entry(library, reference)
    library.use(TERMINAL, entry)
    click.echo(f"Questions go to {entry.name}. Back: article-bot use --default")
    return 0


def named_entry(library: Library, reference: str) -> Entry:
    """Return the terminal's article that is called so.

    Raises:
        ArticleError: if there is none.
    """
    entry = library.find(TERMINAL, reference)
    if entry is None:
        raise ArticleError(
            f"No article in the library is called {reference}. See the names with: article-bot list"
        )
    return entry


def _paragraphs(article: Article) -> int:
    return sum(part.kind == "text" for part in article.paragraphs)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
