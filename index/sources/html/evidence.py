"""Which words of a page are its main text, by trafilatura: the one door to it."""

import copy
import logging
import re
from collections.abc import Callable, Iterable

from index.sources.html.parsing import Element, remove

# Each character of scripts that are written without spaces counts as a word.
_WORD = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+")
_SHINGLE = 4
_UNITS = ("p", "head", "item", "cell", "quote", "code")


class MainText:
    """What trafilatura takes for a page's main text, to be asked text by text.

    The blocks themselves come from the page and not from here: trafilatura leaves parts of them
    out (`<time>` and `<label>` within a sentence), and its blocks are not always the publisher's.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Know these texts, blocks of the main text."""
        self._whole: set[tuple[str, ...]] = set()
        self._shingles: set[tuple[str, ...]] = set()
        self.words = 0
        for text in texts:
            words = _words(text)
            self.words += len(words)
            self._whole.add(words)
            self._shingles.update(_shingles(words))

    def share(self, text: str) -> float:
        """Return how much of a text is main text, from 0 to 1."""
        words = _words(text)
        if len(words) < _SHINGLE:
            return float(words in self._whole)
        shingles = list(_shingles(words))
        return sum(shingle in self._shingles for shingle in shingles) / len(shingles)


def main_text(root: Element, url: str | None) -> MainText:
    """Return what trafilatura, with its own fallbacks (readability, jusText), finds in a page.

    Args:
        root: the page's tree, without what is hidden; it is not changed.
        url: the page's address.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    _quiet()
    tree = copy.deepcopy(root)
    for element in tree.iter("time", "label"):
        element.tag = "span"
    found = bare_extraction(tree, url=url, include_comments=False, include_tables=True)
    if not isinstance(found, Document):
        return MainText(())
    units = ("".join(unit.itertext()) for unit in found.body.iter(*_UNITS))
    return MainText((*units, *(found.text or "").splitlines()))


def guessed_authors(article: Element, is_unwanted: Callable[[Element], bool]) -> list[str]:
    """Return the authors that trafilatura finds in an article, for where a page declares none.

    Args:
        article: its element; it is not changed.
        is_unwanted: tells what is left out before.
    """
    from trafilatura.metadata import extract_metadata

    _quiet()
    found = extract_metadata(_page_of(article, is_unwanted), date_config={"original_date": True})
    return [] if found is None or not found.author else found.author.split("; ")


def guessed_date(article: Element, is_unwanted: Callable[[Element], bool]) -> str | None:
    """Return the date of publication that htmldate finds in an article, as ISO 8601.

    Args:
        article: its element; it is not changed.
        is_unwanted: tells what is left out before.
    """
    from htmldate import find_date

    _quiet()
    page = _page_of(article, is_unwanted)
    found: str | None = find_date(page, original_date=True, extensive_search=False)
    # The first of January is what a year alone becomes, such as that of a copyright.
    return None if found is None or found.endswith("-01-01") else found


def _page_of(article: Element, is_unwanted: Callable[[Element], bool]) -> Element:
    """Return a page that has a copy of an article alone in it."""
    from lxml import html

    page = html.document_fromstring("<html><head></head><body></body></html>")
    page.body.append(copy.deepcopy(article))
    for element in list(page.body.iterdescendants("*")):
        if element.getparent() is not page.body and is_unwanted(element):
            remove(element)
    return page


def _quiet() -> None:
    """Keep what libraries say of a page's markup out of our log."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _shingles(words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1))
