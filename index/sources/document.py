"""`Document`: what a page or a file says, before it becomes an `Article`."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

BlockKind = Literal["text", "heading", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading or caption of the publisher's.

    Attributes:
        kind: what it is; list items and rows of tables are text.
        text: its visible words, white space collapsed.
        page: number of the page that it begins on, from 1; None where there are no pages.
    """

    kind: BlockKind
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a source says of itself; None for what it does not say.

    Attributes:
        title: the headline.
        author: who wrote it; several are joined by ", ".
        published: when it was published (a `datetime` where the time is given).
        site: name of the publication.
        url: the publisher's address (the canonical one, where the page names it).
        language: primary language subtag (BCP 47), such as "en".
    """

    title: str | None = None
    author: str | None = None
    published: date | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a page or a file says.

    Attributes:
        blocks: in reading order.
        metadata: what it says of itself.
        published_text: of a web page: all its visible text, menus too, as a browser's search sees
            it, a line for each block; None for other kinds.
        hidden_passages: runs of text that a person could not have seen, and that were left out.
    """

    blocks: tuple[Block, ...]
    metadata: Metadata = Metadata()
    published_text: str | None = None
    hidden_passages: int = 0
