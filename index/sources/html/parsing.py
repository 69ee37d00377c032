"""From the characters of a page to a tree of bounded size and depth: the one door to lxml."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from index.sources.errors import NothingToReadError, ParsingError

# An `lxml.html.HtmlElement`; lxml has no types of its own.
Element: TypeAlias = Any

MAX_ELEMENTS = 150_000
# Deeper elements are dissolved into their parents: libraries that walk trees call themselves.
MAX_DEPTH = 200
# Where libxml2 stops reading.
_PARSER_DEPTH = 2040

# What lxml takes for no text; a form feed is white space.
# Regular expressions of libraries take quadratic time in such runs.
_LONG_SPACE = re.compile(r"[ \t\r\n]{100,}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def parse_html(text: str) -> Element:
    """Return the root of a page's tree, comments included.

    Args:
        text: the page.

    Raises:
        NothingToReadError: if there is no element and no text.
        ParsingError: if the page has more elements than can be read, or nests them too deep.
    """
    from lxml import html
    from lxml.etree import ParserError

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(xml_text(text).encode(), parser=parser)
    except ParserError:
        raise NothingToReadError("empty") from None
    elements = list(root.iter())
    if len(elements) > MAX_ELEMENTS:
        raise ParsingError(
            f"The page has {len(elements):,} elements, and the limit is {MAX_ELEMENTS:,}. "
            "Save the part that you want to ask as a page or a text of its own."
        )
    _flatten(root)
    return root


def xml_text(text: str) -> str:
    """Return a text with nothing in it that lxml refuses to keep, and no endless white space."""
    return _LONG_SPACE.sub(_shorter_space, _NOT_XML.sub("\ufffd", text.replace("\f", " ")))


def _shorter_space(match: re.Match[str]) -> str:
    return "\n\n" if "\n" in match[0] else " "


def walk(root: Element) -> Iterator[tuple[str, Element]]:
    """Yield ("start" | "end", element) in document order, of a tree without comments."""
    from lxml.etree import iterwalk

    yield from iterwalk(root, events=("start", "end"))


def remove(element: Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def _flatten(root: Element) -> None:
    from lxml.etree import iterwalk

    depth = 0
    too_deep: list[Element] = []
    for event, element in iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _PARSER_DEPTH:
            raise ParsingError(
                f"The page nests more than {_PARSER_DEPTH:,} elements in each other. "
                "Save its text as a .txt file and open that."
            )
        if event == "start" and depth > MAX_DEPTH:
            too_deep.append(element)
    for element in reversed(too_deep):
        element.drop_tag()
