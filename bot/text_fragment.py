"""An address that opens the publisher's page at a sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import quote, urlsplit

from bot.text_bounds import whole_words
from index.article import Article
from index.spans import Span, stripped

# What Telegram and every browser take, in bytes.
MAX_URL_BYTES = 2048

# Browsers make links of their own to the first and last words of what is longer (Chrome, in code
# points): a long quote fails on the smallest change of the page.
_LONGEST_VERBATIM = 300
_RANGE_WORDS = (5, 10)
_CONTEXT_WORDS = (0, 1, 2, 4, 8)
_DIRECTIVE = ":~:"


@dataclass(frozen=True, slots=True)
class _TextDirective:
    """What a browser looks for: `[prefix-,]start[,end][,-suffix]`, in words of the article.

    Each of the four is on one line: a browser finds none that goes over the end of a block.
    Source: WICG, URL Fragment Text Directives.
    """

    start: str
    end: str
    prefix: str
    suffix: str

    def encoded(self) -> str:
        """Return the directive as it stands in an address."""
        terms = (
            self.prefix and _encoded(self.prefix) + "-",
            _encoded(self.start),
            self.end and _encoded(self.end),
            self.suffix and "-" + _encoded(self.suffix),
        )
        return f"{_DIRECTIVE}text=" + ",".join(term for term in terms if term)

    def found_in(self, text: str) -> Span | None:
        """Return what a browser marks in this text: the first match, in whatever case."""
        # Nothing optional in front: it would be tried in vain at each place of the text.
        before = rf"{_pattern(self.prefix)}\s*" if self.prefix else ""
        end = rf".*?{_pattern(self.end)}" if self.end else ""
        behind = rf"\s*{_pattern(self.suffix)}" if self.suffix else ""
        pattern = rf"{before}(?P<marked>{_pattern(self.start)}{end}){behind}"
        match = re.search(pattern, text, re.IGNORECASE | re.DOTALL)
        return match and Span(*match.span("marked"))


def text_fragment_url(article: Article, span: Span) -> str | None:
    """Return the publisher's address with a directive that scrolls to these words.

    The words are widened to whole ones, as browsers look for nothing less. Where they occur more
    than once, as few words around them as are needed are added, up to eight on each side.

    Args:
        article: whose address is taken; a fragment that it has stays.
        span: the words, in `Article.text`.

    Returns:
        None if the article has no address of the web, there is no word in the span, or the address
        would be longer than 2048 bytes.
    """
    page = _page(article.url or "")
    words = stripped(article.text, whole_words(article.text, span))
    if page is None or not any(map(str.isalnum, article.quote(words))):
        return None
    best = None
    for directive in _directives(article.text, words):
        url = page + directive.encoded()
        if len(url.encode()) > MAX_URL_BYTES:
            continue
        if directive.found_in(article.text) == words:
            return url
        best = url
    return best


def _page(url: str) -> str | None:
    """Return an address up to where a directive goes, or None if it is none of the web."""
    try:
        parts = urlsplit(url)
        is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return None
    if not is_web or any(map(str.isspace, url)):
        return None
    before, _, fragment = url.partition("#")
    return f"{before}#{fragment.partition(_DIRECTIVE)[0]}"


def _encoded(term: str) -> str:
    # A dash parts a term from its context; `quote` leaves it as it is.
    return quote(term, safe="", errors="replace").replace("-", "%2D")


def _pattern(term: str) -> str:
    return r"\s+".join(map(re.escape, term.split()))


def _directives(text: str, words: Span) -> Iterator[_TextDirective]:
    """Yield directives for these words, the shortest first."""
    for (start, end), count in product(_forms(text, words), _CONTEXT_WORDS):
        prefix, suffix = _context(text, words, count)
        yield _TextDirective(start, end, prefix, suffix)


def _forms(text: str, words: Span) -> Iterator[tuple[str, str]]:
    """Yield the words as a whole, if they are few and on one line; then their first and last."""
    said = text[words.start : words.end]
    lines = said.split("\n")
    if len(lines) == 1 and len(said) <= _LONGEST_VERBATIM:
        yield " ".join(said.split()), ""
    for count in _RANGE_WORDS:
        if len(lines) == 1:
            count = min(count, len(said.split()) // 2)
        if count:
            yield _first_words(lines[0], count), _last_words(lines[-1], count)


def _context(text: str, words: Span, count: int) -> tuple[str, str]:
    """Return up to so many words before and behind, of the nearest lines that have some."""
    before = text[: words.start].rstrip().rpartition("\n")[2]
    behind = text[words.end :].lstrip().partition("\n")[0]
    return _last_words(before, count), _first_words(behind, count)


def _first_words(line: str, count: int) -> str:
    return " ".join(line.split()[:count])


def _last_words(line: str, count: int) -> str:
    return " ".join(line.split()[-count:] if count else [])
