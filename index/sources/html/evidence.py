"""Which words of a page are its main text, by trafilatura: the one door to it."""

import copy
import logging
from collections.abc import Callable, Iterable
from itertools import islice

from index.sources.html.parsing import Element, remove
from index.sources.html.words import runs_of, words_of

_SHINGLE = 4
_MAX_LINE = 400
# Elements of an article in which author and date are searched, at most; it takes a second.
MAX_GUESSED = 20_000
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
            words = words_of(text)
            self.words += len(words)
            self._whole.add(words)
            self._shingles.update(runs_of(words, _SHINGLE))

    def share(self, text: str) -> float:
        """Return how much of a text is main text, from 0 to 1."""
        words = words_of(text)
        if len(words) < _SHINGLE:
            return float(words in self._whole)
        shingles = list(runs_of(words, _SHINGLE))
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


def is_guessable(article: Element) -> bool:
    """Return whether an article is small enough for `guessed_authors` and `guessed_date`."""
    return sum(1 for _ in islice(article.iter("*"), MAX_GUESSED)) < MAX_GUESSED


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
    body, top = page.body, copy.deepcopy(article)
    body.append(top)
    for element in list(top.iterdescendants("*")):
        if is_unwanted(element) or _is_long(element):
            remove(element)
    return page


def _is_long(element: Element) -> bool:
    """Return whether an element is a paragraph of the body, which says nothing of the article."""
    return element.tag in ("p", "li", "tr", "pre") and len(element.text_content()) > _MAX_LINE


def _quiet() -> None:
    """Keep what libraries say of a page's markup out of our log."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
