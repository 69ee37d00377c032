"""What a page says of itself: headline, authors, date, publication, address, language."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sources.document import Metadata
from index.sources.html.authors import clean_authors, shown_authors
from index.sources.html.canonical import canonical_url, site_host
from index.sources.html.evidence import guessed_author, guessed_date
from index.sources.html.json_ld import Node, find_article, find_publisher, json_ld_nodes, texts
from index.sources.html.meta_tags import MetaTags, links
from index.sources.html.moments import parse_stamp
from index.sources.html.parsing import Element
from index.sources.html.published_date import date_in_address, declared_date, shown_date
from index.sources.html.titles import find_title

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
        titles: likeliest first.
        authors: of the article by JSON-LD, or else by `<meta>`.
        addresses: that the page claims for itself, likeliest first.
        site: name of the publication.
        language: primary subtag.
        article: JSON-LD of the article.
        meta: the `<meta>` elements.
    """

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    addresses: tuple[str, ...]
    site: str | None
    language: str | None
    article: Node | None
    meta: MetaTags


def read_declared(root: Element) -> Declared:
    """Read what a page declares, from its whole tree."""
    nodes = json_ld_nodes(root)
    meta = MetaTags(root)
    page_title = " ".join(root.findtext(".//head/title", default="").split())
    article = find_article(nodes, (*meta.all(*_TITLE_NAMES), page_title))
    node = article or {}
    return Declared(
        titles=(*texts(node.get("headline")), *meta.all(*_TITLE_NAMES), page_title),
        authors=tuple(texts(node.get("author"))) or tuple(meta.all(*_AUTHOR_NAMES)),
        addresses=(*links(root, "canonical"), *meta.all("og:url"), *texts(node.get("url"))),
        site=meta.first(*_SITE_NAMES[:1]) or find_publisher(nodes) or meta.first(*_SITE_NAMES),
        language=_language(root, meta),
        article=article,
        meta=meta,
    )


def find_metadata(
    declared: Declared, root: Element, region: Sequence[Element], url: str | None
) -> Metadata:
    """Return what a page says of itself; what it declares wins over what it shows.

    Args:
        declared: what it declares.
        root: its tree, without what is hidden.
        region: the elements of the article and of its head, in document order.
        url: where it was opened.
    """
    address = canonical_url(declared.addresses, url)
    site = declared.site or site_host(address)
    headings = [" ".join(one.text_content().split()) for one in region if one.tag == "h1"]
    return Metadata(
        title=find_title(headings, declared.titles, site),
        author=clean_authors(declared.authors, site=site)
        or clean_authors(shown_authors(region), site=site)
        or clean_authors(guessed_author(root), site=site),
        published=declared_date(declared.article, declared.meta)
        or shown_date(region, declared.language)
        or date_in_address(address)
        or parse_stamp(guessed_date(root, address) or ""),
        site=site,
        url=address,
        language=declared.language,
    )


def _language(root: Element, meta: MetaTags) -> str | None:
    for said in (root.get("lang"), root.get("xml:lang"), meta.first("content-language")):
        match = _LANGUAGE.fullmatch((said or "").strip())
        if match is not None:
            return match[1].lower()
    return None
