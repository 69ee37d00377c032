"""Reading order: the columns of a page one after the other, what spans them in its place."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from index.sources.pdf.rows import Row
from index.sources.pdf.words import Word

# A gutter is at least so wide, and a column at least so wide, in shares of the font's size.
_GUTTER = 0.8
_COLUMN = 9.0
# A gutter has text on both sides in so many rows at least, and in such a share of all rows.
_MIN_ROWS = 4
_MIN_SHARE = 0.2
# How much of its column a row fills, on the median; the cells of a table fill less.
_FILLED = 0.55
_STEP = 2.0  # points from one place that is tried to the next


@dataclass(frozen=True, slots=True)
class _Sides:
    """What a place does to a row: words to the left, words to the right, or neither."""

    left: list[Word]
    right: list[Word]
    spans: bool


def reading_order(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows of a page as columns, in the order in which they are read.

    Args:
        rows: of the page, from top to bottom.

    Returns:
        Columns of rows; what spans several columns is a column of its own.
    """
    place = _gutter(rows)
    if place is None:
        return [list(rows)] if rows else []
    ordered: list[list[Row]] = []
    band: list[_Sides] = []
    spanning: list[Row] = []
    for row in rows:
        sides = _sides(row, *place)
        if sides.spans:
            ordered.extend(_columns_of(band, row.page))
            band = []
            spanning.append(row)
            continue
        if spanning:
            ordered.append(spanning)
            spanning = []
        band.append(sides)
    if spanning:
        ordered.append(spanning)
    ordered.extend(_columns_of(band, rows[0].page))
    return ordered


def _columns_of(band: Sequence[_Sides], page: int) -> Iterator[list[Row]]:
    """Yield the columns to the left of a gutter, then those to its right."""
    for side in ([sides.left for sides in band], [sides.right for sides in band]):
        rows = [Row(words, page) for words in side if words]
        if rows:
            yield from reading_order(rows)


def _gutter(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Return left and right of the white strip between two columns, None where there is none."""
    if len(rows) < _MIN_ROWS:
        return None
    size = median([row.size for row in rows])
    left, right = min([row.left for row in rows]), max([row.right for row in rows])
    best, best_count = None, 0
    for start in _places(rows, size):
        strip = start, start + _GUTTER * size
        if start - left < _COLUMN * size or right - strip[1] < _COLUMN * size:
            continue
        count = _rows_beside(rows, strip, left, right)
        if count > best_count:
            best, best_count = strip, count
    return best if best_count >= max(_MIN_ROWS, _MIN_SHARE * len(rows)) else None


def _places(rows: Sequence[Row], size: float) -> list[float]:
    """Return where a column may end: where words stand before a gap, or at the end of a row."""
    places: set[int] = set()
    for row in rows:
        for word, following in zip(row.words, [*row.words[1:], None], strict=True):
            if following is None or following.left - word.right >= _GUTTER * size:
                places.add(ceil(word.right / _STEP))
    return [place * _STEP for place in sorted(places)]


def _rows_beside(rows: Sequence[Row], strip: tuple[float, float], left: float, right: float) -> int:
    """Return how many rows speak for two columns on both sides of a strip, 0 if they do not."""
    lefts: list[float] = []
    rights: list[float] = []
    for row in rows:
        sides = _sides(row, *strip)
        if not sides.spans and sides.left:
            lefts.append(sides.left[-1].right - sides.left[0].left)
        if not sides.spans and sides.right:
            rights.append(sides.right[-1].right - sides.right[0].left)
    count = min(len(lefts), len(rights))
    if count < _MIN_ROWS:
        return 0
    is_filled = median(lefts) >= _FILLED * (strip[0] - left) and median(rights) >= _FILLED * (
        right - strip[1]
    )
    return count if is_filled else 0


def _sides(row: Row, start: float, end: float) -> _Sides:
    first_right = bisect_left(row.words, start, key=lambda word: word.left)
    left, right = row.words[:first_right], row.words[first_right:]
    spans = (bool(left) and left[-1].right > start) or (bool(right) and right[0].left < end)
    return _Sides(left, right, spans)
