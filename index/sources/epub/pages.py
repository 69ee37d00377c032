"""The blocks of a page of a book: well-formed XHTML of a publisher, without menus around it."""

import html.entities
import re
from collections.abc import Iterator
from itertools import chain

from index.sources.document import Block, BlockKind
from index.sources.errors import UnopenedError
from index.sources.xml import Element, parse_xml

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CAPTIONS = {"figcaption", "caption"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "br", "center", "dd", "details", "div"),
    *("dl", "dt", "figure", "footer", "form", "header", "hr", "li", "main", "ol", "p", "pre"),
    *("section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul"),
    *_HEADINGS,
    *_CAPTIONS,
}
_LEFT_OUT = {
    *("audio", "head", "iframe", "nav", "noscript", "object", "rp", "rt", "script", "style", "svg"),
    *("template", "video"),
}
# Marks and lists that are not of the text.
_LEFT_OUT_TYPES = {"index", "landmarks", "noteref", "page-list", "pagebreak", "toc"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.IGNORECASE)
_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31};)")
_XML_ENTITIES = {b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"}


# A piece of text with its kind, or None where a block ends.
_Token = tuple[BlockKind, str] | None


class Pages:
    """Reads pages one after the other.

    Attributes:
        hidden_passages: elements with text that are not shown.
    """

    def __init__(self) -> None:
        """Start without any page."""
        self.hidden_passages = 0

    def read(self, raw: bytes) -> list[Block]:
        """Return the blocks of a page.

        Raises:
            UnopenedError: if it defines entities, or cannot be parsed at all.
        """
        return list(_joined(self._tokens(_parsed(raw), "text")))

    def _tokens(self, element: Element, kind: BlockKind) -> Iterator[_Token]:
        name = _name(element)
        if self._is_left_out(element, name):
            return
        kind = "heading" if name in _HEADINGS else "caption" if name in _CAPTIONS else kind
        if name in _BLOCKS:
            yield None
        if name == "tr":
            cells = [self._text(cell, kind) for cell in element if _name(cell) in ("td", "th")]
            yield kind, " | ".join(cell for cell in cells if cell)
        else:
            yield kind, element.text or ""
            for child in element:
                yield from self._tokens(child, kind)
                yield kind, child.tail or ""
        if name in _BLOCKS:
            yield None

    def _text(self, cell: Element, kind: BlockKind) -> str:
        return " ".join(block.text for block in _joined(self._tokens(cell, kind)))

    def _is_left_out(self, element: Element, name: str) -> bool:
        if name in _LEFT_OUT or _LEFT_OUT_TYPES & {*element.get(_EPUB_TYPE, "").split()}:
            return True
        is_hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style", ""))
        if is_hidden and "".join(element.itertext()).strip():
            self.hidden_passages += 1
        return bool(is_hidden)


def _joined(tokens: Iterator[_Token]) -> Iterator[Block]:
    """Join pieces into blocks, white space collapsed, empty ones left out."""
    kind: BlockKind = "text"
    pieces: list[str] = []
    for token in chain(tokens, [None]):
        if token is not None:
            if not "".join(pieces).strip():
                kind = token[0]
            pieces.append(token[1])
            continue
        if text := " ".join("".join(pieces).split()):
            yield Block(kind, text)
        pieces = []


def _name(element: Element) -> str:
    """Return an element's name without its namespace; of anything else, nothing."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _parsed(raw: bytes) -> Element:
    """Return the root of a page; as HTML where it is not well-formed."""
    from lxml import etree

    try:
        return parse_xml(_NAMED_ENTITY.sub(_character, raw))
    except UnopenedError as error:
        if error.reason != "damaged":
            raise
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnopenedError("damaged") from error
    if root is None:
        raise UnopenedError("damaged")
    return root


def _character(entity: re.Match[bytes]) -> bytes:
    """Return a numeric reference for a named entity of HTML, which XML knows nothing of."""
    name = entity.group(1)
    characters = html.entities.html5.get(name.decode("ascii"))
    if name in _XML_ENTITIES or characters is None:
        return entity.group()
    return "".join(f"&#{ord(character)};" for character in characters).encode()
