"""The rows of the library's tables: who has which article, under which name."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.library.article_json import parse_moment
from index.library.entry import Entry
from index.library.errors import LibraryError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# A source need not be text: a path may hold any bytes, and a chat may send half a character.
ANY_TEXT = "surrogatepass"
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


def required_share(connection: sqlite3.Connection, owner: str, id_: str, name: str = "") -> Share:
    """Return an owner's share of a content.

    Args:
        connection: to the library.
        owner: whose share.
        id_: of the content, as a person sees it.
        name: what the article is called where the share is gone.

    Raises:
        LibraryError: if the owner has none.
    """
    share = share_of(connection, owner, id_)
    if share is None:
        raise LibraryError(
            f"The article {name or id_} is not in the library any more. Add it again."
        )
    return share


def used_by(connection: sqlite3.Connection, owner: str) -> Share | None:
    """Return what an owner asks."""
    query = f"{_ENTRY} JOIN used ON used.share = shares.number WHERE used.owner = ?"
    return next(map(_share, _rows(connection, query, (owner,))), None)


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
        source=row["source"].decode(errors=ANY_TEXT),
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
        address=None if address is None else address.decode(errors=ANY_TEXT),
        entry=entry,
    )
