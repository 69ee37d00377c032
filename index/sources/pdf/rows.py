"""`Row`: words that stand beside each other, and what they say when read across."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from index.sources.pdf.words import Word

# In shares of the font's size: how far baselines of one row may differ, and the gap below which
# words are one.
_SAME_BASELINE = 0.35
_NO_SPACE = 0.12
_LETTER = re.compile(r"[^\W\d_]")
# PDFium mirrors some marks in words that run from right to left, and some not; where they stand
# tells which they are.
_MIRRORED = {"“": "”", "‘": "’", "«": "»", "(": ")", "[": "]", "{": "}"}
_OPENED = {closed: opened for opened, closed in _MIRRORED.items()}
_OPENS = re.compile(r"(?<![^\s(\[{«“‘„])[”’»)\]}](?=\w)")
_CLOSES = re.compile(r"(?<=[\w.!?,…])[“‘«(\[{](?!\w)")
_CLOSING = re.compile(r"^[.,:;!?،؛؟)\]]+")


@dataclass(slots=True)
class Row:
    """Words that stand beside each other; distances in points, from the lower left corner.

    Attributes:
        words: from left to right, not empty.
        page: number of the page, from 1.
        runs_right_to_left: whether it is read that way.
    """

    words: list[Word]
    page: int = 1
    runs_right_to_left: bool = False

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max([word.right for word in self.words])

    @property
    def baseline(self) -> float:
        """Height of the line on which most of it stands."""
        return median([word.baseline for word in self.words])

    @property
    def size(self) -> float:
        """Size of the font of most of its characters, in points."""
        return _weighted_median([(word.size, len(word.text)) for word in self.words])

    @property
    def is_bold(self) -> bool:
        """Whether all of it is in a bold font."""
        return all(word.is_bold for word in self.words)

    @property
    def text(self) -> str:
        """What it says."""
        return self._said(self.words)

    def gaps(self) -> list[float]:
        """Return the distances between neighbouring words, in points."""
        return [
            following.left - word.right
            for word, following in zip(self.words, self.words[1:], strict=False)
        ]

    def cell_texts(self, gap: float) -> list[str]:
        """Return what is said between gaps that are wider than that, in shares of its size."""
        cells = [[self.words[0]]]
        for width, word in zip(self.gaps(), self.words[1:], strict=True):
            if width > gap * self.size:
                cells.append([])
            cells[-1].append(word)
        texts = [self._said(cell) for cell in cells]
        return texts[::-1] if self.runs_right_to_left else texts

    def _said(self, words: Sequence[Word]) -> str:
        if not self.runs_right_to_left:
            return _joined(words)
        text = _OPENS.sub(_opening, _joined(_from_the_right(words)))
        return _CLOSES.sub(_closing, text)


def rows_of(words: Iterable[Word], page: int) -> list[Row]:
    """Return the rows that words make up, from the top of the page to its bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.baseline, word.left)):
        if rows and rows[-1][0].baseline - word.baseline <= _SAME_BASELINE * min(
            word.size, rows[-1][0].size
        ):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Row(sorted(row, key=lambda word: word.left), page) for row in rows]


def runs_right_to_left(rows: Iterable[Row]) -> bool:
    """Return whether most letters of rows are of a script that does."""
    letters = {True: 0, False: 0}
    for row in rows:
        for word in row.words:
            letters[word.runs_right_to_left] += len(_LETTER.findall(word.text))
    return letters[True] > letters[False]


def _from_the_right(words: Sequence[Word]) -> list[Word]:
    """Turn words round, but for those among them that run from left to right."""
    ordered: list[Word] = []
    run: list[Word] = []
    for word in reversed(words):
        if _runs_left_to_right(word, run):
            run.insert(0, word)
            continue
        ordered.extend([*run, _closed(word)])
        run = []
    return [*ordered, *run]


def _opening(mark: re.Match[str]) -> str:
    return _OPENED[mark.group()]


def _closing(mark: re.Match[str]) -> str:
    return _MIRRORED[mark.group()]


def _closed(word: Word) -> Word:
    """Put the marks that end a number behind it: in the row they stand to its left."""
    marks = _CLOSING.match(word.text)
    if marks is None or word.runs_right_to_left:
        return word
    return replace(word, text=word.text[marks.end() :] + marks.group())


def _runs_left_to_right(word: Word, run: Sequence[Word]) -> bool:
    """Whether a word in a row from right to left is of a run that goes the other way."""
    is_latin = not word.runs_right_to_left and _LETTER.search(word.text) is not None
    return is_latin or (bool(run) and word.text.isalnum() and not word.runs_right_to_left)


def _joined(words: Sequence[Word]) -> str:
    pieces: list[str] = []
    for previous, word in zip([None, *words], words, strict=False):
        if previous is not None and not _are_one(previous, word):
            pieces.append(" ")
        pieces.append(word.text)
    return "".join(pieces)


def _are_one(word: Word, following: Word) -> bool:
    """Whether no space is between words: they touch, and the file has no space there.

    Where words run from right to left, PDFium adds spaces inside of them.
    """
    is_other_way = word.runs_right_to_left or following.runs_right_to_left
    if not is_other_way and (word.run is None or word.run != following.run):
        return False
    gap = max(following.left - word.right, word.left - following.right)
    return gap < _NO_SPACE * min(word.size, following.size)


def _weighted_median(values: Iterable[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]
