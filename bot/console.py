"""The terminal: colour and width, one line for what a person should know, a bar for long work."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from rich.console import Console, RenderableType
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from bot.render import Look
from index.reporter import Reporter

# Work that is done sooner shows nothing: a flash on the screen only disturbs.
_SECONDS_BEFORE_SHOWN = 1.0
# Wider than any line, in columns.
_UNWRAPPED = 10_000_000


def screen() -> Console:
    """Return standard output: coloured in a terminal, plain in a pipe."""
    return Console(highlight=False)


def look_of(console: Console) -> Look:
    """Return what a screen can show: nothing but text in a pipe, or where nobody wants colours.

    Most terminals follow links, and most others pass over them (OSC 8); Linux's own prints them.
    """
    marks = console.is_terminal and console.color_system is not None and not console.no_color
    return Look(marks=marks, links=marks and os.environ.get("TERM") != "linux")


def show(console: Console, shown: RenderableType) -> None:
    """Print something: wrapped to a terminal's width, never wrapped or cut in a pipe."""
    if console.is_terminal:
        console.print(shown)
        return
    unwrapped = Console(file=StringIO(), width=_UNWRAPPED, highlight=False)
    with unwrapped.capture() as captured:
        unwrapped.print(shown)
    # What is laid out in columns is padded; a pipe has no use for that.
    lines = captured.get().removesuffix("\n").split("\n")
    console.file.writelines(f"{line.rstrip()}\n" for line in lines)
    console.file.flush()


class ConsoleReporter(Reporter):
    """Reports on standard error, so that answers can be piped on."""

    def __init__(self) -> None:
        """Report on standard error."""
        self._console = Console(stderr=True, highlight=False)
        self._progress: Progress | None = None
        self._latest: tuple[int, int, str] | None = None

    def notice(self, message: str) -> None:
        """Print one line."""
        self._console.print(Text(message, style="yellow"), soft_wrap=True)

    def progress(self, done: int, total: int, activity: str = "Embedding") -> None:
        """Move the bar, if there is one on the screen."""
        self._latest = done, total, activity
        progress = self._progress  # `working` may end in another thread meanwhile
        if progress is not None:
            for task in progress.task_ids:
                progress.update(
                    task,
                    completed=done,
                    total=total,
                    description=activity,
                    extent=f"{done:,} of {total:,}",
                )

    @contextmanager
    def working(self, description: str) -> Iterator[None]:
        """Show that work goes on, once it has taken a second, and only where a line can be redrawn.

        Args:
            description: what is done, before its extent is known.
        """
        if not self._console.is_terminal or self._console.is_dumb_terminal:
            yield
            return
        progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[extent]}"),
            TimeRemainingColumn(),
            console=self._console,
            transient=True,
        )
        progress.add_task(description, total=None, extent="")
        self._progress = progress
        if self._latest is not None:
            self.progress(*self._latest)
        timer = threading.Timer(_SECONDS_BEFORE_SHOWN, progress.start)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            progress.stop()
            self._progress = self._latest = None
