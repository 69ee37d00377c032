"""XML from anywhere: without entities, without the network, within lxml's own limits of depth."""

from typing import Any, TypeAlias

from index.sources.errors import UnopenedError

# An `lxml.etree._Element`; lxml has no types of its own.
Element: TypeAlias = Any

_ENTITY = "<!ENTITY"
_DOCTYPE = "<!DOCTYPE"
_ENCODINGS = ("ascii", "utf-16-le", "utf-16-be")


def parse_xml(raw: bytes) -> Element:
    """Return the root of an XML document, without comments and processing instructions.

    Raises:
        UnopenedError: if it is not well-formed, or defines entities.
    """
    from lxml import etree

    refuse_entities(raw)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnopenedError("damaged") from error
    return root


def refuse_entities(raw: bytes, *, even_a_doctype: bool = False) -> None:
    """Let pass XML that defines no entities of its own.

    Args:
        raw: the document, in any encoding.
        even_a_doctype: whether it may not even have a document type, in which they are defined.

    Raises:
        UnopenedError: if it does.
    """
    forbidden = _DOCTYPE if even_a_doctype else _ENTITY
    if any(forbidden.encode(encoding) in raw for encoding in _ENCODINGS):
        raise UnopenedError("entities")
