"""The rows of the library's tables: who has which article, under which name."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.article import Article
from index.library.article_json import ContentIdentity, parse_moment
from index.library.entry import Entry
from index.library.names import name_key

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A source need not be text: a path may hold any bytes, and a chat may send half a character.
_ANY_TEXT = "surrogatepass"
_ENTRY = """
    SELECT shares.*, title, url, site, published, language, words, paragraphs, indexed
    FROM shares JOIN contents ON contents.sha256 = shares.content
"""


@dataclass(frozen=True, slots=True)
class Share:
    """One owner's share of an article, as it is kept.

    Attributes:
        number: of its row.
        content: SHA-256 of the content.
        indexed: what an index of it is known by.
        file: checksum of the article's file.
        read_sha256: of the bytes that were read when the content was first added.
        latest_sha256: of the bytes that were read last.
        notices: of how it was read.
        address: where it can be read again, if anywhere.
        entry: what a person sees of it.
    """

    number: int
    content: str
    indexed: str
    file: str
    read_sha256: str
    latest_sha256: str
    notices: tuple[str, ...]
    address: str | None
    entry: Entry


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


def microseconds(moment: datetime) -> int:
    """Return a moment as it is kept."""
    return (moment - _EPOCH) // _MICROSECOND


def shares_of(connection: sqlite3.Connection, owner: str) -> tuple[Share, ...]:
    """Return all that an owner has, the newest first."""
    rows = _rows(
        connection, f"{_ENTRY} WHERE owner = ? ORDER BY added_at DESC, number DESC", (owner,)
    )
    return tuple(map(_share, rows))


def all_shares(connection: sqlite3.Connection) -> tuple[Share, ...]:
    """Return what anybody has, one share of each content."""
    return tuple(map(_share, _rows(connection, f"{_ENTRY} GROUP BY content ORDER BY number", ())))


def share_of(connection: sqlite3.Connection, owner: str, id_: str) -> Share | None:
    """Return an owner's share of a content, by the id that a person sees."""
    found = [share for share in shares_of(connection, owner) if share.entry.id == id_]
    return found[0] if found else None


def used_by(connection: sqlite3.Connection, owner: str) -> Share | None:
    """Return what an owner asks."""
    query = f"{_ENTRY} JOIN used ON used.share = shares.number WHERE used.owner = ?"
    return next(map(_share, _rows(connection, query, (owner,))), None)


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


def _rows(
    connection: sqlite3.Connection, query: str, values: tuple[object, ...]
) -> Iterator[sqlite3.Row]:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return iter(cursor.execute(query, values).fetchall())


def _share(row: sqlite3.Row) -> Share:
    published = row["published"]
    entry = Entry(
        id=row["content"][:16],
        name=row["name"],
        title=row["title"],
        url=row["url"],
        source=row["source"].decode(errors=_ANY_TEXT),
        site=row["site"],
        words=row["words"],
        paragraphs=row["paragraphs"],
        published=None if published is None else parse_moment(published),
        language=row["language"],
        added_at=_EPOCH + row["added_at"] * _MICROSECOND,
        owner=row["owner"],
    )
    address = row["address"]
    return Share(
        number=row["number"],
        content=row["content"],
        indexed=row["indexed"],
        file=row["file"],
        read_sha256=row["read_sha256"],
        latest_sha256=row["latest_sha256"],
        notices=tuple(json.loads(row["notices"])),
        address=None if address is None else address.decode(errors=_ANY_TEXT),
        entry=entry,
    )


def _bytes(text: str) -> bytes:
    return text.encode(errors=_ANY_TEXT)
