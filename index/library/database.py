"""`LibraryDatabase`: one SQLite file that threads and processes may use at once."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from index.library.errors import LibraryError
from index.library.schema import STEPS, migrate, version_of

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_ONLY_OWNER = 0o600
# How long another process may hold the lock.
_LOCK_SECONDS = 30.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FIRST_BYTE = 0xFF  # of an extended error code: the error itself
# These say that we have misused the database, not that it fails.
_BUGS = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


class LibraryDatabase:
    """A SQLite file in write-ahead mode, opened for each piece of work and closed again."""

    def __init__(self, path: Path) -> None:
        """Use a file; it is made when something is first written to it."""
        self._path = path
        self._is_checked = False

    def read(self, work: Work[T]) -> T:
        """Return what some work reads; where there is no file, it reads empty tables.

        Raises:
            LibraryError: if the file cannot be read, is damaged, or was written by a newer version.
        """
        with self._told_to_a_person():
            if self._path.exists():
                with self._opened() as connection:
                    return work(connection)
            connection = sqlite3.connect(":memory:", isolation_level=None)
            try:
                migrate(connection, self._path)
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
        with self._told_to_a_person(), self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                done = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return done

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # The files that SQLite puts beside it get the same mode.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, _ONLY_OWNER))
        connection = sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)
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
            # SQLite waits for no one while it changes to write-ahead mode.
            with FileLock(self._path.with_name(f".{self._path.name}.lock")):
                connection.execute("PRAGMA journal_mode = WAL")
                migrate(connection, self._path)
        if not self._is_checked:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise self._damaged()
            self._is_checked = True

    @contextmanager
    def _told_to_a_person(self) -> Iterator[None]:
        try:
            yield
        except _BUGS:
            raise
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) & _FIRST_BYTE in _DAMAGED:
                raise self._damaged() from error
            raise self._unusable(str(error)) from error
        except OSError as error:
            raise self._unusable(error.strerror or str(error)) from error

    def _damaged(self) -> LibraryError:
        return LibraryError(
            f"The library {self._path} is damaged. Restore it, or move it away and add the "
            "articles again."
        )

    def _unusable(self, reason: str) -> LibraryError:
        return LibraryError(
            f"The library {self._path} cannot be used: {reason}. Check DATA_DIR, its permissions "
            "and the free space."
        )
