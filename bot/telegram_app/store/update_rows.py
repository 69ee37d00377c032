"""The rows of taken updates and of messages that were sent because of them."""

import sqlite3
from collections.abc import Sequence

from bot.telegram_app.store.records import Delivery, PendingUpdate, RawUpdate


def keep(connection: sqlite3.Connection, updates: Sequence[RawUpdate], taken_at: int) -> set[int]:
    """Keep updates; return the ids of those that are new."""
    new = set()
    for update in updates:
        added = connection.execute(
            "INSERT INTO updates (update_id, chat_id, payload, taken_at) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (update_id) DO NOTHING",
            (update.update_id, update.chat_id, update.payload, taken_at),
        )
        if added.rowcount:
            new.add(update.update_id)
    return new


def pending(connection: sqlite3.Connection) -> list[PendingUpdate]:
    """Return the unfinished updates in the order in which they were taken."""
    rows = connection.execute(
        "SELECT update_id, payload, tries FROM updates WHERE NOT is_finished ORDER BY number"
    )
    return [PendingUpdate(*row) for row in rows]


def begin(connection: sqlite3.Connection, update_id: int) -> int:
    """Count a try; return how many there were, 0 if the update is finished."""
    counted = connection.execute(
        "UPDATE updates SET tries = tries + 1 WHERE update_id = ? AND NOT is_finished "
        "RETURNING tries",
        (update_id,),
    ).fetchone()
    if counted is not None:
        return int(counted[0])
    known = connection.execute("SELECT 1 FROM updates WHERE update_id = ?", (update_id,)).fetchone()
    # One that was never kept is handled all the same, and not again after the process's end.
    return 1 if known is None else 0


def put_back(connection: sqlite3.Connection, update_id: int) -> None:
    """Take a try back."""
    connection.execute(
        "UPDATE updates SET tries = tries - 1 WHERE update_id = ? AND tries > 0", (update_id,)
    )


def finish(connection: sqlite3.Connection, update_ids: Sequence[int]) -> None:
    """Keep no more of updates than that they are known."""
    numbers = [(update_id,) for update_id in update_ids]
    connection.executemany(
        "UPDATE updates SET is_finished = 1, payload = NULL WHERE update_id = ?", numbers
    )
    connection.executemany("DELETE FROM deliveries WHERE update_id = ?", numbers)


def delivery(connection: sqlite3.Connection, update_id: int, key: str) -> Delivery:
    """Return what is known of a message."""
    row = connection.execute(
        "SELECT message_id FROM deliveries WHERE update_id = ? AND key = ?", (update_id, key)
    ).fetchone()
    return Delivery(None, begun=False) if row is None else Delivery(row[0], begun=True)


def begin_delivery(connection: sqlite3.Connection, update_id: int, key: str, begun_at: int) -> None:
    """Note that a message is about to be sent."""
    connection.execute(
        "INSERT INTO deliveries (update_id, key, begun_at) VALUES (?, ?, ?) "
        "ON CONFLICT (update_id, key) DO NOTHING",
        (update_id, key, begun_at),
    )


def withdraw_delivery(connection: sqlite3.Connection, update_id: int, key: str) -> None:
    """Note that a message was not sent, unless it was."""
    connection.execute(
        "DELETE FROM deliveries WHERE update_id = ? AND key = ? AND message_id IS NULL",
        (update_id, key),
    )


def finish_delivery(
    connection: sqlite3.Connection, update_id: int, key: str, sent: tuple[int, int]
) -> None:
    """Note that a message was sent.

    Args:
        connection: to the database.
        update_id: of the update.
        key: of the message.
        sent: the message's id, and when that became known.
    """
    connection.execute(
        "INSERT INTO deliveries (update_id, key, message_id, begun_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (update_id, key) DO UPDATE SET message_id = excluded.message_id",
        (update_id, key, *sent),
    )
