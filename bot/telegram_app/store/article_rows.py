"""The rows of what a chat asks: its articles, the chosen one, and texts that were offered."""

import sqlite3
from collections.abc import Sequence

from bot.telegram_app.store.records import ChatArticle, Offer, Reading


def asks(connection: sqlite3.Connection, chat_id: int) -> str | None:
    """Return what a chat has chosen to ask."""
    row = connection.execute("SELECT asks FROM chats WHERE chat_id = ?", (chat_id,)).fetchone()
    return None if row is None else row[0]


def choose(connection: sqlite3.Connection, chat_id: int, what: str | None, chosen_at: int) -> None:
    """Keep what a chat asks from now on; None for what is asked without a choice."""
    if what is None:
        connection.execute("DELETE FROM chats WHERE chat_id = ?", (chat_id,))
        return
    connection.execute(
        "INSERT INTO chats (chat_id, asks, chosen_at) VALUES (?, ?, ?) ON CONFLICT (chat_id) "
        "DO UPDATE SET asks = excluded.asks, chosen_at = excluded.chosen_at",
        (chat_id, what, chosen_at),
    )


def note_use(
    connection: sqlite3.Connection, chat_id: int, article_ids: Sequence[str], used_at: int
) -> None:
    """Keep that articles of a chat are of use now."""
    connection.executemany(
        "INSERT INTO chat_articles (chat_id, article_id, used_at) VALUES (?, ?, ?) "
        "ON CONFLICT (chat_id, article_id) DO UPDATE SET used_at = excluded.used_at",
        [(chat_id, article_id, used_at) for article_id in article_ids],
    )


def drop(connection: sqlite3.Connection, article: ChatArticle) -> None:
    """Keep nothing more of an article of a chat, be it the chosen one."""
    chat_id, article_id = article.chat_id, article.article_id
    connection.execute(
        "DELETE FROM chat_articles WHERE chat_id = ? AND article_id = ?", (chat_id, article_id)
    )
    connection.execute(
        "DELETE FROM chats WHERE chat_id = ? AND (asks = ? OR NOT EXISTS "
        "(SELECT 1 FROM chat_articles WHERE chat_articles.chat_id = chats.chat_id))",
        (chat_id, article_id),
    )


def unused_since(connection: sqlite3.Connection, moment: int) -> list[ChatArticle]:
    """Return the articles of chats that were not of use since a moment."""
    rows = connection.execute(
        "SELECT chat_id, article_id FROM chat_articles WHERE used_at < ? ORDER BY used_at",
        (moment,),
    )
    return [ChatArticle(*row) for row in rows]


def count_readings(connection: sqlite3.Connection, chat_id: int, since: int) -> int:
    """Return how many readings of a chat have begun since a moment."""
    (count,) = connection.execute(
        "SELECT count(*) FROM readings WHERE chat_id = ? AND begun_at >= ?", (chat_id, since)
    ).fetchone()
    return int(count)


def begin_reading(connection: sqlite3.Connection, reading: Reading, begun_at: int) -> None:
    """Count a reading, once however often it is begun."""
    connection.execute(
        "INSERT INTO readings (update_id, number, chat_id, begun_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (update_id, number) DO NOTHING",
        (reading.update_id, reading.number, reading.chat_id, begun_at),
    )


def has_begun(connection: sqlite3.Connection, reading: Reading) -> bool:
    """Whether a reading was counted before."""
    row = connection.execute(
        "SELECT 1 FROM readings WHERE update_id = ? AND number = ?",
        (reading.update_id, reading.number),
    ).fetchone()
    return row is not None


def keep_offer(connection: sqlite3.Connection, offer: Offer, offered_at: int) -> None:
    """Keep a text that was offered; what was offered before under this id stays."""
    connection.execute(
        "INSERT INTO offers (id, chat_id, message_id, text, offered_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO NOTHING",
        (offer.id, offer.chat_id, offer.message_id, offer.text, offered_at),
    )


def offer(connection: sqlite3.Connection, offer_id: str) -> Offer | None:
    """Return a text that was offered."""
    row = connection.execute(
        "SELECT id, chat_id, message_id, text FROM offers WHERE id = ?", (offer_id,)
    ).fetchone()
    return None if row is None else Offer(*row)


def drop_offer(connection: sqlite3.Connection, offer_id: str) -> None:
    """Keep an offered text no longer."""
    connection.execute("DELETE FROM offers WHERE id = ?", (offer_id,))


def move(connection: sqlite3.Connection, old_id: int, new_id: int) -> None:
    """Hand the rows of one chat over to another."""
    for table in ("chats", "chat_articles"):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET chat_id = ? WHERE chat_id = ?", (new_id, old_id)
        )
        connection.execute(f"DELETE FROM {table} WHERE chat_id = ?", (old_id,))
    connection.execute("UPDATE readings SET chat_id = ? WHERE chat_id = ?", (new_id, old_id))
    # Nobody can press what stands in the old chat.
    connection.execute("DELETE FROM offers WHERE chat_id = ?", (old_id,))


def forget(connection: sqlite3.Connection, chat_id: int) -> None:
    """Delete the rows of a chat."""
    for table in ("chats", "chat_articles", "readings", "offers"):
        connection.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,))


def forget_before(connection: sqlite3.Connection, moment: int) -> None:
    """Delete what is older than a moment, but for articles: they are the library's, too."""
    connection.execute("DELETE FROM readings WHERE begun_at < ?", (moment,))
    connection.execute("DELETE FROM offers WHERE offered_at < ?", (moment,))
