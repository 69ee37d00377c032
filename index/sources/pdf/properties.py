"""What a PDF says of itself: title, author, day; and the titles of its table of contents."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from index.dates import parse_date
from index.sources.document import Block, Metadata
from index.sources.metadata_words import real_author, real_title
from index.sources.pdf.flow import outline_key

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
# Title, authors and date are among them, if they are there.
_BLOCKS_OF_HEADER = 6
_MAX_OUTLINE = 5_000
_SHORTEST_OUTLINE_KEY = 3


def metadata_of(document: "PdfDocument", blocks: Sequence[Block]) -> Metadata:
    """Return what a PDF says of itself.

    Its title counts where it can be seen too; else the first heading on the first page does, if
    there is one, since many files keep the title of what they were made from. A line of the first
    page that is a date is the day of publication; else the day on which the file was made is, if
    its year stands on the first page: what is printed again later is made again, too.

    Args:
        document: open.
        blocks: what can be seen.
    """
    said = document.get_metadata_dict()
    return Metadata(
        title=_title(real_title(said.get("Title")), blocks),
        author=real_author(said.get("Author")),
        published=_published(_day(said.get("CreationDate") or ""), blocks),
    )


def outline_of(document: "PdfDocument") -> frozenset[str]:
    """Return the titles of the table of contents beside the pages, as `outline_key` has them."""
    keys: set[str] = set()
    for number, bookmark in enumerate(document.get_toc(max_depth=6)):
        if number >= _MAX_OUTLINE:
            break
        keys.add(outline_key(bookmark.get_title() or ""))
    return frozenset(key for key in keys if len(key) >= _SHORTEST_OUTLINE_KEY)


def _title(said: str | None, blocks: Sequence[Block]) -> str | None:
    on_first_page = _on_first_page(blocks)
    if said and any(outline_key(said) in outline_key(block.text) for block in on_first_page):
        return said
    first = on_first_page[:_BLOCKS_OF_HEADER]
    return next((block.text for block in first if block.kind == "heading"), None) or said


def _published(made: date | None, blocks: Sequence[Block]) -> date | None:
    on_first_page = _on_first_page(blocks)
    for block in on_first_page[:_BLOCKS_OF_HEADER]:
        if (found := parse_date(block.text)) is not None:
            return found
    if made is not None and any(str(made.year) in block.text for block in on_first_page):
        return made
    return None


def _on_first_page(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block.page == blocks[0].page]


def _day(text: str) -> date | None:
    """Return the day of a PDF's date, such as "D:20170629090600+03'00'"."""
    match = _DATE.match(text)
    if match is None or match[2] is None or match[3] is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
