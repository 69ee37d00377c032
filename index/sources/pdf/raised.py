"""Small words that stand above or below the line: marks of notes, powers, indices."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.sources.pdf.rows import Row
from index.sources.pdf.words import Word

# In shares of the size of the row: how large they are at most, how far from its baseline.
_SMALL = 0.8
_HIGHEST = 0.65
_LOWEST = 0.45
_RAISED = 0.12
_NEAR = 0.5
_NOTE_MARK = re.compile(r"[\d*†‡§¶,–-]+$")


def with_raised_words(rows: Sequence[Row]) -> list[Row]:
    """Return rows with the small words above and below them in their places; marks of notes go.

    Args:
        rows: of a page, from top to bottom, small words in rows of their own.
    """
    owners = [_owner(rows, number) for number in range(len(rows))]
    words = [
        list(row.words) if owner is None else [] for row, owner in zip(rows, owners, strict=True)
    ]
    for row, owner in zip(rows, owners, strict=True):
        if owner is not None:
            words[owner].extend(row.words)
    return [
        _settled(replace(row, words=sorted(found, key=lambda word: word.left)), row)
        for row, found in zip(rows, words, strict=True)
        if found
    ]


def _owner(rows: Sequence[Row], number: int) -> int | None:
    """Return the number of the row that a row of small words belongs to."""
    row = rows[number]
    if number + 1 < len(rows):
        below = rows[number + 1]
        if _is_small(row, below) and row.baseline - below.baseline <= _HIGHEST * below.size:
            return number + 1
    if number > 0:
        above = rows[number - 1]
        if _is_small(row, above) and above.baseline - row.baseline <= _LOWEST * above.size:
            return number - 1
    return None


def _is_small(row: Row, other: Row) -> bool:
    return row.size <= _SMALL * other.size


def _settled(row: Row, line: Row) -> Row:
    """Leave out marks of notes, and let other small words touch what they stand at."""
    size, baseline = line.size, line.baseline
    settled: list[Word] = []
    for word in row.words:
        previous = settled[-1] if settled else None
        raised = (word.baseline - baseline) / size
        if (
            previous is not None
            and word.size <= _SMALL * size
            and _is_beside(word, previous, raised)
        ):
            is_raised = raised > _RAISED
            is_power = previous.text[-1].isdigit()
            if is_raised and not is_power and _NOTE_MARK.match(word.text):
                continue
            word = replace(word, run=previous.run)
        settled.append(word)
    return replace(row, words=settled)


def _is_beside(word: Word, previous: Word, raised: float) -> bool:
    return abs(raised) > _RAISED and word.left - previous.right < _NEAR * word.size
