"""The package of an EPUB: which files make up the book, in which order, and what it says of itself.

EPUB 3.3 (W3C) and EPUB 2, of which the first is a superset in all that is read here.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import unquote, urlsplit

from index.dates import parse_date
from index.language import primary_subtag
from index.sources.archives import Archive
from index.sources.document import Metadata
from index.sources.errors import UnopenedError
from index.sources.metadata_words import real_author, real_title
from index.sources.xml import Element, parse_xml

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml"}


@dataclass(frozen=True, slots=True)
class Package:
    """A book.

    Attributes:
        chapters: names of its pages in the archive, in reading order; tables of contents are left
            out.
        metadata: what it says of itself.
    """

    chapters: tuple[str, ...]
    metadata: Metadata


def read_package(archive: Archive) -> Package:
    """Return what an EPUB is made of.

    Raises:
        UnopenedError: if it is damaged or copy-protected.
    """
    name = _package_name(archive)
    root = parse_xml(_member(archive, name))
    items = {item.get("id"): item for item in _all(root, "item")}
    contents = _contents(root)
    chapters: dict[str, bool] = {}
    for reference in _all(root, "itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _PAGES:
            continue
        path = _path(name, item.get("href", ""))
        if path not in contents and "nav" not in item.get("properties", "").split():
            chapters.setdefault(path, reference.get("linear") == "no")
    # What is not part of the line (notes, answers) is read behind it.
    order = sorted(chapters, key=lambda path: chapters[path])
    _refuse_encrypted(archive, {*order})
    return Package(tuple(path for path in order if path in archive.names), _metadata(root))


def _package_name(archive: Archive) -> str:
    rootfiles = _all(parse_xml(_member(archive, _CONTAINER)), "rootfile")
    path = next((rootfile.get("full-path") for rootfile in rootfiles), None)
    if not path:
        raise UnopenedError("damaged")
    return str(path)


def _member(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError as error:
        raise UnopenedError("damaged") from error


def _contents(root: Element) -> set[str]:
    """Return the pages that EPUB 2 names as tables of contents."""
    return {
        unquote(urlsplit(reference.get("href", "")).path)
        for reference in _all(root, "reference")
        if reference.get("type") == "toc"
    }


def _path(package: str, href: str) -> str:
    """Return the name in the archive of what an address in the package means."""
    relative = unquote(href.partition("#")[0])
    return posixpath.normpath(posixpath.join(posixpath.dirname(package), relative))


def _refuse_encrypted(archive: Archive, pages: set[str]) -> None:
    """Let pass a book of which at most the fonts are encrypted."""
    if _ENCRYPTION not in archive.names:
        return
    references = _all(parse_xml(_member(archive, _ENCRYPTION)), "CipherReference")
    if any(unquote(reference.get("URI", "")) in pages for reference in references):
        raise UnopenedError("copy_protection")


def _metadata(root: Element) -> Metadata:
    def said(name: str) -> list[str]:
        return [text for each in _all(root, name) if (text := "".join(each.itertext()).strip())]

    dates = [found for text in said("date") if (found := parse_date(text)) is not None]
    return Metadata(
        title=real_title(next(iter(said("title")), None)),
        author=real_author(";".join(said("creator"))),
        published=_moment(dates[0]) if dates else None,
        site=next(iter(said("publisher")), None),
        language=primary_subtag(next(iter(said("language")), None)),
    )


def _moment(published: date) -> date:
    """Return a day where midnight stands for no time at all."""
    is_day = isinstance(published, datetime) and published.time() == time()
    return published.date() if is_day and isinstance(published, datetime) else published


def _all(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name, in whatever namespace; old books have their own."""
    yield from root.iter(f"{{*}}{name}")
