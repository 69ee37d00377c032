"""When a page was published, as it says itself."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from index.sources.html.json_ld import Node, texts
from index.sources.html.meta_tags import MetaTags
from index.sources.html.moments import parse_stamp, parse_words
from index.sources.html.parsing import Element

_META_NAMES = (
    *("article:published_time", "article:published", "og:article:published_time"),
    *("og:published_time", "datepublished", "citation_publication_date", "citation_online_date"),
    *("citation_date", "parsely-pub-date", "sailthru.date", "publishdate", "publish-date"),
    *("publish_date", "pubdate", "pub_date", "publication_date", "publication-date"),
    *("publicationdate", "article.published", "dc.date.issued", "dcterms.issued", "dcterms.date"),
    *("dc.date", "dcterms.created", "dc.date.created", "dc.created", "date.release", "og:pubdate"),
    *("bt:pubdate", "article_date_original", "originalpublicationdate"),
    *("cxenseparse:recs:publishtime", "date_published", "date"),
)
_UPDATED = re.compile(
    r"updat|modif|edited|revis|mis à jour|maj\b|aktualisiert|geändert|actualizad|aggiornat|обновл"
    r"|更新|bijgewerkt|zmodyfik|wijzig|atualizad",
    re.IGNORECASE,
)
# Each part of a line of dates is one date with what it is the date of.
_PART = re.compile(
    r"\s*[|•·]\s*|(?=\b(?:(?:last )?updated|(?:last )?modified|mis à jour|aktualisiert|stand:"
    r"|actualizado|aggiornato|bijgewerkt|обновлено|publi|veröffentlicht|posted|опубликовано)\b)",
    re.IGNORECASE,
)
_PUBLISHED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:dt-published|published|pubdate|publish(?:ed)?-?(?:date|time|on)|date-?published"
    r"|publication-?date|post-?date|entry-?date|article-?date|dateline|timestamp|date|datum|fecha)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")


def declared_date(node: Node | None, meta: MetaTags) -> date | None:
    """Return the date of publication that a page declares for programs."""
    stamps: list[str] = []
    if node is not None:
        stamps += [*texts(node.get("datePublished")), *texts(node.get("dateCreated"))]
    stamps += meta.all(*_META_NAMES)
    return next((found for found in map(parse_stamp, stamps) if found is not None), None)


def shown_date(region: Iterable[Element], language: str | None) -> date | None:
    """Return the date of publication that a page shows.

    Args:
        region: the elements between which the date of the article itself would stand, in order.
        language: primary subtag of the page's language, if known.
    """
    elements = list(region)
    for candidates in (_marked, _times, _named):
        for element in candidates(elements):
            found = _date_of(element, language)
            if found is not None:
                return found
    return None


def date_in_lines(lines: Iterable[str], language: str | None) -> date | None:
    """Return the first date in lines as people see them, unless it is that of a change."""
    for line in lines:
        for part in _PART.split(line):
            found = None if _UPDATED.search(part) else parse_words(part, language)
            if found is not None:
                return found
    return None


def date_in_address(url: str | None) -> date | None:
    """Return the day that an address such as `/2024/03/05/title` names."""
    match = _URL_DATE.search(url or "")
    return (
        None if match is None else parse_stamp("-".join(part.zfill(2) for part in match.groups()))
    )


def _marked(elements: list[Element]) -> Iterator[Element]:
    """Yield what microdata, microformats and the old attribute mark as the publication's date."""
    for element in elements:
        names = f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()
        if (
            "datePublished" in names
            or "pubdate" in element.attrib
            or "dt-published" in (element.get("class") or "").split()
        ):
            yield element


def _times(elements: list[Element]) -> Iterator[Element]:
    return (element for element in elements if element.tag == "time" and not is_update(element))


def _named(elements: list[Element]) -> Iterator[Element]:
    for element in elements:
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _PUBLISHED_NAMES.search(names) and not is_update(element):
            yield element


def is_update(element: Element) -> bool:
    """Return whether a date is that of a later change, by its names or the words before it."""
    names = (element.get(name) or "" for name in ("class", "itemprop", "property", "id"))
    before = element.getprevious()
    words = (before.tail if before is not None else element.getparent().text) or ""
    if before is not None and not words.strip():
        words = before.text_content()
    return _UPDATED.search(" ".join((*names, words[-40:], (element.text or "")[:40]))) is not None


def _date_of(element: Element, language: str | None) -> date | None:
    for attribute in ("datetime", "content", "title"):
        found = parse_stamp(element.get(attribute) or "")
        if found is not None:
            return found
    return parse_words(" ".join(element.text_content().split()), language)
