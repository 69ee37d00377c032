"""`read_epub`: an e-book to a `Document`."""

from index.sources.archives import Archive
from index.sources.document import Block, Document
from index.sources.epub.package import read_package
from index.sources.epub.pages import Pages
from index.sources.errors import NothingToReadError


def read_epub(raw: bytes) -> Document:
    """Return what an e-book says.

    Args:
        raw: a file in EPUB 2 or 3.

    Raises:
        NothingToReadError: if there is no text in it.
        UnopenedError: if it is damaged, copy-protected, or built to harm.
    """
    archive, pages = Archive(raw), Pages()
    package = read_package(archive)
    blocks: list[Block] = []
    for chapter in package.chapters:
        blocks.extend(pages.read(archive.read(chapter)))
    if not blocks:
        raise NothingToReadError("empty")
    return Document(tuple(blocks), package.metadata, hidden_passages=pages.hidden_passages)
