"""Links to a sentence in a real browser: headless Chromium, driven by Selenium.

Each page of `text_fragment_pages` has each of its blocks on a screen of its own. Beside it stands
what the article says, and for some of its words which element they are in; where the page says them
differently, also how. A link for the words is opened, and what is marked is read from what the
browser draws. Skipped where there is no browser.
"""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.folded_text import folded
from bot.text_fragment import text_fragment_url
from index.article import Article
from index.normalise import normalise
from index.sources.html.reader import read_html
from index.spans import Span
from tests.browser import NoBrowser
from tests.marked_words import MarkingBrowser
from tests.page_server import page_server
from tests.telegram_app.text.articles import article_of

PAGES = Path(__file__).parent / "text_fragment_pages"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of an article, and what a browser is to mark for them.

    Attributes:
        page: name of the page.
        said: the article's paragraphs.
        words: of the article, from a paragraph on.
        paragraph: number of the paragraph, from 0.
        block: `id` of an element with marked words in it.
        marked: the words of the page.
    """

    page: str
    said: tuple[str, ...]
    words: str
    paragraph: int
    block: str
    marked: str

    def article(self, url: str) -> Article:
        """Return the article as it would have been read from the page."""
        return replace(
            article_of("Four words at least."),
            text="\n\n".join(self.said),
            url=url,
            published_text=_published_text(self.page),
        )

    def span(self) -> Span:
        """Return where the words are in the article."""
        text = "\n\n".join(self.said)
        before = sum(len(paragraph) + 2 for paragraph in self.said[: self.paragraph])
        start = text.index(self.words, before)
        return Span(start, start + len(self.words))


@functools.cache
def _published_text(page: str) -> str | None:
    return read_html((PAGES / f"{page}.html").read_bytes(), charset="utf-8").published_text


def _quotes() -> Iterator[Any]:
    for path in sorted(PAGES.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        said = tuple(map(normalise, case["article"]))
        for number, quote in enumerate(case["quotes"]):
            words = normalise(quote["words"])
            marked = quote.get("marked", words)
            found = Quote(path.stem, said, words, quote["paragraph"], quote["block"], marked)
            reason = quote.get("xfail")
            marks = [pytest.mark.xfail(reason=reason)] if reason else []
            yield pytest.param(found, id=f"{path.stem}-{number}", marks=marks)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MarkingBrowser]:
    try:
        opened = MarkingBrowser(tmp_path_factory.mktemp("profile"))
    except NoBrowser as reason:
        pytest.skip(str(reason))
    yield opened
    opened.quit()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    files = [*PAGES.glob("*.html"), *PAGES.glob("*.css")]
    with page_server({file.name: (file.read_bytes(), "utf-8") for file in files}) as served:
        yield served


@pytest.mark.parametrize("quote", list(_quotes()))
def test_the_words_are_marked(browser: MarkingBrowser, address: str, quote: Quote) -> None:
    url = text_fragment_url(quote.article(f"{address}/{quote.page}.html"), quote.span())

    assert url is not None
    marked = browser.marked(url)
    # How white space is drawn is the style sheet's matter.
    assert _letters(marked.words) == _letters(quote.marked)
    assert quote.block in marked.ids


def test_nothing_is_marked_without_a_directive(browser: MarkingBrowser, address: str) -> None:
    assert browser.marked(f"{address}/repeated.html", seconds=0.5).words == ""


def _letters(text: str) -> str:
    return "".join(folded(text).split())
