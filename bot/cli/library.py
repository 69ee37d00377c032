"""`article-bot add`, `list`, `remove` and `use`."""

from typing import TYPE_CHECKING

import click

from bot.cli.options import common_options, json_option, settings_of

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete_name(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    from click.shell_completion import CompletionItem

    from bot.settings import load_settings
    from index.errors import ArticleBotError
    from index.library.entry import TERMINAL
    from index.library.library import Library

    try:
        entries = Library(load_settings().data_dir).entries(TERMINAL)
    except ArticleBotError:
        return []
    return [
        CompletionItem(entry.name, help=entry.title)
        for entry in entries
        if entry.name.lower().startswith(incomplete.lower())
    ]


@click.command(
    short_help="Add an article: a web page, a PDF, a text.",
    epilog="""\b
Examples:
  article-bot add https://example.org/news/tea-houses
  article-bot add report.pdf --name report
  article-bot ask --article report "How many rooms are there?"
""",
)
@click.argument("source")
@click.option("--name", metavar="NAME", help="What to call it.  [default: made of the title]")
@common_options
@click.pass_context
def add(context: click.Context, source: str, name: str | None) -> int:
    """Read SOURCE, an address or a path, and keep it to be asked.

    What was at the same address before is replaced. Until the end, nothing has changed.
    """
    from bot.library_command import add as add_article

    return add_article(settings_of(context), source, name)


@click.command("list", short_help="List the articles that were added.")
@json_option("Print them as JSON.")
@common_options
@click.pass_context
def list_(context: click.Context, as_json: bool) -> int:
    """List the articles, the newest first; an asterisk marks the one in use."""
    from bot.library_command import list_articles

    return list_articles(settings_of(context), as_json=as_json)


@click.command(short_help="Remove an article that was added.")
@click.argument("name", shell_complete=_complete_name)
@common_options
@click.pass_context
def remove(context: click.Context, name: str) -> int:
    """Remove the article NAME, or with this id or address, from the library.

    The file or page that it was read from stays.
    """
    from bot.library_command import remove as remove_article

    return remove_article(settings_of(context), name)


@click.command(short_help="Ask another article from now on.")
@click.argument("name", required=False, shell_complete=_complete_name)
@click.option("--default", "is_default", is_flag=True, help="Ask ARTICLE, or the one shipped.")
@common_options
@click.pass_context
def use(context: click.Context, name: str | None, is_default: bool) -> int:
    """Have ask, chat and index work with the article NAME from now on.

    --article wins over it.
    """
    from bot.library_command import use as use_article

    if is_default == (name is not None):
        raise click.UsageError("Name one article, or --default.")
    return use_article(settings_of(context), name)
