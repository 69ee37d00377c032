"""Laying a `Document` out as one text: header lines, body, captions, and where each of them is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from index.dates import parse_date
from index.header import HeaderField, HeaderKind
from index.normalise import normalise
from index.paragraphs import BLOCK_BREAK, Paragraph, block_paragraphs
from index.sources.document import Block, Document, Metadata
from index.spans import Span

# More than that names neither a headline nor its authors.
_MAX_HEADER_LINE = 500
# Title, byline and date of a body are among its first blocks.
_BLOCKS_OF_HEADER = 4
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_NAMES = {"by", "and", "von", "und", "par", "et", "por", "y", "e", "di", "da"}


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A document as one text.

    Attributes:
        text: normalised: the header lines, the body's blocks and the captions, with a blank line
            between any two of them.
        header: title, author and date, each only where known.
        paragraphs: of the body, then the captions; numbered from 1.
    """

    text: str
    header: tuple[HeaderField, ...]
    paragraphs: tuple[Paragraph, ...]


def document_text(document: Document) -> DocumentText:
    """Return a document as one text.

    Title, author and date that the body begins with too are not said twice.
    """
    header = list(_header_lines(document.metadata))
    blocks = [replace(block, text=normalise(block.text)) for block in document.blocks]
    blocks = _without_header([block for block in blocks if block.text], document.metadata)
    blocks.sort(key=lambda block: block.kind == "caption")  # stable: the order is kept otherwise
    texts = [line for _, line in header] + [block.text for block in blocks]
    fields, body_start = _fields(header)
    paragraphs = block_paragraphs(
        [*(("text", line) for _, line in header), *((block.kind, block.text) for block in blocks)],
        body_start,
    )
    return DocumentText(
        BLOCK_BREAK.join(texts),
        fields,
        tuple(
            replace(paragraph, page=block.page)
            for paragraph, block in zip(paragraphs, blocks, strict=True)
        ),
    )


def _header_lines(metadata: Metadata) -> Iterator[tuple[HeaderKind, str]]:
    published = metadata.published
    moment = published.isoformat(" ", "minutes") if isinstance(published, datetime) else published
    said: dict[HeaderKind, str] = {
        "title": metadata.title or "",
        "author": metadata.author or "",
        # ISO 8601: understood whatever language the article is in.
        "published": "" if moment is None else str(moment),
    }
    for kind, words in said.items():
        line = " ".join(normalise(words).split())
        if line and len(line) <= _MAX_HEADER_LINE:
            yield kind, line


def _fields(header: list[tuple[HeaderKind, str]]) -> tuple[tuple[HeaderField, ...], int]:
    fields: list[HeaderField] = []
    start = 0
    for kind, line in header:
        span = Span(start, start + len(line))
        fields.append(HeaderField(kind, span, span))
        start = span.end + len(BLOCK_BREAK)
    return tuple(fields), start


def _without_header(blocks: list[Block], metadata: Metadata) -> list[Block]:
    """Leave out blocks near the beginning that say title, author or date once more."""
    first = blocks[:_BLOCKS_OF_HEADER]
    kept = [block for block in first if not _says_metadata(block, metadata)]
    return [*kept, *blocks[len(first) :]] if kept else blocks


def _says_metadata(block: Block, metadata: Metadata) -> bool:
    if block.kind == "caption" or len(block.text) > _MAX_HEADER_LINE:
        return False
    words = _WORD.findall(block.text)
    if words and words == _WORD.findall(metadata.title or ""):
        return True
    names = {word for word in words if word.casefold() not in _BETWEEN_NAMES}
    if names and names == {*_WORD.findall(metadata.author or "")} - _BETWEEN_NAMES:
        return True
    said = parse_date(block.text) if metadata.published else None
    return said is not None and said.isoformat()[:10] == str(metadata.published)[:10]
