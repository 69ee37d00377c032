"""Draws a real conversation with the default article as the README shows it.

python -m tests.bench.conversation_picture tests/bench/conversation.svg
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

from bot.console import ConsoleReporter
from bot.repl import Repl
from bot.settings import load_settings
from bot.shelf import Shelf

_LINES = (
    "Who wrote this?",
    "How many people have been displaced from Mosul?",
    ":source 1",
    "How many months have they been fighting for Mosul?",
    "What is Lise Grande's job?",
    "How tall is the Eiffel Tower?",
)
_WIDTH = 92


def main(path: str) -> None:
    reporter = ConsoleReporter()
    shelf = Shelf(load_settings(), reporter)
    console = Console(
        record=True, width=_WIDTH, force_terminal=True, file=io.StringIO(), highlight=False
    )
    Repl(shelf.use(""), shelf, reporter, console).run(_typed(console))
    svg = console.export_svg(title="article-bot chat", theme=MONOKAI, unique_id="conversation")
    # The picture opens offline: the viewer's own monospaced font will do.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    Path(path).write_text(svg, encoding="utf-8")


def _typed(console: Console) -> Iterator[str]:
    for line in _LINES:
        console.print(Text(f"> {line}", style="bold green"))
        yield line


if __name__ == "__main__":
    main(*sys.argv[1:])
