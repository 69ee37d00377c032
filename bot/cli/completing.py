"""`article-bot completion`."""

import click

from bot.cli.options import common_options


@click.command(
    short_help="Print a script that completes commands in a shell.",
    epilog="""\b
bash:  eval "$(article-bot completion bash)"   in ~/.bashrc
zsh:   eval "$(article-bot completion zsh)"    in ~/.zshrc
fish:  article-bot completion fish > ~/.config/fish/completions/article-bot.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@common_options
@click.pass_context
def completion(context: click.Context, shell: str) -> int:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    completion_class = get_completion_class(shell)
    if completion_class is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    script = completion_class(
        context.find_root().command, {}, "article-bot", "_ARTICLE_BOT_COMPLETE"
    )
    click.echo(script.source())
    return 0
