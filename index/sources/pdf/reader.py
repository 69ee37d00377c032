"""`read_pdf`: a PDF with a text layer to a `Document`."""

from collections.abc import Sequence

from index.sources.document import Document
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.pdf.columns import reading_order
from index.sources.pdf.flow import blocks_of
from index.sources.pdf.pages import PageWords, open_pdf, read_pages
from index.sources.pdf.paragraphs import column_paragraphs
from index.sources.pdf.properties import metadata_of, outline_of
from index.sources.pdf.raised import with_raised_words
from index.sources.pdf.rows import rows_of
from index.sources.pdf.running import without_running_rows

# A scanner, or whoever stamps pages, may put a few words on each.
_MIN_CHARACTERS_PER_PAGE = 25
# From this share of nameless characters on, what is left is no text.
_MAX_UNKNOWN_SHARE = 0.5


def read_pdf(raw: bytes) -> Document:
    """Return what a PDF says.

    Args:
        raw: a file in PDF.

    Raises:
        NothingToReadError: if it has no text layer, or its letters cannot be told.
        UnopenedError: if it is damaged, or needs a password.
    """
    document = open_pdf(raw)
    pages = list(read_pages(document))
    if not pages:
        raise UnopenedError("damaged")
    _refuse_without_text(pages)
    said = document.get_metadata_dict()
    rows = [(with_raised_words(rows_of(page.words, page.number)), page.height) for page in pages]
    paragraphs = [
        paragraph
        for page_rows in without_running_rows(rows, f"{said['Title']} {said['Author']}")
        for column in reading_order(page_rows)
        for paragraph in column_paragraphs(column)
    ]
    blocks = blocks_of(paragraphs, outline_of(document))
    if not blocks:
        raise NothingToReadError("empty")
    return Document(
        tuple(blocks),
        metadata_of(document, blocks),
        hidden_passages=sum(page.hidden_passages for page in pages),
    )


def _refuse_without_text(pages: Sequence[PageWords]) -> None:
    named = sum(len(word.text) for page in pages for word in page.words)
    unknown = sum(page.unknown for page in pages)
    if unknown > _MAX_UNKNOWN_SHARE * (named + unknown):
        raise NothingToReadError("glyphs")
    pictured = sum(page.has_images for page in pages)
    if 2 * pictured > len(pages) and named < _MIN_CHARACTERS_PER_PAGE * len(pages):
        raise NothingToReadError("scan")
    if not named:
        raise NothingToReadError("empty")
