"""Which words of a page are its main text, by trafilatura: the one door to it."""

import copy
import logging
from collections.abc import Iterable

from index.sources.html.parsing import Element
from index.sources.html.words import runs_of, words_of

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
        for text in texts:
            words = words_of(text)
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


def _quiet() -> None:
    """Keep what libraries say of a page's markup out of our log."""
    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
