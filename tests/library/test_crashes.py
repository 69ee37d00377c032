# ruff: noqa: ANN401 - doubles stand in for files and functions of every kind
"""Killed at any moment, with a full disk, or several at once: the library is whole."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from index.article import Article
from index.errors import ArticleBotError
from index.library import database
from index.library.entry import TERMINAL
from index.library.errors import LibraryError
from index.library.library import Library
from tests.library import killing
from tests.library.killing import ADDRESS, AFTER, BEFORE, OTHER, WORK, open_index

# Processes that are forked from one that has imported everything, and done nothing else.
PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.library.killing"])

# What there may be of the article afterwards: what there was before the work, or what it makes.
POSSIBLE: dict[str, tuple[Article | None, Article | None]] = {
    "add_new": (None, BEFORE),
    "add_changed": (BEFORE, AFTER),
    "add_known": (BEFORE, replace(BEFORE, published_text="Menu\nMore")),
    "remove": (BEFORE, None),
}


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out waiting for the disk: no test here cuts the power."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)


@pytest.fixture(scope="module", autouse=True)
def one_import() -> None:
    """Start the process that the others are forked from, where it finds what it imports."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        ensure_running()


def killed_at(step: int, work: str, data_dir: Path) -> bool:
    """Do some work in another process; return whether it was killed."""
    process = PROCESSES.Process(target=killing.killed_at, args=(step, work, data_dir))
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    assert code in (0, -SIGKILL)
    return code == -SIGKILL


def prepare(data_dir: Path, work: str) -> None:
    """Put into a library what the work begins with, and another article beside it."""
    library = Library(data_dir)
    for article in (OTHER,) if work == "add_new" else (OTHER, BEFORE):
        library.add(article, TERMINAL)
        open_index(data_dir, article)


def article_at_address(data_dir: Path) -> Article | None:
    library = Library(data_dir)
    entry = library.find(TERMINAL, ADDRESS)
    return None if entry is None else library.article(entry)


def everything(data_dir: Path) -> list[str]:
    """Return the names of all files but locks, and of the indexes."""
    files = (path for path in data_dir.rglob("*") if "indexes" not in path.parts)
    names = [path.name for path in (*files, *(data_dir / "indexes").iterdir())]
    return sorted(name for name in names if not name.endswith(".lock"))


def check_whole(data_dir: Path, work: str) -> None:
    assert article_at_address(data_dir) in POSSIBLE[work]
    library = Library(data_dir)
    (other,) = (entry for entry in library.entries(TERMINAL) if entry.name == "coal")
    assert library.article(other) == OTHER


def do_again(data_dir: Path, work: str) -> None:
    if work == "remove" and article_at_address(data_dir) is None:
        Library(data_dir).forget("chat:1")  # whatever is changed next sweeps up
    else:
        WORK[work](data_dir)
    assert article_at_address(data_dir) == POSSIBLE[work][1]


@pytest.mark.parametrize("work", list(WORK))
def test_killed_at_any_step_the_article_is_there_or_not(work: str, tmp_path: Path) -> None:
    before, finished = tmp_path / "before", tmp_path / "finished"
    prepare(before, work)
    shutil.copytree(before, finished)
    WORK[work](finished)
    step = 1
    while True:
        data_dir = tmp_path / "killed"
        shutil.copytree(before, data_dir)
        was_killed = killed_at(step, work, data_dir)
        check_whole(data_dir, work)
        do_again(data_dir, work)
        assert everything(data_dir) == everything(finished)
        shutil.rmtree(data_dir)
        if not was_killed:
            break
        step += 1
    assert step > 20  # it was interrupted often, not just at its ends


def full_from(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the disk take nothing more from this step on."""
    left = step

    def refuse_when_full() -> None:
        nonlocal left
        left -= 1
        if left <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    opened = Path.open

    def open_file(self: Path, mode: str = "r", *rest: Any, **named: Any) -> Any:
        file = opened(self, mode, *rest, **named)
        return _Refusing(file, refuse_when_full) if "w" in mode else file

    monkeypatch.setattr(Path, "open", open_file)
    monkeypatch.setattr(os, "fsync", lambda _descriptor: refuse_when_full())
    monkeypatch.setattr(os, "mkdir", _refusing(os.mkdir, refuse_when_full))


def _refusing(do: Callable[..., Any], refuse: Callable[[], None]) -> Callable[..., Any]:
    def refusing(*arguments: Any, **named: Any) -> Any:
        refuse()
        return do(*arguments, **named)

    return refusing


class _Refusing:
    def __init__(self, file: Any, refuse: Callable[[], None]) -> None:
        self._file = file
        self._refuse = refuse

    def write(self, written: Any) -> int:
        self._file.write(written[: len(written) // 2])
        self._refuse()
        self._file.write(written[len(written) // 2 :])
        return len(written)

    def __enter__(self) -> "_Refusing":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@pytest.mark.parametrize("work", ["add_new", "add_changed", "add_known"])
def test_a_full_disk_leaves_the_library_as_it_was_and_is_told(
    work: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tmp_path / "before"
    prepare(before, work)
    step, refused = 1, 0
    while True:
        data_dir = tmp_path / "full"
        shutil.copytree(before, data_dir)
        with monkeypatch.context() as full:
            full_from(step, full)
            try:
                WORK[work](data_dir)
            except ArticleBotError as error:
                assert "No space left on device" in str(error)
                refused += 1
            else:
                break
        assert article_at_address(data_dir) == POSSIBLE[work][0]
        do_again(data_dir, work)
        shutil.rmtree(data_dir)
        step += 1
    assert refused > 1


def test_a_database_that_cannot_grow_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path)
    entry = library.add(BEFORE, TERMINAL).entry
    prepared = database.LibraryDatabase._prepare

    def full(self: database.LibraryDatabase, connection: sqlite3.Connection) -> None:
        prepared(self, connection)
        connection.execute("PRAGMA max_page_count = 1")

    huge = replace(OTHER, source=f"/{'x' * 1_000_000}.txt")
    with monkeypatch.context() as small:
        small.setattr(database.LibraryDatabase, "_prepare", full)
        with pytest.raises(LibraryError, match="database or disk is full. Check DATA_DIR"):
            library.add(huge, TERMINAL)

    assert library.entries(TERMINAL) == (entry,)
    assert library.add(huge, TERMINAL).outcome == "new"


def test_several_processes_that_add_the_same_article_share_it(tmp_path: Path) -> None:
    count = 4
    barrier, outcomes = PROCESSES.Barrier(count), PROCESSES.Queue()
    processes = [
        PROCESSES.Process(target=killing.add_together, args=(tmp_path, barrier, outcomes))
        for _ in range(count)
    ]
    for process in processes:
        process.start()
    found = sorted(outcomes.get(timeout=60) for _ in range(count))
    for process in processes:
        process.join()
        assert process.exitcode == 0

    assert found == ["known"] * (count - 1) + ["new"]
    assert article_at_address(tmp_path) == BEFORE
    assert len(Library(tmp_path).entries(TERMINAL)) == 1
    assert len(list((tmp_path / "articles").iterdir())) == 1


def test_a_reader_sees_an_article_whole_while_others_add_and_remove_it(tmp_path: Path) -> None:
    adding = PROCESSES.Process(target=killing.add_and_remove, args=(tmp_path, 20))
    adding.start()
    seen: set[Article | None] = set()
    while adding.is_alive():
        with suppress(LibraryError):  # it was removed between finding and opening it
            seen.add(article_at_address(tmp_path))
    adding.join()

    assert adding.exitcode == 0
    assert seen <= {None, BEFORE, AFTER}
