"""The headline of a page."""

import re
from collections.abc import Iterable

_SITE_SEPARATOR = re.compile(r"\s+[|–—·•«»›:-]\s+|\s*[|｜·»]\s*|\s*_\s*(?=[^_]*$)")
_WORD = re.compile(r"\w+")
_MAX_LENGTH = 300
# How much of the words of a heading must be those of the page's title for it to be the headline.
_MIN_SHARED = 0.6


def find_title(headings: Iterable[str], declared: Iterable[str], site: str | None) -> str | None:
    """Return the headline of a page.

    A first-rank heading that the page's declared titles repeat is the headline as people see it;
    else the first declared title, without the name of the site.

    Args:
        headings: the visible first-rank headings, in order.
        declared: titles for programs (JSON-LD, OpenGraph, `<title>`), the most exact first.
        site: name of the publication.
    """
    declared = [title for title in map(_one_line, declared) if title]
    headings = [heading for heading in map(_one_line, headings) if heading]
    for heading in headings:
        if any(_shared(heading, title) >= _MIN_SHARED for title in declared):
            return heading
    for title in declared:
        return without_site(title, site)
    return headings[0] if headings else None


def without_site(title: str, site: str | None) -> str:
    """Return a title without the name of the site at either end of it."""
    if not site:
        return title
    for match in _SITE_SEPARATOR.finditer(title):
        before, behind = title[: match.start()].strip(), title[match.end() :].strip()
        if _is_site(behind, site) and before:
            return before
        if _is_site(before, site) and behind:
            return behind
    return title


def _is_site(words: str, site: str) -> bool:
    squeezed = "".join(_WORD.findall(words)).casefold()
    wanted = "".join(_WORD.findall(site)).casefold()
    return bool(squeezed) and (squeezed == wanted or wanted.removesuffix("com") == squeezed)


def _shared(heading: str, title: str) -> float:
    words = _WORD.findall(heading.casefold())
    others = set(_WORD.findall(title.casefold()))
    if not words:
        return 0.0
    return sum(word in others for word in words) / max(len(words), 1)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:_MAX_LENGTH]
