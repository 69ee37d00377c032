"""`article-bot index`."""

import click

from bot.cli.options import common_options, settings_of


@click.command(short_help="Build or check the article's index.")
@click.option("--rebuild", is_flag=True, help="Build it even if it fits.")
@click.option("--show", is_flag=True, help="Print its passages.")
@click.option("--clean", is_flag=True, help="Remove the indexes that no longer fit anything.")
@common_options
@click.pass_context
def index(context: click.Context, rebuild: bool, show: bool, clean: bool) -> int:
    """Build the article's index, or check the one that is saved.

    Asking builds it when it is needed; this does so beforehand.
    """
    from bot.index_command import build_or_check, remove_useless

    if clean and (rebuild or show):
        raise click.UsageError("--clean goes alone: it is about all indexes.")
    settings = settings_of(context)
    if clean:
        return remove_useless(settings)
    named = context.meta.get("article")
    return build_or_check(settings, named, rebuild=rebuild, show_passages=show)
