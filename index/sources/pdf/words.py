"""From the characters of a page to words that stand upright."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.sources.pdf.glyphs import Glyph, GlyphReader, Look

# Hebrew, Arabic and their kin.
_RANGES = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff"
_RIGHT_TO_LEFT = re.compile(f"[{_RANGES}]")
# Inside a word of theirs, numbers (their own too) and other scripts run from left to right.
_LEFT_TO_RIGHT_RUN = re.compile(f"(?![{_RANGES}])\\w[^{_RANGES}]*(?![{_RANGES}])\\w")
# In shares of the font's size: gaps and steps that part words, and how far a mark is raised.
_GAP = 0.6
_STEP = 0.5
_RAISED = 0.15
# A mark for a note, raised behind a word, is no part of it.
_NOTE_MARK = re.compile(r"[\d*†‡§]")
_PERHAPS_MARKED = re.compile(r"[^\W\d][\d*†‡§]|[.,;:!?)”’\"'][\d*†‡§]")

# Left, bottom, right and top, in points.
Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Word:
    """A word of a page as it is held to be read; distances in points, from the lower left corner.

    Attributes:
        text: its characters, in the order in which they are read.
        left: where it begins.
        right: where it ends.
        baseline: height of the line that it stands on.
        size: of its font.
        is_bold: whether its font is.
        run: number of the run of characters, without white space among them, that it is of.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    is_bold: bool = False
    run: int | None = None

    @property
    def runs_right_to_left(self) -> bool:
        """Whether it is of a script that does."""
        return _RIGHT_TO_LEFT.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class DrawnWord:
    """A word as it was drawn.

    Attributes:
        text: its characters, in the order in which they are read.
        box: what it takes up on the page as the file has it.
        x: where its first character begins on its baseline.
        y: of its baseline.
        look: of its first character.
        run: number of the run of characters, without white space among them, that it is of.
    """

    text: str
    box: Box
    x: float
    y: float
    look: Look
    run: int

    @property
    def size(self) -> float:
        """Of the font, in points; at least something, as files may say none."""
        return self.look.size or max(self.box[3] - self.box[1], 1.0)


def drawn_words(reader: GlyphReader) -> Iterator[DrawnWord]:
    """Yield the words of a page in the order in which they were drawn."""
    for start, end in reader.runs():
        look = reader.look(start)
        text, first, last = reader.text(start, end), reader.glyph(start), reader.glyph(end - 1)
        if _is_plain(text, first, last, look):
            yield DrawnWord(text, _hull((first, last)), first.x, first.y, look, start)
            continue
        for glyphs in _parted([reader.glyph(number) for number in range(start, end)], look):
            place = glyphs[0].x, glyphs[0].y
            yield DrawnWord(_text(glyphs), _hull(glyphs), *place, look, start)


def main_turns(words: Sequence[DrawnWord]) -> int:
    """Return in how many quarters of a turn most of the text runs."""
    counts: Counter[int] = Counter()
    for word in words:
        if word.look.turns is not None:
            counts[word.look.turns] += len(word.text)
    return max(counts, key=lambda turns: (counts[turns], -turns), default=0)


def upright(word: DrawnWord, turns: int, width: float, height: float) -> Word:
    """Return a word as it is read when the page is turned so that it stands upright.

    Args:
        word: as it was drawn.
        turns: quarters of a turn, counterclockwise, in which it runs.
        width: of the page as the file has it, in points.
        height: likewise.
    """
    left, bottom, right, top = word.box
    place = (
        (left, right, word.y),
        (bottom, top, width - word.x),
        (width - right, width - left, height - word.y),
        (height - top, height - bottom, word.x),
    )[turns]
    return Word(word.text, *place, word.size, word.look.is_bold, word.run)


def _is_plain(text: str, first: Glyph, last: Glyph, look: Look) -> bool:
    """Whether the first and the last character tell where all of them are."""
    return (
        abs(last.y - first.y) < _RAISED * look.size
        and last.left >= first.left
        and last.right - first.left <= (len(text) + _GAP) * look.size
        and not _RIGHT_TO_LEFT.search(text)
        and not _PERHAPS_MARKED.search(text)
    )


def _parted(run: Sequence[Glyph], look: Look) -> Iterator[list[Glyph]]:
    """Part characters without white space between them into words, and leave out marks of notes."""
    size = look.size or 1.0
    word: list[Glyph] = []
    for glyph in run:
        if word and not look.turns:
            last = word[-1]
            raised = (glyph.y - word[0].y) / size
            gap = max(glyph.left - last.right, last.left - glyph.right) / size
            if gap > _GAP or abs(raised) > _STEP:
                yield word
                word = []
            elif raised > _RAISED and not last.text.isdigit() and _NOTE_MARK.match(glyph.text):
                continue
        word.append(glyph)
    if word:
        yield word


def _text(glyphs: Sequence[Glyph]) -> str:
    text = "".join(glyph.text for glyph in glyphs)
    if not _RIGHT_TO_LEFT.search(text):
        return text
    # PDFium turns some of these words round, and some not; where they stand is sure.
    from_the_right = sorted(glyphs, key=lambda glyph: -glyph.left)
    text = "".join(glyph.text for glyph in from_the_right)
    return _LEFT_TO_RIGHT_RUN.sub(lambda match: match.group()[::-1], text)


def _hull(glyphs: Sequence[Glyph]) -> Box:
    return (
        min([glyph.left for glyph in glyphs]),
        min([glyph.bottom for glyph in glyphs]),
        max([glyph.right for glyph in glyphs]),
        max([glyph.top for glyph in glyphs]),
    )
