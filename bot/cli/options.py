"""What the commands have in common: the options that each of them takes, and the settings."""

from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.process import log_everything, write_utf_8

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from bot.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _set_verbose(_context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    if value:
        log_everything()
    return value


def _set_article(context: click.Context, _parameter: click.Parameter, value: str | None) -> None:
    # Before the command or behind it: the option nearest to the question wins.
    if value is not None:
        context.meta["article"] = value


def _set_json(_context: click.Context, _parameter: click.Parameter, value: bool) -> bool:
    if value:
        write_utf_8()
    return value


def _complete_path(
    _context: click.Context, _parameter: click.Parameter, incomplete: str
) -> list["CompletionItem"]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def common_options(command: _Command) -> _Command:
    """Add the options that every command takes."""
    options = (
        click.option(
            "--article",
            metavar="SOURCE",
            expose_value=False,
            callback=_set_article,
            shell_complete=_complete_path,
            help="Article to ask: a path, an address, or its name in the library.  "
            "[default: the one in use, ARTICLE, or the one shipped]",
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_set_verbose,
            help="Say on standard error what is done.",
        ),
        click.version_option(version("article-bot"), message="%(prog)s %(version)s"),
        click.help_option("-h", "--help"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def json_option(meaning: str) -> Callable[[_Command], _Command]:
    """Return what adds `--json` to a command, with this help."""
    return click.option("--json", "as_json", is_flag=True, callback=_set_json, help=meaning)


def settings_of(context: click.Context) -> "Settings":
    """Return the settings of this environment, with the article that the command line names."""
    from bot.settings import load_settings

    settings = load_settings()
    article = context.meta.get("article")
    return settings if article is None else settings.model_copy(update={"article": article})
