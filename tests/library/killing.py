# ruff: noqa: ANN401 - doubles stand in for files and functions of every kind
"""What another process does in the tests of crashes: it changes a library and is killed meanwhile.

Every step that reaches the disk is counted: making, renaming and removing files, writing and
flushing them, and each statement that SQLite runs. The process is killed before the step with a
given number, and thereby behind the one before it.
"""

import os
import shutil
import signal
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import bm25s  # noqa: F401 - imported once, not in each process that is forked from this one
import faiss  # noqa: F401
import Stemmer  # noqa: F401

from index.article import Article
from index.embedding import HashedWordsModel
from index.library.entry import TERMINAL
from index.library.indexes import library_indexes
from index.library.library import Library
from index.passage_index import IndexSettings, PassageIndex
from index.reporter import Reporter
from tests.library.articles import article_of

ADDRESS = "https://tea.example/house"
BEFORE = article_of("The tea house opened in 1921. It has nine rooms.", ADDRESS)
AFTER = article_of("The tea house opened in 1921. It has ten rooms now.", ADDRESS)
OTHER = article_of("The mine closed in 1967.", "/coal.txt")


def open_index(data_dir: Path, article: Article, earlier: Article | None = None) -> PassageIndex:
    store = library_indexes(data_dir, Reporter())
    return store.open(article, HashedWordsModel(), IndexSettings(), earlier=earlier)


def add_new(data_dir: Path) -> None:
    open_index(data_dir, BEFORE)
    Library(data_dir).add(BEFORE, TERMINAL)


def add_changed(data_dir: Path) -> None:
    open_index(data_dir, AFTER, BEFORE)
    Library(data_dir).add(AFTER, TERMINAL)


def add_known(data_dir: Path) -> None:
    open_index(data_dir, BEFORE)
    Library(data_dir).add(replace(BEFORE, published_text="Menu\nMore"), TERMINAL)


def remove(data_dir: Path) -> None:
    library = Library(data_dir)
    entry = library.find(TERMINAL, ADDRESS)
    assert entry is not None
    library.remove(TERMINAL, entry)


WORK: dict[str, Callable[[Path], None]] = {
    "add_new": add_new,
    "add_changed": add_changed,
    "add_known": add_known,
    "remove": remove,
}


def killed_at(step: int, work: str, data_dir: Path) -> None:
    """Do some work and be killed at this step of it; end with 0 if it takes fewer."""
    count_steps(Killer(step))
    WORK[work](data_dir)


class Killer:
    """Kills the process when it has counted so far."""

    def __init__(self, step: int) -> None:
        self._left = step

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def add_together(data_dir: Path, barrier: Any, outcomes: Any) -> None:
    """Wait for the others, then index and add the same article, and tell what that came to."""
    barrier.wait()
    open_index(data_dir, BEFORE)
    outcomes.put(Library(data_dir).add(BEFORE, TERMINAL).outcome)


def count_steps(at_step: Callable[[], None]) -> None:
    """Have something called before every step that reaches the disk, from now on."""
    # What a killed process wrote is not lost: only a power cut takes what was not flushed.
    os.fsync = lambda _descriptor: at_step()
    for owner, name in (
        (os, "rename"),
        (os, "replace"),
        (os, "unlink"),
        (os, "mkdir"),
        (os, "rmdir"),
        (shutil, "rmtree"),
    ):
        setattr(owner, name, _counted(getattr(owner, name), at_step))
    opened = Path.open

    def open_and_write_half(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        file = opened(self, mode, *rest, **named)
        if "w" not in mode:
            return file
        at_step()
        return _HalfWritten(file, at_step)

    Path.open = open_and_write_half  # type: ignore[assignment, method-assign]

    class CountedConnection(sqlite3.Connection):
        def execute(self, *arguments: Any) -> sqlite3.Cursor:
            at_step()
            return super().execute(*arguments)

        def close(self) -> None:
            at_step()
            super().close()

    connect = sqlite3.connect
    sqlite3.connect = lambda *rest, **named: connect(  # type: ignore[assignment]
        *rest, factory=CountedConnection, **named
    )


def _counted(do: Callable[..., Any], at_step: Callable[[], None]) -> Callable[..., Any]:
    def counted(*arguments: Any, **named: Any) -> Any:
        at_step()
        return do(*arguments, **named)

    return counted


class _HalfWritten:
    """A file that has only half of it when the process is killed while it writes."""

    def __init__(self, file: Any, at_step: Callable[[], None]) -> None:
        self._file = file
        self._at_step = at_step

    def write(self, written: Any) -> int:
        half = len(written) // 2
        self._file.write(written[:half])
        self._file.flush()
        self._at_step()
        self._file.write(written[half:])
        return len(written)

    def __enter__(self) -> "_HalfWritten":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def add_and_remove(data_dir: Path, times: int) -> None:
    """Add an article, change it and remove it, again and again."""
    for _ in range(times):
        Library(data_dir).add(BEFORE, TERMINAL)
        Library(data_dir).add(AFTER, TERMINAL)
        remove(data_dir)
