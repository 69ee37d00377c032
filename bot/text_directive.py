"""Text directives: what an address says of the words to scroll to.

Source: WICG, URL Fragment Text Directives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from bot.folded_text import fold, folded
from bot.text_bounds import pieces
from index.spans import Span

# What Telegram and every browser take of an address, in bytes.
MAX_URL_BYTES = 2048

# Browsers make links of their own to the first and last words of what is longer (Chrome, in code
# points): a long quote fails on the smallest change of the page.
_LONGEST_VERBATIM = 300
_RANGE_WORDS = (5, 10)
_CONTEXT_WORDS = (1, 2, 4, 8, 16, 64)
_SPARE_WORDS = (3, 2, 5)


@dataclass(frozen=True, slots=True)
class TextDirective:
    """What a browser looks for: `[prefix-,]start[,end][,-suffix]`, in words of the page.

    Each of the four is on one line: a browser finds none that goes over the end of a block. White
    space is as the page draws it, but that all of it counts as spaces.
    """

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def encoded(self) -> str:
        """Return the directive as it stands in an address."""
        terms = (
            self.prefix and _encoded(self.prefix) + "-",
            _encoded(self.start),
            self.end and _encoded(self.end),
            self.suffix and "-" + _encoded(self.suffix),
        )
        return "text=" + ",".join(term for term in terms if term)

    def finds(self, page: str, words: Span) -> bool:
        """Return whether a browser finds just these words, whatever marks are next to them."""
        found, searched = self._found_in(page), fold(page)
        return found is not None and searched.words_in(found) == searched.words_in(words)

    def _found_in(self, page: str) -> Span | None:
        """Return what a browser marks in this text: the first match.

        Here a match may also begin or end inside a word. So a browser finds no other one before
        it, whatever it takes for words.
        """
        # Nothing optional in front: it would be tried in vain at each place of the text.
        before = rf"{_pattern(self.prefix)}\s*" if self.prefix else ""
        end = rf".*?{_pattern(self.end)}" if self.end else ""
        behind = rf"\s*{_pattern(self.suffix)}" if self.suffix else ""
        pattern = rf"{before}(?P<marked>{_pattern(self.start)}{end}){behind}"
        searched = fold(page)
        match = re.search(pattern, searched.folded, re.DOTALL)
        return match and searched.span(*match.span("marked"))


def directives(page: str, words: Span) -> Iterator[TextDirective]:
    """Yield directives for these words, those that say the least around them first."""
    for start, end in _forms(page, words):
        for prefix, suffix in _contexts(page, words):
            yield TextDirective(start, end, prefix, suffix)


def spare_directive(page: str, words: Span) -> TextDirective | None:
    """Return one for the first and last few words but the very first, if it finds these.

    It is for a browser that does not find the words as a whole. A page changes after it was read; a
    line may break where only style sheets of other addresses say so; and often the first letter of
    an article is a box of its own.
    """
    said = page[words.start : words.end]
    lines = said.split("\n")
    behind = _searchable(lines[0])[1:]
    for count in _SPARE_WORDS:
        if len(behind) < (2 * count if len(lines) == 1 else count):
            continue
        start = said[behind[0].start : behind[count - 1].end]
        spare = TextDirective(start, _last(lines[-1], count))
        if spare.finds(page, Span(words.start + behind[0].start, words.end)):
            return spare
    return None


def _encoded(term: str) -> str:
    # A dash parts a term from its context; `quote` leaves it as it is.
    spaced = re.sub(r"\s", " ", term)
    return quote(spaced, safe="", errors="replace").replace("-", "%2D")


def _pattern(term: str) -> str:
    return r"\s+".join(map(re.escape, folded(term).split()))


def _forms(page: str, words: Span) -> Iterator[tuple[str, str]]:
    """Yield the words as a whole, if they are few and on one line; then their first and last."""
    said = page[words.start : words.end]
    lines = said.split("\n")
    if len(lines) == 1 and len(said) <= _LONGEST_VERBATIM:
        yield said, ""
    for count in _RANGE_WORDS:
        if len(lines) == 1:
            count = min(count, len(_searchable(said)) // 2)
        if count:
            yield _first(lines[0], count), _last(lines[-1], count)


def _contexts(page: str, words: Span) -> Iterator[tuple[str, str]]:
    """Yield what may stand before and behind: nothing, some of the same lines, of those next to.

    Between two blocks a page may have what only a browser sees, so that it finds neither.
    """
    before = page[max(words.start - MAX_URL_BYTES, 0) : words.start].rstrip(" ")
    behind = page[words.end : words.end + MAX_URL_BYTES].lstrip(" ")
    yield "", ""
    for last, first in (
        (before.rpartition("\n")[2], behind.partition("\n")[0]),
        (before.rstrip().rpartition("\n")[2], behind.lstrip().partition("\n")[0]),
    ):
        for count in _CONTEXT_WORDS:
            yield _last(last, count), _first(first, count)


def _first(line: str, count: int) -> str:
    """Return the start of a line up to so many pieces with words, or all of it."""
    spans = _searchable(line)
    wordy = [number for number, span in enumerate(spans) if _has_word(line, span)]
    end = wordy[:count][-1] if wordy else -1
    return line[spans[0].start : spans[end].end] if spans else ""


def _last(line: str, count: int) -> str:
    """Return the end of a line from so many pieces with words, or all of it."""
    spans = _searchable(line)
    wordy = [number for number, span in enumerate(spans) if _has_word(line, span)]
    start = wordy[-count:][0] if wordy else 0
    return line[spans[start].start : spans[-1].end] if spans else ""


def _searchable(line: str) -> list[Span]:
    """Return the pieces of a line in which a browser sees something."""
    return [piece for piece in pieces(line) if folded(line[piece.start : piece.end])]


def _has_word(line: str, piece: Span) -> bool:
    return any(map(str.isalnum, line[piece.start : piece.end]))
