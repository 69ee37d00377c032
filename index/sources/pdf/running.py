"""Leaving out what stands on every page: running heads and feet, and the numbers of the pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

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

# The rows of a page, from the top, and the height of the page in points.
PageRows = tuple[list[Row], float]


def without_running_rows(pages: Sequence[PageRows], said: str = "") -> list[list[Row]]:
    """Return the rows of each page without those that are on other pages too.

    A row is running if it stands near the top or the bottom and says, but for numbers, the same as
    such a row of other pages; if it is nothing but the number of the page; and if, after the first
    page, it is nothing but title and author.

    Args:
        pages: in order.
        said: title and author, as the file says them.
    """
    known = {*_words(said)}
    counts = Counter(
        key for rows, height in pages for key in {_key(row) for row in _outer(rows, height)}
    )
    enough = _MIN_PAGES_OF_FEW if len(pages) <= _FEW else _MIN_PAGES
    running = {key for key, count in counts.items() if count >= enough}
    return [
        _kept(rows, height, running, known if number else set())
        for number, (rows, height) in enumerate(pages)
    ]


def _kept(rows: list[Row], height: float, running: set[str], known: set[str]) -> list[Row]:
    left_out = [
        row
        for row in _outer(rows, height)
        if _key(row) in running
        or _PAGE_NUMBER.fullmatch(row.text)
        or (known and known | _BETWEEN_NAMES >= {*_words(row.text)})
    ]
    return [row for row in rows if not any(row is outer for outer in left_out)]


def _outer(rows: Sequence[Row], height: float) -> Iterator[Row]:
    """Yield the rows near the top and near the bottom of a page."""
    yield from (row for row in rows[:_ROWS_LOOKED_AT] if row.baseline > (1 - _ZONE) * height)
    yield from (row for row in rows[-_ROWS_LOOKED_AT:] if row.baseline < _ZONE * height)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _key(row: Row) -> str:
    """Return what a row says, but for numbers, spaces and marks."""
    return _NO_WORD.sub("", _DIGITS.sub("#", row.text)).casefold()
