"""The rows of answers, and of what people think of them."""

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from bot.telegram_app.store.moments import from_number, to_number
from bot.telegram_app.store.records import Feedback, KeptAnswer, MessagePlace, Rating

_COLUMNS = (
    "answers.id, asked_in, asked_by_message, asker_id, article_sha256, payload, messages, "
    "answered_at, chat_id"
)
_ANSWER = f"SELECT {_COLUMNS} FROM answers"
_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whose feedback on which answer is meant.

    Attributes:
        answer_id: of the answer.
        user_id: of the person.
        given_at: when, as a number.
    """

    answer_id: str
    user_id: int
    given_at: int


def keep(connection: sqlite3.Connection, answer: KeptAnswer) -> None:
    """Keep an answer in place of one with the same id or to the same message."""
    place = (answer.question.chat_id, answer.question.message_id)
    connection.execute(
        "DELETE FROM answers WHERE asked_in = ? AND asked_by_message = ? AND id != ?",
        (*place, answer.id),
    )
    # Of the row with the same id only the contents change: feedback belongs to it.
    connection.execute(
        "INSERT INTO answers (chat_id, id, asked_in, asked_by_message, asker_id, article_sha256, "
        "payload, messages, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (id) DO UPDATE SET chat_id = excluded.chat_id, asked_in = excluded.asked_in, "
        "asked_by_message = excluded.asked_by_message, asker_id = excluded.asker_id, "
        "article_sha256 = excluded.article_sha256, payload = excluded.payload, "
        "messages = excluded.messages, answered_at = excluded.answered_at",
        (
            answer.question.chat_id,
            answer.id,
            *place,
            answer.asker_id,
            answer.article_sha256,
            answer.payload,
            json.dumps(answer.messages),
            to_number(answer.answered_at),
        ),
    )


def answer(connection: sqlite3.Connection, answer_id: str) -> KeptAnswer | None:
    """Return an answer by its id."""
    return _first(connection.execute(f"{_ANSWER} WHERE id = ?", (answer_id,)))


def answer_to(connection: sqlite3.Connection, question: MessagePlace) -> KeptAnswer | None:
    """Return the answer to a message."""
    place = (question.chat_id, question.message_id)
    rows = connection.execute(f"{_ANSWER} WHERE asked_in = ? AND asked_by_message = ?", place)
    return _first(rows)


def last_answer(connection: sqlite3.Connection, chat_id: int) -> KeptAnswer | None:
    """Return the newest answer of a chat."""
    order = "ORDER BY answered_at DESC, number DESC LIMIT 1"
    return _first(connection.execute(f"{_ANSWER} WHERE chat_id = ? {order}", (chat_id,)))


def rate(connection: sqlite3.Connection, opinion: Opinion, rating: Rating | None) -> None:
    """Keep a rating in place of the earlier one, or take it back."""
    if rating is None:
        _without(connection, opinion, "comment")
        connection.execute(
            "UPDATE feedback SET rating = NULL, given_at = ? WHERE answer_id = ? AND user_id = ?",
            (opinion.given_at, opinion.answer_id, opinion.user_id),
        )
    else:
        _keep_opinion(connection, opinion, "rating", rating)


def rating(connection: sqlite3.Connection, answer_id: str, user_id: int) -> Rating | None:
    """Return a person's rating of an answer."""
    row = connection.execute(
        "SELECT rating FROM feedback WHERE answer_id = ? AND user_id = ?", (answer_id, user_id)
    ).fetchone()
    return None if row is None else row[0]


def comment(connection: sqlite3.Connection, opinion: Opinion, text: str) -> None:
    """Keep a comment in place of the earlier one."""
    _keep_opinion(connection, opinion, "comment", text)


def feedback(connection: sqlite3.Connection) -> list[Feedback]:
    """Return all feedback, oldest first."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, rating, comment, given_at FROM feedback "
        "JOIN answers ON answers.id = answer_id ORDER BY given_at, number, user_id"
    )
    return [
        Feedback(_answer_of(row[:_WIDTH]), row[_WIDTH], row[_WIDTH + 1], from_number(row[-1]))
        for row in rows
    ]


def _keep_opinion(
    connection: sqlite3.Connection, opinion: Opinion, column: str, value: str
) -> None:
    # The answer may just have been forgotten: then there is nothing to have an opinion on.
    connection.execute(
        f"INSERT INTO feedback (answer_id, user_id, {column}, given_at) "
        "SELECT id, ?, ?, ? FROM answers WHERE id = ? "
        f"ON CONFLICT (answer_id, user_id) DO UPDATE SET {column} = excluded.{column}, "
        "given_at = excluded.given_at",
        (opinion.user_id, value, opinion.given_at, opinion.answer_id),
    )


def _without(connection: sqlite3.Connection, opinion: Opinion, other: str) -> None:
    """Delete an opinion that has nothing but what is taken back."""
    connection.execute(
        f"DELETE FROM feedback WHERE answer_id = ? AND user_id = ? AND {other} IS NULL",
        (opinion.answer_id, opinion.user_id),
    )


def _first(rows: sqlite3.Cursor) -> KeptAnswer | None:
    row = rows.fetchone()
    return None if row is None else _answer_of(row)


def _answer_of(row: tuple[Any, ...]) -> KeptAnswer:
    answer_id, asked_in, message_id, asker_id, article, payload, messages, *more = row
    answered_at, chat_id = more
    return KeptAnswer(
        answer_id,
        MessagePlace(asked_in, message_id),
        asker_id,
        article,
        payload,
        tuple(json.loads(messages)),
        from_number(answered_at),
        None if chat_id == asked_in else chat_id,
    )
