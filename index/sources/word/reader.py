"""`read_docx`: a Word document to a `Document`; the one door to python-docx."""

import io
from datetime import date, datetime
from typing import TYPE_CHECKING

from index.sources.archives import Archive
from index.sources.document import Document, Metadata
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.metadata_words import real_author, real_title
from index.sources.word.blocks import Notes, WordBlocks
from index.sources.word.styles import Styles, tag
from index.sources.xml import Element, parse_xml, refuse_entities

if TYPE_CHECKING:
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part

_XML_SUFFIXES = (".xml", ".rels")
# The library's own template says that it is its author's; documents made from it say so still.
_TEMPLATE_AUTHOR = "python-docx"


def read_docx(raw: bytes) -> Document:
    """Return what a Word document says.

    Args:
        raw: a file in Office Open XML.

    Raises:
        NothingToReadError: if there is no text in it.
        UnopenedError: if it is damaged, protected, or built to harm.
    """
    _check(raw)
    package = _opened(raw)
    main = _related(package, "officeDocument")
    body = None if main is None else _root(main).find(tag("body"))
    if main is None or body is None:
        raise UnopenedError("damaged")
    styles, notes = _related(main, "styles"), _notes(main)
    blocks = WordBlocks(Styles(None if styles is None else _root(styles)), notes)
    found = blocks.read(body)
    if not found:
        raise NothingToReadError("empty")
    metadata = _metadata(package, blocks.title)
    return Document(tuple(found), metadata, hidden_passages=blocks.hidden_passages)


def _check(raw: bytes) -> None:
    """Look at all members before the library unpacks and parses them."""
    archive = Archive(raw)
    for name in archive.names:
        if name.endswith(_XML_SUFFIXES):
            refuse_entities(archive.read(name), even_a_doctype=True)


def _opened(raw: bytes) -> "OpcPackage":
    from docx.opc.package import OpcPackage

    try:
        return OpcPackage.open(io.BytesIO(raw))
    except Exception as error:  # noqa: BLE001 - it fails on damaged files in any way whatever
        raise UnopenedError("damaged") from error


def _related(source: "OpcPackage | Part", kind: str) -> "Part | None":
    """Return the part to which another has a relationship of a kind, if it has one."""
    for relation in source.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            part: Part = relation.target_part
            return part
    return None


def _root(part: "Part") -> Element:
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _notes(main: "Part") -> Notes:
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnote", "endnote"):
        part = _related(main, f"{kind}s")
        for note in [] if part is None else _root(part).findall(tag(kind)):
            notes[kind, note.get(tag("id"), "")] = note
    return notes


def _metadata(package: "OpcPackage", title: str | None) -> Metadata:
    if _related(package, "core-properties") is None:
        return Metadata(title)
    try:
        said = package.core_properties
        title, author, created = title or said.title, said.author, said.created
    except (ValueError, AttributeError):
        return Metadata(title)
    if author == _TEMPLATE_AUTHOR:
        created = None
    return Metadata(real_title(title), real_author(author), _day(created))


def _day(moment: datetime | None) -> date | None:
    """Return the day on which a file was made: to the minute, nobody published it."""
    return None if moment is None else moment.date()
