"""From the columns of all pages to the blocks of a document."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from index.sources.document import Block, BlockKind
from index.sources.pdf.hyphens import LineJoiner
from index.sources.pdf.paragraphs import LIST_MARKER, SENTENCE_END, ColumnParagraph

# Shares of the size of the body's font: from where a line is a heading, and up to where it is a
# note in small print.
_HEADING = 1.12
_SMALL = 0.93
_MAX_HEADING = 200
_MAX_BOLD_HEADING = 100
_MAX_HEADING_ROWS = 4
_MAX_BOLD_ROWS = 2
# In a table, words are in different cells from this gap on, in shares of the font's size.
_CELL_GAP = 0.9
_LETTER = re.compile(r"[^\W\d_]")
_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|scheme|plate|photo|abb(?:ildung|\.)|tabelle|tafel|tableau|"
    r"figura|tabla|tabela|rys(?:unek|\.)|рис(?:унок|\.)|таблица|табл\.)\s*"
    r"(?:\d+|[A-Z]\d*|[IVX]+)(?:[.-]\d+)*(?P<mark>\s*[.:|–—-])?\s*(?P<next>\S?)",
    re.IGNORECASE,
)
_WIDE_CAPTION = re.compile(r"[图圖表図]\s*\d+")


@dataclass(slots=True)
class _Part:
    """A paragraph on its way to a block."""

    kind: BlockKind
    paragraph: ColumnParagraph
    lines: list[str]
    is_small: bool


def blocks_of(
    paragraphs: Sequence[ColumnParagraph], outline: Set[str] = frozenset()
) -> list[Block]:
    """Return the blocks that paragraphs make up, those that go on in another column joined.

    Args:
        paragraphs: of all columns, in reading order.
        outline: titles of the table of contents that some files keep beside their pages.
    """
    if not paragraphs:
        return []
    body = _body_look(paragraphs)
    parts = [_part(paragraph, body, outline) for paragraph in paragraphs]
    joiner = LineJoiner(line for part in parts for line in part.lines)
    return [
        Block(part.kind, joiner.join(part.lines), part.paragraph.rows[0].page)
        for part in _continued(parts)
    ]


def outline_key(title: str) -> str:
    """Return what of a title counts when it is looked for among the lines of a page."""
    return re.sub(r"[\W\d_]+", "", title).casefold()


@dataclass(frozen=True, slots=True)
class _BodyLook:
    size: float
    is_bold: bool


def _body_look(paragraphs: Iterable[ColumnParagraph]) -> _BodyLook:
    """Return size and weight of the font of most of the text."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for paragraph in paragraphs:
        for row in paragraph.rows:
            length = sum(len(word.text) for word in row.words)
            sizes[round(row.size * 2) / 2] += length
            bold[row.is_bold] += length
    return _BodyLook(sizes.most_common(1)[0][0], bold[True] > bold[False])


def _part(paragraph: ColumnParagraph, body: _BodyLook, outline: Set[str]) -> _Part:
    if paragraph.is_cells:
        text = " | ".join(cell for row in paragraph.rows for cell in row.cell_texts(_CELL_GAP))
        return _Part("text", paragraph, [text], is_small=True)
    lines = [row.text for row in paragraph.rows]
    text = " ".join(lines)
    is_small = paragraph.size < _SMALL * body.size
    if _is_caption(text, is_small=is_small):
        return _Part("caption", paragraph, lines, is_small)
    is_heading = _is_heading(paragraph, text, body) or outline_key(text) in outline
    return _Part("heading" if is_heading else "text", paragraph, lines, is_small)


def _is_caption(text: str, *, is_small: bool) -> bool:
    match = _CAPTION.match(text)
    if match is None:
        return _WIDE_CAPTION.match(text) is not None and is_small
    # "Figure 1 shows" is a sentence of the body, "Figure 1 The tower" is none.
    return match["mark"] is not None or is_small or match["next"].isupper()


def _is_heading(paragraph: ColumnParagraph, text: str, body: _BodyLook) -> bool:
    if len(paragraph.rows) > _MAX_HEADING_ROWS or not _LETTER.search(text):
        return False
    if paragraph.size >= _HEADING * body.size:
        return len(text) <= _MAX_HEADING
    is_set_off = paragraph.is_bold and not body.is_bold and len(paragraph.rows) <= _MAX_BOLD_ROWS
    return is_set_off and len(text) <= _MAX_BOLD_HEADING and not SENTENCE_END.search(text)


def _continued(parts: Sequence[_Part]) -> list[_Part]:
    """Join what goes on at the top of the next column; what stands between comes behind it."""
    joined: list[_Part] = []
    open_part: _Part | None = None
    for part in parts:
        if part.kind == "heading":
            open_part = None
        is_body = part.kind == "text" and not part.is_small
        if is_body and open_part is not None and _goes_on(open_part, part):
            open_part.lines.extend(part.lines)
            open_part.paragraph = ColumnParagraph(
                [*open_part.paragraph.rows, *part.paragraph.rows], part.paragraph.edges
            )
            continue
        joined.append(part)
        if is_body:
            open_part = part
    return joined


def _goes_on(part: _Part, following: _Part) -> bool:
    last, first = part.paragraph.rows[-1], following.paragraph.rows[0]
    if last.page == first.page and part.paragraph.edges == following.paragraph.edges:
        return False
    end, start = part.lines[-1], following.lines[0]
    if SENTENCE_END.search(end) or LIST_MARKER.match(start.split()[0]):
        return False
    return start[0].islower() or part.paragraph.fills_last_row
