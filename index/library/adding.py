"""What adding an article means for its owner's shares."""

import sqlite3
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from index.library import changes
from index.library.changes import Addition
from index.library.entry import Outcome
from index.library.errors import LibraryError
from index.library.finding import same_article
from index.library.names import made_name, name_key
from index.library.shares import Share, microseconds, shares_of

# For how long it is known when somebody added something.
_ADDITIONS_KEPT = timedelta(days=2)


def add_share(
    connection: sqlite3.Connection, owner: str, addition: Addition, chosen: str | None
) -> Outcome:
    """Give an owner a share of a content, or find the one that there is.

    Args:
        connection: within a transaction.
        owner: who adds.
        addition: the content, which is kept.
        chosen: what to call it; made of the title if None, and kept if it has a name.

    Raises:
        LibraryError: if another of the owner's articles has the chosen name.
    """
    found, sha256 = shares_of(connection, owner), addition.identity.sha256
    article = same_article(found, sha256, addition.article.source)
    same = next((share for share in article if share.content == sha256), None)
    earlier = next((share for share in article if share.content != sha256), None)
    if chosen is not None:
        refuse_taken_name(found, chosen, article)
    kept = same or earlier
    if kept is None:
        name = chosen or made_name(addition.article, {name_key(one.entry.name) for one in found})
        changes.insert_share(connection, owner, addition, name)
        return "new"
    if same is None:
        changes.change_content(connection, kept.number, addition)
    elif earlier is not None:
        # What was at this address is gone; what is there now the owner has from elsewhere.
        changes.merge(connection, earlier.number, same.number)
    changes.refresh(connection, kept.number, addition)
    if chosen is not None:
        changes.rename(connection, kept.number, chosen)
    return "known" if earlier is None else "changed"


def count_addition(connection: sqlite3.Connection, owner: str, moment: datetime) -> None:
    """Remember when an owner added something, and forget what is too old for any limit."""
    oldest = microseconds(moment - _ADDITIONS_KEPT)
    connection.execute("DELETE FROM additions WHERE added_at < ?", (oldest,))
    connection.execute("INSERT INTO additions VALUES (?, ?)", (owner, microseconds(moment)))


def refuse_taken_name(
    found: Iterable[Share], chosen: str, of_this_article: Collection[Share]
) -> None:
    """Refuse a name that another article has.

    Args:
        found: what the owner has.
        chosen: the name.
        of_this_article: shares whose name may be chosen again.

    Raises:
        LibraryError: if it is another's.
    """
    for share in found:
        name = share.entry.name
        if name_key(name) == name_key(chosen) and share not in of_this_article:
            raise LibraryError(
                f"There is an article {name} already. Choose another name, or remove {name} first."
            )
