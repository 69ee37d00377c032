"""`Database`: one SQLite file, used by a thread of its own so that the event loop never waits."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.schema import STEPS
from index.sqlite_file import SqliteFile, transaction

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

# How long another process may hold the lock.
_LOCK_SECONDS = 10.0


def history_file(path: Path) -> SqliteFile:
    """Return the file that keeps the chat history."""
    return SqliteFile(
        path,
        name="The chat history",
        remedy="Restore it, or move it away to begin a new one.",
        error=StoreError,
        lock_seconds=_LOCK_SECONDS,
    )


class Database:
    """A SQLite file in write-ahead mode; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        """Open a file, make it if there is none, and bring its tables up to date.

        Args:
            path: of the file; only its owner may read it.

        Raises:
            StoreError: if it cannot be opened, is damaged, or was written by a newer version.
        """
        self._file = history_file(path)
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

        def in_transaction(connection: sqlite3.Connection) -> T:
            connection.execute(f"PRAGMA synchronous = {level}")
            with transaction(connection):
                return work(connection)

        return await self._run(lambda: self._guarded(in_transaction))

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
        with self._file.told_to_a_person():
            return work(self._connection)

    def _open(self) -> sqlite3.Connection:
        with self._file.told_to_a_person():
            connection = self._file.connect()
            try:
                self._file.keep_private()
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
            return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        self._file.check(connection)
        self._file.migrate(connection, STEPS)
