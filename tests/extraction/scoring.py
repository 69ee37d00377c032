"""How good an extraction is: what is compared, and how.

Body words: precision, recall and F1 over the multisets of words of the extracted body (paragraphs
and headings, captions not) and of the expected one. Words are runs of letters and digits, case
folded; each character of a script without spaces counts as one. Words beyond the expected ones are
forgiven where the page's optional texts or captions have them: they count neither for nor against.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.extraction.corpus import HELD_OUT, PAGES, TUNING, Page

_WORD = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extractor makes of a page.

    Attributes:
        body: paragraphs and headings.
        captions: None where the extractor does not tell captions from the body.
        title: the headline.
        author: who wrote it.
        published: when it was published.
    """

    body: tuple[str, ...]
    captions: tuple[str, ...] | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How good one extraction is.

    Attributes:
        precision, recall, f1: of the body's words, from 0 to 1.
        title, author, date: whether each is right; also where None is.
        captions: how many of the expected captions are kept, and kept out of the body, from 0 to
            1; None where the page has none.
    """

    precision: float
    recall: float
    f1: float
    title: bool
    author: bool
    date: bool
    captions: float | None


def score(page: Page, found: Extraction) -> Score:
    """Compare an extraction with what is expected."""
    expected = words((*page.paragraphs, *page.headings))
    given = words(found.body)
    right = (given & expected).total()
    forgiven = ((given - expected) & words((*optional_texts(page), *page.captions))).total()
    precision = right / max(1, given.total() - forgiven)
    recall = right / max(1, expected.total())
    return Score(
        precision=precision,
        recall=recall,
        f1=2 * precision * recall / max(1e-9, precision + recall),
        title=_same(found.title, page.title),
        author=_names(found.author) == _names(page.author),
        date=_day(found.published) == page.published,
        captions=_captions_kept_apart(page, found),
    )


def optional_texts(page: Page) -> tuple[str, ...]:
    """Return what a reader may or may not call part of the article: code, references, infoboxes."""
    part = HELD_OUT if page.held_out else TUNING
    expected = json.loads((PAGES / part / page.name / "expected.json").read_text(encoding="utf-8"))
    return tuple(expected.get("optional", ()))


def words(texts: Iterable[str]) -> Counter[str]:
    """Return the words of texts with how often each occurs."""
    return Counter(word for text in texts for word in _WORD.findall(text.casefold()))


def _same(found: str | None, expected: str | None) -> bool:
    return _words_of(found) == _words_of(expected)


def _words_of(text: str | None) -> list[str]:
    return _WORD.findall((text or "").casefold())


def _names(authors: str | None) -> set[tuple[str, ...]]:
    return {tuple(_words_of(name)) for name in re.split("[;,]", authors or "") if name.strip()}


def _day(published: date | None) -> str | None:
    return None if published is None else published.isoformat()[:10]


def _captions_kept_apart(page: Page, found: Extraction) -> float | None:
    if not page.captions:
        return None
    given = words(found.captions or ())
    body = " ".join(" ".join(_words_of(text)) for text in found.body)
    kept = [
        (words([caption]) & given).total() >= 0.8 * words([caption]).total()
        and " ".join(_words_of(caption)) not in body
        for caption in page.captions
    ]
    return sum(kept) / len(kept)
