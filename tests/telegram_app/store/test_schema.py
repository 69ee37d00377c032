import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from bot.telegram_app.store.database import history_file
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.schema import STEPS
from bot.telegram_app.store.sqlite_store import SqliteStore

PATH = Path("telegram.sqlite3")


@pytest.fixture
def connection() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", isolation_level=None)


def migrate(
    connection: sqlite3.Connection, path: Path, steps: Sequence[Sequence[str]] = STEPS
) -> None:
    history_file(path).migrate(connection, steps)


def version(connection: sqlite3.Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def tables(connection: sqlite3.Connection) -> set[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows if not name.startswith("sqlite_")}


def test_a_new_file_gets_all_tables(connection: sqlite3.Connection) -> None:
    migrate(connection, PATH)
    assert version(connection) == len(STEPS)
    expected = {"updates", "deliveries", "answers", "feedback", "parts", "hints"}
    expected |= {"chats", "chat_articles", "readings", "offers"}
    assert tables(connection) == expected
    connection.close()


def test_what_an_older_version_has_kept_stays(tmp_path: Path) -> None:
    path = tmp_path / "telegram.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        migrate(old, path, STEPS[:1])
        old.execute(
            "INSERT INTO updates (update_id, chat_id, payload, taken_at) VALUES (5, 7, '{}', 1)"
        )
        old.execute(
            "INSERT INTO answers (id, chat_id, asked_in, asked_by_message, article_sha256, "
            "payload, messages, answered_at) VALUES ('a1', 7, 7, 3, 'ab', '{}', '[4]', 1)"
        )
        old.execute("INSERT INTO hints VALUES (7, 'hint', 1)")

    async def look() -> None:
        store = SqliteStore.open(path)
        try:
            answer = await store.answer("a1")
            assert answer is not None
            assert (answer.messages, answer.article_sha256) == ((4,), "ab")
            assert [update.update_id for update in await store.pending()] == [5]
            assert not await store.first_time(7, "hint")
            # What the new version keeps has its place, too.
            await store.choose(7, "f00d")
            assert await store.asks(7) == "f00d"
        finally:
            await store.close()

    asyncio.run(look())


def test_only_the_steps_that_lack_are_taken(connection: sqlite3.Connection) -> None:
    migrate(connection, PATH, [["CREATE TABLE first (x)"]])
    connection.execute("INSERT INTO first VALUES (1)")
    steps = [["CREATE TABLE first (x)"], ["CREATE TABLE second (x)", "UPDATE first SET x = x + 1"]]
    migrate(connection, PATH, steps)
    migrate(connection, PATH, steps)
    assert version(connection) == 2
    assert tables(connection) == {"first", "second"}
    assert connection.execute("SELECT x FROM first").fetchall() == [(2,)]
    connection.close()


def test_a_step_that_fails_changes_nothing(connection: sqlite3.Connection) -> None:
    migrate(connection, PATH, [["CREATE TABLE first (x)"]])
    steps = [["CREATE TABLE first (x)"], ["CREATE TABLE second (x)", "CREATE TABLE second (x)"]]
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, PATH, steps)
    assert version(connection) == 1
    assert tables(connection) == {"first"}
    connection.close()


def test_a_newer_version_is_left_alone(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError) as raised:
        migrate(connection, PATH)
    assert str(raised.value) == (
        f"The chat history telegram.sqlite3 has version 99, and this article-bot knows "
        f"{len(STEPS)} at most. Update article-bot, or choose another DATA_DIR."
    )
    assert (version(connection), tables(connection)) == (99, set())
    assert not connection.in_transaction
    connection.close()
