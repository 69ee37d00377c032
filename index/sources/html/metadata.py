"""What a page says of itself: headline, authors, date, publication, address, language."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from index.sources.document import Metadata
from index.sources.html.authors import bylines, clean_authors, names_beside_dates, shown_authors
from index.sources.html.canonical import canonical_url, site_host
from index.sources.html.head import Head
from index.sources.html.json_ld import (
    Node,
    authors_of,
    find_article,
    find_publisher,
    json_ld_nodes,
    texts,
)
from index.sources.html.meta_tags import MetaTags, links
from index.sources.html.parsing import Element
from index.sources.html.published_date import (
    date_in_address,
    date_in_lines,
    declared_date,
    shown_date,
)
from index.sources.html.titles import without_site

_MAX_TITLE = 1000
_MAX_BYLINE = 150
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_].*)?")
_TITLE_NAMES = (
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "headline",
)
_AUTHOR_NAMES = (
    *("citation_author", "parsely-author", "sailthru.author", "author", "article:author", "byl"),
    *("dc.creator", "dcterms.creator", "og:article:author", "og:author", "creator"),
)
_SITE_NAMES = ("og:site_name", "application-name", "citation_journal_title", "dc.publisher")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page declares for programs, outside the text that people see.

    Attributes:
        page_title: its `<title>`.
        titles: likeliest first.
        authors: of the article by JSON-LD, or else by `<meta>`.
        organisations: that JSON-LD names as authors.
        addresses: that the page claims for itself, likeliest first.
        site: name of the publication.
        language: primary subtag.
        article: JSON-LD of the article.
        meta: the `<meta>` elements.
    """

    page_title: str
    titles: tuple[str, ...]
    authors: tuple[str, ...]
    organisations: tuple[str, ...]
    addresses: tuple[str, ...]
    site: str | None
    language: str | None
    article: Node | None
    meta: MetaTags


@dataclass(frozen=True, slots=True)
class Shown:
    """What people see of a page's article.

    Attributes:
        head: its head.
        region: the elements of the article and of its head, in document order; not empty.
        text: all that the page shows.
    """

    head: Head
    region: Sequence[Element]
    text: str


def read_declared(root: Element) -> Declared:
    """Read what a page declares, from its whole tree."""
    nodes = json_ld_nodes(root)
    meta = MetaTags(root)
    page_title = " ".join(root.findtext(".//head/title", default="")[:_MAX_TITLE].split())
    article = find_article(nodes, (*meta.all(*_TITLE_NAMES), page_title))
    node = article or {}
    people, organisations = authors_of(node)
    return Declared(
        page_title=page_title,
        titles=(*texts(node.get("headline")), *meta.all(*_TITLE_NAMES), page_title),
        authors=people or tuple(meta.all(*_AUTHOR_NAMES)),
        organisations=organisations,
        addresses=(*links(root, "canonical"), *meta.all("og:url"), *texts(node.get("url"))),
        site=meta.first(*_SITE_NAMES[:1]) or find_publisher(nodes) or meta.first(*_SITE_NAMES),
        language=_language(root, meta),
        article=article,
        meta=meta,
    )


def find_metadata(declared: Declared, shown: Shown, url: str | None) -> Metadata:
    """Return what a page says of itself; what it declares wins over what it shows.

    Args:
        declared: what it declares for programs.
        shown: what people see.
        url: where it was opened.
    """
    address = canonical_url(declared.addresses, url)
    return Metadata(
        title=_title(declared, shown.head),
        author=_author(declared, shown),
        published=_published(declared, shown, address),
        site=declared.site or site_host(address),
        url=address,
        language=declared.language,
    )


def _title(declared: Declared, head: Head) -> str | None:
    title = next((title for title in declared.titles if title.strip()), None)
    return (
        head.headline
        or head.header.title
        or (None if title is None else without_site(title, declared.site))
    )


def _author(declared: Declared, shown: Shown) -> str | None:
    """Return the authors; whom a page declares and does not show counts less than whom it shows."""
    nobody = (declared.site, *declared.organisations)
    said = clean_authors(declared.authors, nobody)
    if said is not None and any(name in shown.text for name in said.split(", ")):
        return said
    head = shown.head
    lines = (*_parts(head.elements), *head.lines)
    for found in (shown_authors(head.elements), islice(bylines(lines), 1)):
        names = clean_authors(found, nobody)
        if names is not None:
            return names
    in_header = [head.header.author] if head.header.author is not None else []
    return (
        said
        or clean_authors(in_header, nobody)
        or clean_authors(islice(names_beside_dates(head.lines, declared.language), 1), nobody)
        or clean_authors(shown_authors(shown.region)[:1], nobody)
    )


def _published(declared: Declared, shown: Shown, address: str | None) -> date | None:
    return (
        declared_date(declared.article, declared.meta)
        or shown_date(shown.head.elements, declared.language)
        or date_in_lines(shown.head.lines, declared.language)
        or shown.head.header.published
        or shown_date(shown.region, declared.language)
        or date_in_address(address)
        or date_in_lines(shown.head.before, declared.language)
    )


def _parts(elements: Iterable[Element]) -> list[str]:
    """Return the texts of elements that are short enough for a byline, the shortest first."""
    texts = {" ".join(" ".join(element.itertext()).split()) for element in elements}
    return sorted((text for text in texts if 0 < len(text) <= _MAX_BYLINE), key=len)


def _language(root: Element, meta: MetaTags) -> str | None:
    for said in (root.get("lang"), root.get("xml:lang"), meta.first("content-language")):
        match = _LANGUAGE.fullmatch((said or "").strip())
        if match is not None:
            return match[1].lower()
    return None
