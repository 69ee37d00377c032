"""`SqliteFile`: a database in a file of its own, and how a person is told that it fails."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from index.errors import ArticleBotError

_ONLY_OWNER = 0o600
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FIRST_BYTE = 0xFF  # of an extended error code: the error itself
# These say that we have misused the database, not that it fails.
_BUGS = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """Where a database is, and what it is called.

    Attributes:
        path: of the file; only its owner may read it.
        name: how a sentence begins that is about it, such as "The library".
        remedy: what to do where it is damaged, as a sentence.
        error: raised where it fails.
        lock_seconds: how long another process may hold its lock.
    """

    path: Path
    name: str
    remedy: str
    error: type[ArticleBotError]
    lock_seconds: float

    def connect(self) -> sqlite3.Connection:
        """Open the file, and make it if there is none; transactions are begun by hand."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # The files that SQLite puts beside it get the same mode.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, _ONLY_OWNER))
        return sqlite3.connect(self.path, timeout=self.lock_seconds, isolation_level=None)

    def keep_private(self) -> None:
        """Take a file that others may read away from them."""
        self.path.chmod(_ONLY_OWNER)

    def check(self, connection: sqlite3.Connection) -> None:
        """Look whether the file is whole.

        Raises:
            ArticleBotError: if it is damaged; of the kind of `error`, here and below.
        """
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()

    def migrate(self, connection: sqlite3.Connection, steps: Sequence[Sequence[str]]) -> None:
        """Bring the database to the newest version: all steps that it lacks, or none.

        Args:
            connection: without a transaction of its own.
            steps: the statements that lead from each version to the next; a new file has version 0.

        Raises:
            ArticleBotError: if a newer version of the program has written the database.
            sqlite3.Error: if it cannot be read or written.
        """
        # Two processes may open it at once: which steps are missing is asked under the lock.
        with transaction(connection):
            version = version_of(connection)
            if version > len(steps):
                raise self.error(
                    f"{self.name} {self.path} has version {version}, and this article-bot knows "
                    f"{len(steps)} at most. Update article-bot, or choose another DATA_DIR."
                )
            for statement in (statement for step in steps[version:] for statement in step):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(steps)}")

    @contextmanager
    def told_to_a_person(self) -> Iterator[None]:
        """Say in a sentence what fails inside; a mistake of ours stays what it is."""
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

    def _damaged(self) -> ArticleBotError:
        return self.error(f"{self.name} {self.path} is damaged. {self.remedy}")

    def _unusable(self, reason: str) -> ArticleBotError:
        return self.error(
            f"{self.name} {self.path} cannot be used: {reason}. Check DATA_DIR, its permissions "
            "and the free space."
        )


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do all that is done inside, or nothing; no one else writes meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection) -> int:
    """Return how many steps a database has had."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
