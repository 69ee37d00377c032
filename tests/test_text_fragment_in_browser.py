"""Addresses with a text directive in a real browser: headless Chromium, driven by Selenium.

Skipped where there is no browser.
"""

import functools
import html
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.text_fragment import text_fragment_url
from index.article import Article
from index.spans import Span
from tests.browser import NoBrowser, open_browser
from tests.telegram_app.text.articles import article_of

_PARAGRAPHS = (
    "First part here.",
    "It was so.",
    "Second part here.",
    "It was so. “It isn't,” she said.",
    "The state-of-the-art, cheap & good tower #1 costs 100% of “a/b?c=d” - or so.",
    "你好，今天天气很好。明天下雨。",
    "שרה גרה בחיפה. היא אוהבת את הים.",
    "It is long, " + ", ".join(f"with clause number {n} of it" for n in range(40)) + ", and ends.",
    "An emoji 👩‍👩‍👧 stands here 😀. Café naïve.",
)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Article]:
    """An article whose page has each paragraph on a screen of its own."""
    folder: Path = tmp_path_factory.mktemp("page")
    text = article_of("\n\n".join(_PARAGRAPHS))
    paragraphs = "".join(
        f'<p id="{paragraph.number}" style="margin: 1600px 0">'
        f"{html.escape(text.text[paragraph.start : paragraph.end])}</p>"
        for paragraph in text.paragraphs
    )
    page = f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">{paragraphs}'
    (folder / "a.html").write_text(page, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield replace(text, url=f"http://127.0.0.1:{server.server_port}/a.html")
        server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    try:
        opened = open_browser(tmp_path_factory.mktemp("profile"), 900, 700)
    except NoBrowser as reason:
        pytest.skip(str(reason))
    yield opened
    opened.quit()


def opened_at(browser: Any, url: str) -> list[str]:  # noqa: ANN401
    """Return the numbers of the paragraphs on the screen when the page has scrolled."""
    browser.get("about:blank")
    browser.get(url)
    seen: list[str] = browser.execute_async_script(
        """
        const done = arguments[0], end = Date.now() + 5000;
        const isSeen = p => {
            const box = p.getBoundingClientRect();
            return box.bottom > 0 && box.top < innerHeight;
        };
        (function look() {
            const seen = [...document.querySelectorAll("p")].filter(isSeen).map(p => p.id);
            seen.length || Date.now() > end ? done(seen) : setTimeout(look, 50);
        })();
        """
    )
    return seen


@pytest.mark.parametrize(
    ("words", "occurrence", "paragraph"),
    [
        ("First part here.", 0, "1"),
        ("It was so.", 0, "2"),
        ("It was so.", 1, "4"),
        ("was", 1, "4"),
        ("“It isn't,” she said.", 0, "4"),
        ("tate-of", 0, "5"),
        (_PARAGRAPHS[4], 0, "5"),
        ("明天下雨。", 0, "6"),
        ("天气", 0, "6"),
        ("היא אוהבת את הים.", 0, "7"),
        ("גרה", 0, "7"),
        (_PARAGRAPHS[7], 0, "8"),
        ("and ends.\n\nAn emoji", 0, "8"),
        ("An emoji 👩‍👩‍👧 stands here 😀.", 0, "9"),
        ("naïve", 0, "9"),
    ],
)
def test_the_page_opens_at_the_words(
    browser: Any,  # noqa: ANN401
    article: Article,
    words: str,
    occurrence: int,
    paragraph: str,
) -> None:
    start = -1
    for _ in range(occurrence + 1):
        start = article.text.index(words, start + 1)
    url = text_fragment_url(article, Span(start, start + len(words)))

    assert url is not None
    assert paragraph in opened_at(browser, url)
