"""The extractors that are compared: each makes an `Extraction` of a page."""

import importlib.util
import logging
from collections.abc import Callable
from datetime import date

from lxml import html

from index.errors import ArticleError
from index.sources.html.reader import read_html
from tests.extraction.corpus import Page
from tests.extraction.scoring import Extraction

Extract = Callable[[Page], Extraction]


def ours(page: Page) -> Extraction:
    """The project's reader; a page that it refuses gives nothing."""
    try:
        document = read_html(page.raw, url=page.url, charset=page.charset)
    except ArticleError:
        return Extraction(body=())
    return Extraction(
        body=tuple(block.text for block in document.blocks if block.kind != "caption"),
        captions=tuple(block.text for block in document.blocks if block.kind == "caption"),
        title=document.metadata.title,
        author=document.metadata.author,
        published=document.metadata.published,
    )


def by_trafilatura(page: Page) -> Extraction:
    """Trafilatura alone, as its documentation says: `bare_extraction` with metadata."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(page.raw, url=page.url, with_metadata=True)
    if found is None or isinstance(found, dict):
        return Extraction(body=())
    return Extraction(
        body=tuple((found.text or "").splitlines()),
        title=found.title,
        author=found.author,
        published=date.fromisoformat(found.date) if found.date else None,
    )


def by_readability(page: Page) -> Extraction:
    """readability-lxml, as it is documented: `summary` and `short_title`; it knows no more."""
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    document = Document(page.raw)
    body = html.fromstring(document.summary())
    texts = (element.text_content() for element in body.iter("body"))
    return Extraction(body=tuple(texts) or (body.text_content(),), title=document.short_title())


def extractors() -> dict[str, Extract]:
    """Return the extractors by name; readability only where it is installed."""
    found: dict[str, Extract] = {"trafilatura": by_trafilatura}
    if importlib.util.find_spec("readability") is not None:
        found["readability-lxml"] = by_readability
    return {**found, "article-bot": ours}
