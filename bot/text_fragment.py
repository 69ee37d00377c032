"""An address that opens the publisher's page at a sentence."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.folded_text import fold
from bot.published_words import published_span
from bot.text_bounds import whole_words
from bot.text_directive import MAX_URL_BYTES, directives, spare_directive
from index.article import Article
from index.spans import Span, stripped

_DELIMITER = ":~:"
_SPACES = re.compile("  +")


def text_fragment_url(article: Article, span: Span) -> str | None:
    """Return the publisher's address with a directive that scrolls to these words.

    The words are those of the page, where its text is known, else the article's. They are widened
    to whole ones, as browsers look for nothing less. Where they occur more than once on the page,
    as few words around them as are needed are added, up to 64 on each side; where that does not
    tell them apart, all of their paragraph is marked. A second directive marks most of a long
    quote, for a browser that does not find the first.

    Args:
        article: whose address is taken; a fragment that it has stays, else that of a page with a
            number is added (RFC 8118).
        span: the words, in `Article.text`.

    Returns:
        The address alone, if the words are not on the page or too long for an address; None if the
        article has no address of the web, there is no word in the span, or the address alone is
        longer than 2048 bytes.
    """
    address = _address(article, span)
    if address is None:
        return None
    first, last = fold(article.text).words_in(span)
    if first == last:
        return None
    page, words = _on_the_page(article, span)
    urls = [address, *(_urls(address, page, words) if words else ())]
    return next((url for url in reversed(urls) if len(url.encode()) <= MAX_URL_BYTES), None)


def _address(article: Article, span: Span) -> str | None:
    """Return the address of the web without the directive that it may have, if there is one."""
    url = article.url or ""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    if not is_web or any(map(str.isspace, url)):
        return None
    address = url.partition(_DELIMITER)[0]
    numbers = (p.page for p in article.paragraphs if p.start <= span.start < p.end)
    number = next(numbers, None)
    return f"{address}#page={number}" if number and "#" not in address else address


def _on_the_page(article: Article, span: Span) -> tuple[str, Span | None]:
    """Return the text that a browser searches, and where the words of a span are in it."""
    if article.published_text:
        page = article.published_text
        words = published_span(article.text, span, page)
        return page, words and _whole(page, words)
    # As a page would draw it, with one space for several.
    words = _whole(article.text, span)
    start, end = (len(_SPACES.sub(" ", article.text[:at])) for at in (words.start, words.end))
    return _SPACES.sub(" ", article.text), Span(start, end)


def _urls(address: str, page: str, words: Span) -> Iterator[str]:
    """Yield addresses with directives, the better ones last."""
    before = f"{address}{'' if '#' in address else '#'}{_DELIMITER}"
    for wanted in (words, _lines(page, words)):
        for directive in directives(page, wanted):
            url = before + directive.encoded()
            if len(url.encode()) > MAX_URL_BYTES:
                continue
            is_found = directive.finds(page, wanted)
            if is_found or wanted == words:
                yield url
            if is_found:
                spare = spare_directive(page, words)
                yield f"{url}&{spare.encoded()}" if spare else url
                return


def _whole(page: str, words: Span) -> Span:
    """Return whole words, without lines at either end that have none."""
    words = stripped(page, whole_words(page, words))
    searched = fold(page)
    first, last = searched.words_in(words)
    start = page.rfind("\n", words.start, searched.word_start(first)) + 1
    end = page.find("\n", searched.word_end(last - 1), words.end)
    return stripped(page, Span(max(start, words.start), words.end if end < 0 else end))


def _lines(page: str, words: Span) -> Span:
    """Return all of the lines that words are on: what is before them can tell them apart."""
    start = page.rfind("\n", 0, words.start) + 1
    end = page.find("\n", words.end)
    return stripped(page, Span(start, end if end >= 0 else len(page)))
