"""Changing the rows of the library's tables, within a transaction."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from index.article import Article
from index.library.article_json import ContentIdentity
from index.library.names import name_key
from index.library.shares import ANY_TEXT, microseconds


@dataclass(frozen=True, slots=True)
class Addition:
    """What is written of an article when it is added.

    Attributes:
        article: what was read.
        identity: of its content.
        file: checksum of its file.
        address: where it can be read again, if anywhere.
        moment: when it was added.
    """

    article: Article
    identity: ContentIdentity
    file: str
    address: str | None
    moment: datetime


def insert_content(connection: sqlite3.Connection, addition: Addition) -> None:
    """Keep what is known of a content, unless it is kept already."""
    article = addition.article
    paragraphs = sum(part.kind == "text" for part in article.paragraphs)
    published = article.published.isoformat() if article.published else None
    connection.execute(
        "INSERT OR IGNORE INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            addition.identity.sha256,
            addition.identity.indexed,
            article.title,
            article.url,
            article.site,
            published,
            article.language,
            article.word_count,
            paragraphs,
        ),
    )


def insert_share(connection: sqlite3.Connection, owner: str, addition: Addition, name: str) -> None:
    """Give an owner a share of a content.

    Args:
        connection: within a transaction.
        owner: who has no share of it yet.
        addition: the content, which is kept.
        name: what the owner calls it; nothing else of the owner's is called so.
    """
    connection.execute(
        """
        INSERT INTO shares (owner, content, name, name_key, source, address, read_sha256,
            latest_sha256, notices, file, added_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        (
            owner,
            addition.identity.sha256,
            name,
            name_key(name),
            _bytes(addition.article.source),
            None if addition.address is None else _bytes(addition.address),
            addition.article.sha256,
            addition.article.sha256,
            json.dumps(addition.article.notices),
            addition.file,
            microseconds(addition.moment),
        ),
    )


def change_content(connection: sqlite3.Connection, number: int, addition: Addition) -> None:
    """Make a share one of another content: what is at its address has changed."""
    connection.execute(
        "UPDATE shares SET content = ?, read_sha256 = ?, added_at = ? WHERE number = ?",
        (
            addition.identity.sha256,
            addition.article.sha256,
            microseconds(addition.moment),
            number,
        ),
    )


def refresh(connection: sqlite3.Connection, number: int, addition: Addition) -> None:
    """Keep where the same content was read this time, and what was said of it."""
    connection.execute(
        """
        UPDATE shares SET source = ?, address = coalesce(?, address), latest_sha256 = ?,
            notices = ?, file = ?
        WHERE number = ?
        """,
        (
            _bytes(addition.article.source),
            None if addition.address is None else _bytes(addition.address),
            addition.article.sha256,
            json.dumps(addition.article.notices),
            addition.file,
            number,
        ),
    )


def rename(connection: sqlite3.Connection, number: int, name: str) -> None:
    """Give a share a name that nothing else of its owner's has."""
    connection.execute(
        "UPDATE shares SET name = ?, name_key = ? WHERE number = ?", (name, name_key(name), number)
    )


def merge(connection: sqlite3.Connection, number: int, into: int) -> None:
    """Remove a share; where it is used, another one is from now on."""
    connection.execute("UPDATE used SET share = ? WHERE share = ?", (into, number))
    connection.execute("DELETE FROM shares WHERE number = ?", (number,))


def delete_orphans(connection: sqlite3.Connection) -> list[str]:
    """Delete the contents that nobody has any more.

    Returns:
        What indexes are known by that are of none of the contents left.
    """
    orphaned = connection.execute(
        """
        DELETE FROM contents WHERE sha256 NOT IN (SELECT content FROM shares)
        RETURNING indexed
        """
    ).fetchall()
    left = {indexed for (indexed,) in connection.execute("SELECT indexed FROM contents")}
    return sorted({indexed for (indexed,) in orphaned} - left)


def _bytes(text: str) -> bytes:
    return text.encode(errors=ANY_TEXT)
