"""Small pages for the tests."""

from index.sources.document import Document
from index.sources.html.parsing import Element, parse_html
from index.sources.html.reader import read_html

SENTENCES = (
    "The ferry to the outer islands will sail again from the first of May, the harbour said.",
    "It had been laid up since the storm in October, when it lost its rudder on the bar.",
    "A new rudder was cast in the yard at Brandt, and weighs a little over two tonnes.",
)
BODY = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def page(body: str, head: str = "<title>The ferry sails again</title>") -> str:
    """Return a page with this in it."""
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def article(inside: str = "", head: str = "<title>The ferry sails again</title>") -> str:
    """Return a page with an article, and this behind its second paragraph."""
    paragraphs = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    body = "".join((*paragraphs[:2], inside, *paragraphs[2:]))
    return page(f"<article><h1>The ferry sails again</h1>{body}</article>", head)


def read(text: str, url: str | None = "https://news.example/ferry") -> Document:
    """Read a page that is in UTF-8."""
    return read_html(text.encode(), url=url, charset="utf-8")


def texts(document: Document, kind: str = "text") -> list[str]:
    """Return the texts of a document's blocks of a kind."""
    return [block.text for block in document.blocks if block.kind == kind]


def tree(body: str) -> Element:
    """Return the root of a page with this in its body."""
    return parse_html(page(body))
