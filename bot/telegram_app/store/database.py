"""`Database`: one SQLite file, used by a thread of its own so that the event loop never waits."""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.schema import migrate

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_ONLY_OWNER = 0o600
# How long another process may hold the lock.
_LOCK_SECONDS = 10.0
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_FIRST_BYTE = 0xFF  # of an extended error code: the error itself
# These say that we have misused the database, not that it fails.
_BUGS = (sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError)


class Database:
    """A SQLite file in write-ahead mode; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open a file, make it if there is none, and bring its tables up to date.

        Args:
            path: of the file; only its owner may read it.

        Raises:
            StoreError: if it cannot be opened, is damaged, or was written by a newer version.
        """
        self._path = path
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        try:
            self._connection = self._thread.submit(self._open).result()
        except BaseException:
            self._thread.shutdown()
            raise

    async def read(self, work: Work[T]) -> T:
        """Return what some work reads.

        Raises:
            StoreError: if the file cannot be read.
        """
        return await self._run(lambda: self._guarded(work))

    async def write(self, work: Work[T], *, survives_power_cut: bool = False) -> T:
        """Do some work in a transaction, all or none of it.

        Args:
            work: reads and writes.
            survives_power_cut: wait until the disk has it, and all that was written before;
                without, it outlives this process, and takes a hundredth of the time.

        Returns:
            What the work returns.

        Raises:
            StoreError: if the file cannot be written; nothing was.
        """
        level = "FULL" if survives_power_cut else "NORMAL"

        def transaction(connection: sqlite3.Connection) -> T:
            connection.execute(f"PRAGMA synchronous = {level}")
            connection.execute("BEGIN IMMEDIATE")
            try:
                done = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return done

        return await self._run(lambda: self._guarded(transaction))

    async def wipe(self) -> None:
        """Remove from the disk what was deleted, unless another process is reading."""

        def checkpoint(connection: sqlite3.Connection) -> None:
            connection.execute("PRAGMA busy_timeout = 0")
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.execute(f"PRAGMA busy_timeout = {round(1000 * _LOCK_SECONDS)}")

        await self.read(checkpoint)

    async def close(self) -> None:
        """Finish what was begun and close the file; nothing may be asked afterwards."""
        await self._run(self._connection.close)
        self._thread.shutdown()

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _guarded(self, work: Work[T]) -> T:
        with self._told_to_a_person():
            return work(self._connection)

    def _open(self) -> sqlite3.Connection:
        with self._told_to_a_person():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # The files that SQLite puts beside it get the same mode.
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, _ONLY_OWNER))
            self._path.chmod(_ONLY_OWNER)
            connection = sqlite3.connect(self._path, timeout=_LOCK_SECONDS, isolation_level=None)
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise self._damaged()
        migrate(connection, self._path)

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

    def _damaged(self) -> StoreError:
        return StoreError(
            f"The chat history {self._path} is damaged. Restore it, or move it away to begin a "
            "new one."
        )

    def _unusable(self, reason: str) -> StoreError:
        return StoreError(
            f"The chat history {self._path} cannot be used: {reason}. Check DATA_DIR, its "
            "permissions and the free space."
        )
