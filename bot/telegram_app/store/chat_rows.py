"""The rows that belong to a chat as a whole, and what happens to all rows of a chat."""

import sqlite3
from collections.abc import Sequence

from bot.telegram_app.store import article_rows
from bot.telegram_app.store.records import PostedPart


def keep_parts(
    connection: sqlite3.Connection,
    article: tuple[int, str],
    parts: Sequence[PostedPart],
    posted_at: int,
) -> None:
    """Keep where an article stands in a chat.

    Args:
        connection: to the database.
        article: the chat, and the article's SHA-256.
        parts: its messages.
        posted_at: when that became known, as a number.
    """
    connection.execute("DELETE FROM parts WHERE chat_id = ? AND article_sha256 = ?", article)
    connection.executemany(
        "INSERT INTO parts (chat_id, article_sha256, number, message_id, posted_at) "
        "VALUES (?, ?, ?, ?, ?)",
        [(*article, part.number, part.message_id, posted_at) for part in parts],
    )


def parts(connection: sqlite3.Connection, article: tuple[int, str]) -> tuple[PostedPart, ...]:
    """Return where an article (chat, SHA-256) stands, in order."""
    rows = connection.execute(
        "SELECT message_id, number FROM parts WHERE chat_id = ? AND article_sha256 = ? "
        "ORDER BY number",
        article,
    )
    return tuple(PostedPart(*row) for row in rows)


def first_time(connection: sqlite3.Connection, chat_id: int, what: str, given_at: int) -> bool:
    """Whether something was not asked of a chat before."""
    added = connection.execute(
        "INSERT INTO hints (chat_id, what, given_at) VALUES (?, ?, ?) "
        "ON CONFLICT (chat_id, what) DO NOTHING",
        (chat_id, what, given_at),
    )
    return added.rowcount == 1


def move(connection: sqlite3.Connection, old_id: int, new_id: int) -> None:
    """Hand the rows of one chat over to another, in which its messages have other numbers."""
    # `answers.asked_in` stays: a message of the new chat may have the number of an old one.
    for table in ("updates", "answers"):
        connection.execute(f"UPDATE {table} SET chat_id = ? WHERE chat_id = ?", (new_id, old_id))
    connection.execute("UPDATE OR IGNORE hints SET chat_id = ? WHERE chat_id = ?", (new_id, old_id))
    for table in ("hints", "parts"):
        connection.execute(f"DELETE FROM {table} WHERE chat_id = ?", (old_id,))
    article_rows.move(connection, old_id, new_id)


def forget(connection: sqlite3.Connection, chat_id: int) -> None:
    """Delete the rows of a chat; of finished updates only the bare number stays."""
    for table in ("answers", "parts", "hints"):
        connection.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,))
    connection.execute(
        "UPDATE updates SET chat_id = NULL WHERE chat_id = ? AND is_finished", (chat_id,)
    )
    article_rows.forget(connection, chat_id)


def forget_before(connection: sqlite3.Connection, moment: int) -> None:
    """Delete the rows that are older than a moment, but for unfinished updates."""
    connection.execute("DELETE FROM updates WHERE is_finished AND taken_at < ?", (moment,))
    connection.execute(
        "DELETE FROM deliveries WHERE begun_at < ? AND update_id NOT IN "
        "(SELECT update_id FROM updates WHERE NOT is_finished)",
        (moment,),
    )
    connection.execute("DELETE FROM answers WHERE answered_at < ?", (moment,))
    connection.execute("DELETE FROM parts WHERE posted_at < ?", (moment,))
    connection.execute("DELETE FROM hints WHERE given_at < ?", (moment,))
    article_rows.forget_before(connection, moment)
