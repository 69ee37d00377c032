"""The command `article-bot`. Heavy modules are imported by the commands that need them."""

from bot.cli.command import cli, main

__all__ = ["cli", "main"]
