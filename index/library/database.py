"""`LibraryDatabase`: one SQLite file that threads and processes may use at once."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from index.library.errors import LibraryError
from index.library.schema import STEPS
from index.sqlite_file import SqliteFile, transaction, version_of

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

# How long another process may hold the lock.
_LOCK_SECONDS = 30.0


class LibraryDatabase:
    """A SQLite file in write-ahead mode, opened for each piece of work and closed again."""

    def __init__(self, path: Path) -> None:
        """Use a file; it is made when something is first written to it."""
        self._file = SqliteFile(
            path,
            name="The library",
            remedy="Restore it, or move it away and add the articles again.",
            error=LibraryError,
            lock_seconds=_LOCK_SECONDS,
        )
        self._is_checked = False

    def read(self, work: Work[T]) -> T:
        """Return what some work reads; where there is no file, it reads empty tables.

        Raises:
            LibraryError: if the file cannot be read, is damaged, or was written by a newer version.
        """
        with self._file.told_to_a_person():
            if self._file.path.exists():
                with self._opened() as connection:
                    return work(connection)
            connection = sqlite3.connect(":memory:", isolation_level=None)
            try:
                self._file.migrate(connection, STEPS)
                return work(connection)
            finally:
                connection.close()

    def write(self, work: Work[T]) -> T:
        """Do some work in a transaction, all or none of it; it then survives a power cut.

        No one else writes meanwhile, so that work may change files that the tables name.

        Returns:
            What the work returns.

        Raises:
            LibraryError: if the file cannot be written; nothing was. Or as `read` does.
        """
        with (
            self._file.told_to_a_person(),
            self._opened() as connection,
            transaction(connection),
        ):
            return work(connection)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        connection = self._file.connect()
        try:
            self._prepare(connection)
            yield connection
        finally:
            connection.close()

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if version_of(connection) != len(STEPS):
            path = self._file.path
            # SQLite waits for no one while it changes to write-ahead mode.
            with FileLock(path.with_name(f".{path.name}.lock")):
                connection.execute("PRAGMA journal_mode = WAL")
                self._file.migrate(connection, STEPS)
        if not self._is_checked:
            self._file.check(connection)
            self._is_checked = True
