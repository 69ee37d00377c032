"""From the rows of a column to paragraphs, by where the rows stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from index.sources.pdf.rows import Row, runs_right_to_left

SENTENCE_END = re.compile(r"""[.!?…。！？।؟:;]["'”’»)\]]*$""")
LIST_MARKER = re.compile(r"(?:[•▪◦●○■□‣⁃–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])$")
_WIDE_LETTER = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
# In shares of the font's size.
_INDENT = 0.8
_DEEPEST_INDENT = 8.0
_SPACE = 0.3
_SAME_PLACE = 0.15
_CELL_GAP = 1.8
_WIDEST_SPACE = 6.0
_WIDEST_LEADING = 2.5
# In shares: of the usual distance between rows, of a size, of a column's width.
_PARAGRAPH_GAP = 1.3
_SAME_SIZE = 0.08
_FULL = 0.85
_MUCH_ROOM = 0.3
# Rows of one table are not farther apart, in shares of the font's size.
_TABLE_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the rows of a column begin and end, and how far apart they are, in points.

    Attributes:
        start: where they begin; where they are read from right to left, less than 0.
        end: where they end, likewise.
        leading: from one baseline to the next.
    """

    start: float
    end: float
    leading: float

    @property
    def width(self) -> float:
        """From start to end."""
        return self.end - self.start


@dataclass(slots=True)
class ColumnParagraph:
    """A paragraph, or the part of one that stands in one column.

    Attributes:
        rows: from top to bottom, not empty.
        edges: of its column.
        is_cells: whether it is a row of a table.
    """

    rows: list[Row]
    edges: Edges
    is_cells: bool = False

    @property
    def size(self) -> float:
        """Size of its font, in points."""
        return median([row.size for row in self.rows])

    @property
    def is_bold(self) -> bool:
        """Whether all of it is in a bold font."""
        return all(row.is_bold for row in self.rows)

    @property
    def fills_last_row(self) -> bool:
        """Whether its last row goes on to the end of the column."""
        return _extent(self.rows[-1])[1] >= self.edges.start + _FULL * self.edges.width


def column_paragraphs(rows: Sequence[Row]) -> list[ColumnParagraph]:
    """Return the paragraphs of a column.

    Args:
        rows: of the column, from top to bottom, not empty.
    """
    if runs_right_to_left(rows):
        rows = [replace(row, runs_right_to_left=True) for row in rows]
    edges = _edges(rows)
    in_table = _in_table(rows, edges)
    paragraphs = [ColumnParagraph([rows[0]], edges, in_table[0])]
    for number in range(1, len(rows)):
        current = paragraphs[-1]
        is_apart = in_table[number - 1] or in_table[number]
        if is_apart or _begins_paragraph(rows[number], current.rows, edges):
            paragraphs.append(ColumnParagraph([rows[number]], edges, in_table[number]))
        else:
            current.rows.append(rows[number])
    return paragraphs


def _edges(rows: Sequence[Row]) -> Edges:
    steps = sorted(step for step, row in zip(_steps(rows), rows, strict=False) if step > row.size)
    starts, ends = (sorted(places) for places in zip(*map(_extent, rows), strict=True))
    # Some rows hang out, and some are farther apart; most of them are not.
    return Edges(
        starts[len(starts) // 10],
        ends[-1 - len(ends) // 20],
        steps[len(steps) // 4] if steps else 1.2 * rows[0].size,
    )


def _extent(row: Row) -> tuple[float, float]:
    """Return where a row begins and ends in the direction in which it is read."""
    return (-row.right, -row.left) if row.runs_right_to_left else (row.left, row.right)


def _steps(rows: Sequence[Row]) -> Iterator[float]:
    for row, following in zip(rows, rows[1:], strict=False):
        yield row.baseline - following.baseline


def _in_table(rows: Sequence[Row], edges: Edges) -> list[bool]:
    """Tell of each row whether it is one of a table: it and a neighbour have several cells."""
    has_cells = [_has_cells(row, edges) for row in rows]
    are_near = [step < _TABLE_GAP * row.size for step, row in zip(_steps(rows), rows, strict=False)]
    return [
        has_cells[number]
        and (
            (number > 0 and has_cells[number - 1] and are_near[number - 1])
            or (number + 1 < len(rows) and has_cells[number + 1] and are_near[number])
        )
        for number in range(len(rows))
    ]


def _has_cells(row: Row, edges: Edges) -> bool:
    cells = row.cell_texts(_CELL_GAP)
    if len(cells) < (3 if LIST_MARKER.match(cells[0]) else 2):
        return False
    start, end = _extent(row)
    gaps = row.gaps()
    is_justified = (
        abs(start - edges.start) < _SAME_PLACE * row.size
        and abs(end - edges.end) < _SAME_PLACE * row.size
        and max(gaps) - min(gaps) < _SAME_PLACE * row.size
        and max(gaps) < _WIDEST_SPACE * row.size
    )
    return not is_justified


def _begins_paragraph(row: Row, before: Sequence[Row], edges: Edges) -> bool:
    last = before[-1]
    if abs(row.size - last.size) > _SAME_SIZE * last.size or row.is_bold != last.is_bold:
        return True
    leading = min(max(edges.leading, row.size), _WIDEST_LEADING * row.size)
    if last.baseline - row.baseline > _PARAGRAPH_GAP * leading:
        return True
    text = row.text
    ended = SENTENCE_END.search(last.text) is not None
    room = edges.end - _extent(last)[1]
    had_room = room > _first_width(row) + _SPACE * row.size
    if LIST_MARKER.match(text.split()[0]) and len(row.words) > 1 and (ended or had_room):
        return True
    indent = (_extent(row)[0] - _extent(last)[0]) / row.size
    if ended and (had_room or _INDENT < indent < _DEEPEST_INDENT):
        return True
    # Nobody leaves so much room without wanting to.
    if had_room and room > _MUCH_ROOM * edges.width and not text[0].islower():
        return True
    return _ends_hanging(row, before, indent)


def _ends_hanging(row: Row, before: Sequence[Row], indent: float) -> bool:
    """Whether a row begins where the first row of a paragraph with hanging rows began."""
    if len(before) < 2:
        return False
    first, second = _extent(before[0])[0], _extent(before[1])[0]
    hangs = second - first > _INDENT * row.size
    return hangs and indent < -_INDENT and abs(_extent(row)[0] - first) < row.size


def _first_width(row: Row) -> float:
    """Return how much room a row's first word would have needed."""
    word = row.words[-1 if row.runs_right_to_left else 0]
    return row.size if _WIDE_LETTER.search(word.text) else word.right - word.left
