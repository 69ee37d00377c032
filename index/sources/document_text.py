"""Laying a `Document` out as one text: header lines, body, captions, and where each of them is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from index.header import HeaderField, HeaderKind
from index.normalise import normalise
from index.paragraphs import BLOCK_BREAK, Paragraph, block_paragraphs
from index.sources.document import Block, Document, Metadata
from index.spans import Span

# More than that names neither a headline nor its authors.
_MAX_HEADER_LINE = 500


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

    A title that the body begins with too is not said twice.
    """
    header = list(_header_lines(document.metadata))
    title = next((line for kind, line in header if kind == "title"), None)
    blocks = [replace(block, text=normalise(block.text)) for block in document.blocks]
    blocks = _without_title([block for block in blocks if block.text], title)
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


def _without_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Leave out the first block where it is the title once more."""
    if title is None or len(blocks) < 2:
        return blocks
    is_title = blocks[0].kind != "caption" and " ".join(blocks[0].text.split()) == title
    return blocks[is_title:]
