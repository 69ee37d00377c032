"""Leaving out what is no text of the body: running heads and feet, page numbers, contents."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from index.sources.pdf.rows import Row

# How many rows from the top and from the bottom may be running, and in which share of the page.
_ROWS_LOOKED_AT = 3
_ZONE = 0.15
# On how many pages, of how few, a row has to be to be running.
_MIN_PAGES = 3
_MIN_PAGES_OF_FEW = 2
_FEW = 4
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_NAMES = {"and", "et", "al", "und", "y", "e", "de", "page"}
_NO_WORD = re.compile(r"[\W_]+")
_PAGE_NUMBER = re.compile(
    r"[-–—|\[(. ]*(?:(?:page|seite|página|pagina|p\.|s\.|стр\.)? *\d{1,4}"
    r"(?: *(?:/|of|von|de|di|sur|из) *\d{1,4})?|[ivxl]{1,7})[-–—|\]). ]*",
    re.IGNORECASE,
)

_NUMBER_AT_AN_END = re.compile(r"^(\d{1,4})\b(?![.,]\d)|(?<![\d.,])\b(\d{1,4})$")
_MAX_RUNNING_LENGTH = 120
_NO_LARGER = 1.05
# Dots that lead from a title to the number of its page.
_LEADER = re.compile(r"(?:[.…·‥_] ?){5,}\s*(?:\d+|[ivxlcIVXLC]+)?$")

# The rows of a page, from the top, and the height of the page in points.
PageRows = tuple[list[Row], float]


def without_running_rows(pages: Sequence[PageRows], said: str = "") -> list[list[Row]]:
    """Return the rows of each page without those that are on other pages too.

    A row is running if it stands near the top or the bottom and says, but for numbers, the same as
    such a row of other pages; if it is nothing but the number of the page, or begins or ends with
    it; and if, after the first page, it is nothing but title and author. Rows of a table of
    contents go too: they say again what the headings say.

    Args:
        pages: in order.
        said: title and author, as the file says them.
    """
    outer = [list(_outer(rows, height)) for rows, height in pages]
    sizes = [row.size for rows, _ in pages for row in rows]
    marks = _RunningMarks.of(outer, said, median(sizes) if sizes else 0.0)
    return [
        [
            row
            for row in rows
            if not _LEADER.search(row.text)
            and not (
                any(row is each for each in near_edge) and marks.are_of(row, is_first=not number)
            )
        ]
        for number, ((rows, _), near_edge) in enumerate(zip(pages, outer, strict=True))
    ]


@dataclass(frozen=True, slots=True)
class _RunningMarks:
    """What tells a running row.

    Attributes:
        keys: what such rows say, but for numbers.
        offset: from the number of a page in the file to the one that is printed on it, if known.
        known: words of title and author.
        size: of the font of most rows, in points; running rows are no larger.
    """

    keys: frozenset[str]
    offset: int | None
    known: frozenset[str]
    size: float

    @classmethod
    def of(cls, pages: Sequence[Sequence[Row]], said: str, size: float) -> "_RunningMarks":
        """Take the rows near the edges of all pages, title and author, and the usual size."""
        counts = Counter(key for rows in pages for key in {_key(row) for row in rows})
        enough = _MIN_PAGES_OF_FEW if len(pages) <= _FEW else _MIN_PAGES
        offsets = Counter(
            offset for rows in pages for offset in {each for row in rows for each in _offsets(row)}
        )
        offset, count = max(offsets.items(), key=lambda item: item[1], default=(0, 0))
        return cls(
            frozenset(key for key, count in counts.items() if count >= enough),
            offset if count >= _MIN_PAGES else None,
            frozenset(_words(said)),
            size,
        )

    def are_of(self, row: Row, *, is_first: bool) -> bool:
        """Whether a row near the edge of a page is running; `is_first` for the first page."""
        if _key(row) in self.keys or _PAGE_NUMBER.fullmatch(row.text):
            return True
        if self.offset in _offsets(row) and row.size <= _NO_LARGER * self.size:
            return True
        words = {*_words(row.text)}
        return bool(self.known) and not is_first and words <= self.known | _BETWEEN_NAMES


def _offsets(row: Row) -> list[int]:
    """Return how far the numbers at a row's ends are from the number of its page."""
    text = row.text
    if len(text) > _MAX_RUNNING_LENGTH:
        return []
    return [int(match[1] or match[2]) - row.page for match in _NUMBER_AT_AN_END.finditer(text)]


def _outer(rows: Sequence[Row], height: float) -> Iterator[Row]:
    """Yield the rows near the top and near the bottom of a page."""
    yield from (row for row in rows[:_ROWS_LOOKED_AT] if row.baseline > (1 - _ZONE) * height)
    yield from (row for row in rows[-_ROWS_LOOKED_AT:] if row.baseline < _ZONE * height)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _key(row: Row) -> str:
    """Return what a row says, but for numbers, spaces and marks."""
    return _NO_WORD.sub("", _DIGITS.sub("#", row.text)).casefold()
