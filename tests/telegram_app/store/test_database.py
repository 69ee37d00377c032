import asyncio
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot.telegram_app.store.database import Database
from bot.telegram_app.store.errors import StoreError

# What another process does: opens the store, then keeps updates of its own one by one.
_KEEPING = """
import asyncio, sys
from pathlib import Path
from bot.telegram_app.store.records import RawUpdate
from bot.telegram_app.store.sqlite_store import SqliteStore

async def keep(path, first):
    store = SqliteStore.open(Path(path))
    for update_id in range(first, first + 50):
        await store.keep([RawUpdate(update_id, 1, "{}")])
        await store.begin(update_id)
        await store.finish(update_id)
    await store.close()

asyncio.run(keep(sys.argv[1], int(sys.argv[2])))
"""


def count(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("SELECT count(*) FROM hints").fetchone()[0]
    return found


def add(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO hints VALUES (1, 'photo', 2)")


def test_the_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store"
    database = Database(path)

    async def use() -> None:
        await database.write(add)
        modes = {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
        assert len(list(path.parent.iterdir())) == 3
        assert modes == {0o600}
        await database.close()

    asyncio.run(use())
    assert [file.name for file in path.parent.iterdir()] == ["store"]


def test_a_file_that_others_could_read_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.touch(mode=0o644)
    asyncio.run(Database(path).close())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_set_up_to_last(tmp_path: Path) -> None:
    def settings(connection: sqlite3.Connection) -> dict[str, object]:
        names = ("journal_mode", "foreign_keys", "secure_delete", "synchronous", "busy_timeout")
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    async def use() -> None:
        database = Database(tmp_path / "store")
        await database.wipe()
        expected = {
            "journal_mode": "wal",
            "foreign_keys": 1,
            "secure_delete": 1,
            "busy_timeout": 10_000,
        }
        assert await database.write(settings) == {**expected, "synchronous": 1}
        durable = await database.write(settings, survives_power_cut=True)
        assert durable == {**expected, "synchronous": 2}
        await database.close()

    asyncio.run(use())


def test_work_that_fails_is_undone(tmp_path: Path) -> None:
    def add_and_fail(connection: sqlite3.Connection) -> None:
        add(connection)
        raise KeyError("a bug")

    async def use() -> None:
        database = Database(tmp_path / "store")
        with pytest.raises(KeyError):
            await database.write(add_and_fail)
        assert await database.read(count) == 0
        await database.write(add)
        assert await database.read(count) == 1
        # A bug is a bug, not a failing disk.
        with pytest.raises(sqlite3.IntegrityError):
            await database.write(add)
        await database.close()

    asyncio.run(use())


def test_the_event_loop_goes_on_meanwhile(tmp_path: Path) -> None:
    may_end = threading.Event()

    async def use() -> None:
        database = Database(tmp_path / "store")
        slow = asyncio.create_task(database.read(lambda _connection: may_end.wait(10)))
        await asyncio.sleep(0)
        may_end.set()  # only a loop that goes on comes here
        assert await slow
        await database.close()

    asyncio.run(use())


def test_what_is_asked_of_it_is_done_in_order(tmp_path: Path) -> None:
    done: list[int] = []

    async def use() -> None:
        database = Database(tmp_path / "store")
        work = [database.write(lambda _c, n=number: done.append(n)) for number in range(20)]
        await asyncio.gather(*work)
        await database.close()

    asyncio.run(use())
    assert done == list(range(20))


@pytest.mark.parametrize("content", [b"no database at all" * 100, None])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "store"
    if content is None:
        asyncio.run(Database(path).close())
        page = bytearray(path.read_bytes())
        page[4096 : 3 * 4096] = b"\xff" * 2 * 4096
        content = bytes(page)
    path.write_bytes(content)
    with pytest.raises(StoreError) as raised:
        Database(path)
    assert str(raised.value) == (
        f"The chat history {path} is damaged. Restore it, or move it away to begin a new one."
    )


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "store"
    with pytest.raises(StoreError) as raised:
        Database(path)
    assert str(raised.value) == (
        f"The chat history {path} cannot be used: File exists. Check DATA_DIR, its permissions "
        "and the free space."
    )


def test_a_failure_later_on_is_told_and_passes(tmp_path: Path) -> None:
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO hints VALUES (1, ?, 2)", ("x" * 1_000_000,))

    async def use() -> None:
        database = Database(tmp_path / "store")
        pages = await database.read(lambda c: c.execute("PRAGMA page_count").fetchone()[0])
        await database.read(lambda c: c.execute(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StoreError, match="cannot be used: database or disk is full"):
            await database.write(fill)
        assert await database.read(count) == 0
        await database.write(add)
        assert await database.read(count) == 1
        await database.close()

    asyncio.run(use())


def test_what_was_deleted_leaves_the_disk(tmp_path: Path) -> None:
    path, secret = tmp_path / "store", "very private words"

    async def use() -> None:
        database = Database(path)
        await database.write(
            lambda c: c.execute("INSERT INTO hints VALUES (1, ?, 2)", (secret,)) and None
        )
        assert secret.encode() in path.with_name("store-wal").read_bytes()
        await database.write(lambda c: c.execute("DELETE FROM hints") and None)
        await database.wipe()
        files = b"".join(file.read_bytes() for file in tmp_path.glob("store*"))
        assert secret.encode() not in files
        await database.close()

    asyncio.run(use())


def test_a_reader_elsewhere_does_not_hold_up_wiping(tmp_path: Path) -> None:
    path = tmp_path / "store"

    async def use() -> None:
        database = Database(path)
        await database.write(add)
        reader = sqlite3.connect(path, isolation_level=None)
        reader.execute("BEGIN")
        assert count(reader) == 1
        await database.write(lambda c: c.execute("DELETE FROM hints") and None)
        await asyncio.wait_for(database.wipe(), 5)
        assert count(reader) == 1
        reader.close()
        await database.close()

    asyncio.run(use())


def test_several_processes_use_one_file(tmp_path: Path) -> None:
    path = tmp_path / "store"
    processes = [
        subprocess.Popen([sys.executable, "-c", _KEEPING, str(path), str(first)])
        for first in (0, 1000, 2000)
    ]
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    rows = connection.execute("SELECT count(*), sum(is_finished), sum(tries) FROM updates")
    assert rows.fetchall() == [(150, 150, 150)]
    connection.close()
