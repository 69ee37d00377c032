"""How many links to a sentence open a publisher's page at that sentence, in headless Chromium.

    python -m tests.bench.deep_links [--sentences N] [--words N] [--article-only] [NAME …]

Takes sentences of the corpus of pages (none that is held out), evenly over each page's paragraphs,
as they stand in the article that is read from the page. Each link is opened, and what is marked
on the screen is read from a screenshot. It is right if it is the sentence's words, but for a few or
with reference marks between them, within a block that has the paragraph's words.
"""

import argparse
import hashlib
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.folded_text import fold
from bot.text_fragment import text_fragment_url
from index.article import Article, article_from_document
from index.normalise import normalise
from index.sentences import split_sentences
from index.sources.html.reader import read_html
from index.spans import Span
from tests.extraction.corpus import Page, pages
from tests.marked_words import Marked, MarkingBrowser
from tests.page_server import page_server

_SECONDS = 4
_SAME_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article.

    Attributes:
        span: in `Article.text`.
        paragraph: all words around it.
    """

    span: Span
    paragraph: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sentences", type=int, default=5, help="how many of each page")
    options.add_argument("--words", type=int, help="only so many from the middle of each sentence")
    options.add_argument(
        "--article-only", action="store_true", help="links of the article's words, for comparison"
    )
    options.add_argument("names", nargs="*", help="which pages; all if none is named")
    chosen = options.parse_args()
    corpus = [p for p in pages(held_out=False) if not chosen.names or p.name in chosen.names]
    total = Counter[str]()
    served = {page.name: (page.raw, page.charset) for page in corpus}
    with tempfile.TemporaryDirectory() as profile, page_server(served) as address:
        browser = MarkingBrowser(Path(profile), 1000, 1000)
        try:
            for page in corpus:
                article = _article(page, f"{address}/{page.name}")
                if chosen.article_only:
                    article = replace(article, published_text=None)
                sentences = list(_chosen(page, chosen.sentences))
                outcomes = _outcomes(browser, article, sentences, chosen.words)
                total += outcomes
                counts = ", ".join(f"{kind} {count}" for kind, count in outcomes.items())
                sys.stdout.write(f"{page.name}: {counts}\n")
        finally:
            browser.quit()
    links = total.total() - total["not in the article"] - total["page not shown"]
    sys.stdout.write(
        f"{len(corpus)} pages, {total.total()} sentences, {links} links of pages that are shown, "
        f"right {total['right']} ({total['right'] / max(links, 1):.3f}): {dict(total)}\n"
    )


def _article(page: Page, url: str) -> Article:
    document = read_html(page.raw, url=page.url, charset=page.charset)
    digest = hashlib.sha256(page.raw).hexdigest()
    return replace(article_from_document(document, source=url, sha256=digest), url=url)


def _outcomes(
    browser: MarkingBrowser,
    article: Article,
    sentences: Sequence[tuple[str, str]],
    words: int | None,
) -> Counter[str]:
    outcomes = Counter[str]()
    for sentence, paragraph in sentences:
        quote = _in_article(article, sentence, paragraph, words)
        if quote is None:
            outcomes["not in the article"] += 1
            continue
        link = text_fragment_url(article, quote.span)
        marked = browser.marked(link or article.source, _SECONDS)
        outcome = _outcome(article.quote(quote.span), quote.paragraph, marked)
        outcomes[outcome] += 1
        if outcome != "right":
            sys.stdout.write(
                f"  {outcome}: {article.quote(quote.span)!r}\n"
                f"    link {unquote(urlsplit(link or '').fragment)!r}\n"
                f"    marked {marked.words!r}\n"
            )
    return outcomes


def _chosen(page: Page, count: int) -> Iterator[tuple[str, str]]:
    """Yield sentences from evenly over a page, with their paragraphs."""
    sentences = [
        (paragraph[span.start : span.end], paragraph)
        for paragraph in map(normalise, page.paragraphs)
        for span in split_sentences(paragraph, Span(0, len(paragraph)))
    ]
    for number in range(min(count, len(sentences))):
        yield sentences[(2 * number + 1) * len(sentences) // (2 * min(count, len(sentences)))]


def _in_article(article: Article, sentence: str, paragraph: str, words: int | None) -> Quote | None:
    """Return where a sentence, or so many of its words, stand in the article that was read."""
    said = [(p, article.text[p.start : p.end]) for p in article.paragraphs]
    holding = [(p, text) for p, text in said if sentence in text]
    if not holding:
        return None
    found, text = max(holding, key=lambda one: _ratio(one[1], paragraph))
    start = found.start + text.index(sentence)
    if words is None:
        return Quote(Span(start, start + len(sentence)), text)
    parts = list(re.finditer(r"\S+", sentence))
    first = max(len(parts) - words, 0) // 2
    chosen = parts[first : first + words]
    return Quote(Span(start + chosen[0].start(), start + chosen[-1].end()), text)


def _outcome(sentence: str, paragraph: str, marked: Marked) -> str:
    if not marked.words:
        return "nothing marked" if marked.is_page_shown else "page not shown"
    is_whole = _ratio(sentence, marked.words) >= _SAME_SHARE
    said = " ".join(fold(sentence).words)
    if not is_whole and said not in " ".join(fold(marked.words).words):
        return "other words"
    around = fold(" ".join(dict.fromkeys(marked.around))).words
    words = fold(paragraph).words
    blocks = SequenceMatcher(None, words, around, autojunk=False).get_matching_blocks()
    if sum(block.size for block in blocks) < _SAME_SHARE * len(words):
        return "other place"
    return "right" if is_whole else "right, with more around it"


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, fold(one).words, fold(other).words, autojunk=False).ratio()


if __name__ == "__main__":
    main()
