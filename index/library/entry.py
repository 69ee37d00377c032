"""`Entry`: what the library knows of an article without opening it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# Who adds articles in the terminal.
TERMINAL = "terminal"

Outcome = Literal["new", "known", "changed"]


def chat_owner(chat_id: int) -> str:
    """Return the owner that a chat is to the library."""
    return f"chat:{chat_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One owner's share of an article.

    Attributes:
        id: 16 hexadecimal digits of the content's SHA-256; the same for every owner.
        name: what the owner calls it; no two of the owner's are called the same.
        title: the headline, if found.
        url: the publisher's address, if known.
        source: what was opened last: a path, an address, or the name of what was sent.
        site: name of the publication, if known.
        words: number of words in the body.
        paragraphs: number of paragraphs in the body, headings and captions not counted.
        published: when it was published, if found.
        language: primary language subtag (BCP 47), if known.
        added_at: when the owner first added it, or when it last changed, in UTC.
        owner: whose share it is.
    """

    id: str
    name: str
    title: str | None
    url: str | None
    source: str
    site: str | None
    words: int
    paragraphs: int
    published: date | None
    language: str | None
    added_at: datetime
    owner: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an article came to.

    Attributes:
        entry: the article, which is in the library now.
        outcome: "new"; "known", where the owner had the same content already; or "changed", where
            the owner had other content of the same address, in whose place it is now.
    """

    entry: Entry
    outcome: Outcome
