"""`Library`: the articles that people have added, in the data directory.

What is known of them is in SQLite, their contents in files beside it. A content is stored once,
however many owners have it, and goes with the last one's share. An article is in the library from
the moment at which its transaction ends, and its file is on the disk before that; whatever a killed
process left behind goes with the next change.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from index.article import Article
from index.index_store import IndexStore
from index.library import changes, shares
from index.library.adding import add_share, count_addition, refuse_taken_name
from index.library.address import address_of
from index.library.article_files import ArticleFiles, DamagedArticleError
from index.library.article_json import content_identity, index_origin
from index.library.changes import Addition
from index.library.database import LibraryDatabase
from index.library.entry import Added, Entry
from index.library.errors import LibraryError
from index.library.finding import at_address, matching, same_article
from index.library.names import checked_name
from index.library.shares import Share

_LOGGER = logging.getLogger(__name__)


def _now() -> datetime:
    return datetime.now(UTC)


class Library:
    """The articles of a data directory. Threads and processes may use it at once."""

    def __init__(self, data_dir: Path, now: Callable[[], datetime] = _now) -> None:
        """Use a data directory; it is made when something is first added.

        Args:
            data_dir: for the library and the indexes.
            now: tells the time, in UTC.
        """
        self._database = LibraryDatabase(data_dir / "library.sqlite")
        self._files = ArticleFiles(data_dir / "articles")
        self._indexes = IndexStore(data_dir)
        self._now = now

    def add(self, article: Article, owner: str, *, name: str | None = None) -> Added:
        """Give an owner an article: it is in the library afterwards, or unchanged after an error.

        Args:
            article: what was read. Where its source is an absolute path or an address of the web
                at which the owner has other content, it takes that one's place and name.
            owner: `TERMINAL` or that of a chat.
            name: what to call it; made of the title if None, and kept if it has one.

        Raises:
            LibraryError: if another of the owner's articles has this name, or it cannot be one;
                if the library cannot be used.
        """
        chosen = None if name is None else checked_name(name)
        identity, address = content_identity(article), address_of(article.source)

        def work(connection: sqlite3.Connection) -> Added:
            moment = self._now()
            # Under the database's lock: nobody sweeps it away before it is known.
            file = self._files.write(article)
            addition = Addition(article, identity, file, address, moment)
            changes.insert_content(connection, addition)
            outcome = add_share(connection, owner, addition, chosen)
            count_addition(connection, owner, moment)
            return Added(shares.required_share(connection, owner, identity.id).entry, outcome)

        added = self._database.write(work)
        try:
            self._sweep()
        except LibraryError:
            # The article is there; what is left of another goes with the next change.
            _LOGGER.warning("the library was not swept", exc_info=True)
        return added

    def refuse_name(self, article: Article, owner: str, name: str | None) -> None:
        """Say now, rather than when it is added, that an article cannot be called so.

        Raises:
            LibraryError: as `add` would.
        """
        if name is not None:
            chosen, sha256 = checked_name(name), content_identity(article).sha256
            found = self._database.read(lambda connection: shares.shares_of(connection, owner))
            refuse_taken_name(found, chosen, same_article(found, sha256, article.source))

    def entries(self, owner: str) -> tuple[Entry, ...]:
        """Return what an owner has, the newest first."""
        found = self._database.read(lambda connection: shares.shares_of(connection, owner))
        return tuple(share.entry for share in found)

    def find(self, owner: str, reference: str) -> Entry | None:
        """Return an owner's article by what a person may call it, or None.

        Args:
            owner: whose articles are looked through.
            reference: its name, in any case; its id or the beginning of it, at least four digits
                and of no other's; the address or the path that it was read from; or the
                publisher's address.
        """
        found = self._database.read(lambda connection: shares.shares_of(connection, owner))
        share = next(matching(found, reference), None)
        return None if share is None else share.entry

    def at_address(self, owner: str, source: str) -> Entry | None:
        """Return an owner's article that was read from an absolute path or an address, or None."""
        found = self._database.read(lambda connection: shares.shares_of(connection, owner))
        share = next(at_address(found, source), None)
        return None if share is None else share.entry

    def article(self, entry: Entry) -> Article:
        """Return the article of an entry, as it was added.

        Raises:
            LibraryError: if its owner does not have it any more, or its file is damaged.
        """
        share = self._read_share(entry)
        try:
            return self._read(share)
        except DamagedArticleError as error:
            raise LibraryError(
                f"The stored text of {entry.name} is damaged ({error}). "
                f"Add it again from {entry.source}, or remove it."
            ) from error

    def latest_sha256(self, entry: Entry) -> str:
        """Return the SHA-256 of the bytes that were last read at an entry's source.

        Raises:
            LibraryError: if its owner does not have it any more.
        """
        return self._read_share(entry).latest_sha256

    def use(self, owner: str, entry: Entry | None) -> None:
        """Have an owner's questions go to an article, or to the default one if None.

        Raises:
            LibraryError: if the owner does not have it.
        """

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM used WHERE owner = ?", (owner,))
            if entry is not None:
                number = shares.required_share(connection, owner, entry.id, entry.name).number
                connection.execute("INSERT INTO used VALUES (?, ?)", (owner, number))

        self._database.write(work)

    def used(self, owner: str) -> Entry | None:
        """Return the article that an owner's questions go to; None for the default one."""
        share = self._database.read(lambda connection: shares.used_by(connection, owner))
        return None if share is None else share.entry

    def remove(self, owner: str, entry: Entry) -> None:
        """Take an owner's share away; content and indexes go with the last one.

        Raises:
            LibraryError: if the owner does not have it.
        """

        def work(connection: sqlite3.Connection) -> None:
            number = shares.required_share(connection, owner, entry.id, entry.name).number
            connection.execute("DELETE FROM shares WHERE number = ?", (number,))

        self._database.write(work)
        self._sweep()

    def forget(self, owner: str) -> int:
        """Take all of an owner's shares away, and return how many there were.

        What is left for two days is when something was added, not what: limits per day count it.
        """

        def work(connection: sqlite3.Connection) -> int:
            return connection.execute("DELETE FROM shares WHERE owner = ?", (owner,)).rowcount

        forgotten = self._database.write(work)
        self._sweep()
        return forgotten

    def move(self, owner: str, new_owner: str) -> None:
        """Hand all of an owner's articles to another, who has none: a chat has got another id."""

        def work(connection: sqlite3.Connection) -> None:
            for table in ("shares", "used", "additions"):
                connection.execute(
                    f"UPDATE OR IGNORE {table} SET owner = ? WHERE owner = ?", (new_owner, owner)
                )
                connection.execute(f"DELETE FROM {table} WHERE owner = ?", (owner,))

        self._database.write(work)
        self._sweep()

    def added_since(self, owner: str, moment: datetime) -> int:
        """Return how often an owner has added something, new or known, since a moment in UTC.

        What was added more than two days ago is not known any more.
        """
        query = "SELECT count(*) FROM additions WHERE owner = ? AND added_at >= ?"
        values = (owner, shares.microseconds(moment))

        def work(connection: sqlite3.Connection) -> int:
            count: int = connection.execute(query, values).fetchone()[0]
            return count

        return self._database.read(work)

    def all_articles(self) -> Iterator[Article]:
        """Yield every content once, whoever has it, but what is damaged."""
        for share in self._database.read(shares.all_shares):
            with suppress(DamagedArticleError):
                yield self._read(share)

    def _read(self, share: Share) -> Article:
        return self._files.read(
            share.file,
            source=share.entry.source,
            sha256=share.read_sha256,
            notices=share.notices,
        )

    def _read_share(self, entry: Entry) -> Share:
        return self._database.read(
            lambda connection: shares.required_share(connection, entry.owner, entry.id, entry.name)
        )

    def _sweep(self) -> None:
        """Remove what nobody has any more: contents, their files and their indexes.

        After the change, and in a transaction of its own: killed in between, nothing is missing.
        """

        def work(connection: sqlite3.Connection) -> None:
            self._indexes.drop([index_origin(one) for one in changes.delete_orphans(connection)])
            files = connection.execute("SELECT DISTINCT file FROM shares").fetchall()
            self._files.sweep({file for (file,) in files})

        self._database.write(work)
