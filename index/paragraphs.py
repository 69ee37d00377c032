"""`Paragraph`, and finding the paragraphs of a plain text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.sources.document import BlockKind
from index.spans import Span

BLOCK_BREAK = "\n\n"

_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"[ ]*(?:[-*•–]|\d{1,3}[.)])[ ]")
_SENTENCE_END = re.compile(r"""[.!?…。！？।؟]["'”’»)\]]*$""")
# Nobody wraps lines by hand this wide: such a line is a whole paragraph.
_WIDEST_WRAPPED_LINE = 120
# A wrapped paragraph's last line is shorter than the others.
_LAST_LINE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article's body.

    Attributes:
        number: counted from 1; a heading has the number of the paragraph that it heads.
        start: offset of its first code point.
        end: offset behind its last code point.
        kind: `heading` for a section's title, which is no statement and never an answer; `caption`
            for what stands at a picture or a table, which follows the body.
        page: number of the page that it begins on, from 1; None where there are no pages.
    """

    number: int
    start: int
    end: int
    kind: BlockKind = "text"
    page: int | None = None


def number_paragraphs(spans: Iterable[tuple[BlockKind, Span]]) -> tuple[Paragraph, ...]:
    """Return the paragraphs numbered from 1, headings with the number of what they head."""
    paragraphs: list[Paragraph] = []
    number = 1
    for kind, span in spans:
        # The body's last headings head nothing, and least of all a caption.
        number += kind == "caption" and bool(paragraphs) and paragraphs[-1].kind == "heading"
        paragraphs.append(Paragraph(number, span.start, span.end, kind))
        number += kind != "heading"
    return tuple(paragraphs)


def block_paragraphs(
    blocks: Iterable[tuple[BlockKind, str]], body_start: int = 0
) -> tuple[Paragraph, ...]:
    """Return the paragraphs of blocks that are joined by a blank line to make up a text.

    Args:
        blocks: all of the text, none of them empty.
        body_start: offset in the text at which the body begins.
    """
    spans: list[tuple[BlockKind, Span]] = []
    start = 0
    for kind, text in blocks:
        end = start + len(text)
        if end > body_start:
            spans.append((kind, Span(max(start, body_start), end)))
        start = end + len(BLOCK_BREAK)
    if all(kind != "text" for kind, _ in spans):
        # Headings head nothing here: they are all there is to read.
        spans = [("text" if kind == "heading" else kind, span) for kind, span in spans]
    return number_paragraphs(spans)


def find_paragraphs(text: str, start: int = 0) -> tuple[Paragraph, ...]:
    """Find the paragraphs of a normalised plain text.

    Blank lines part paragraphs. A single line break parts them too, unless the lines look wrapped
    by hand.

    Args:
        text: a normalised text.
        start: where the body begins; header lines before it are left out.
    """
    return number_paragraphs(("text", span) for span in _paragraph_spans(text, start))


def lines(text: str, start: int = 0) -> Iterator[Span]:
    """Yield the spans of the lines that are not blank."""
    for match in _LINE.finditer(text, start):
        if match.group().strip():
            yield Span(match.start(), match.end())


def _paragraph_spans(text: str, start: int) -> Iterator[Span]:
    block: list[Span] = []
    for line in lines(text, start):
        if block and "\n\n" in text[block[-1].end : line.start]:
            yield from _join_wrapped_lines(text, block)
            block = []
        block.append(line)
    if block:
        yield from _join_wrapped_lines(text, block)


def _join_wrapped_lines(text: str, block: list[Span]) -> Iterator[Span]:
    widest = max(line.end - line.start for line in block)
    first = block[0]
    for line, following in zip(block, block[1:], strict=False):
        if _ends_paragraph(text, line, following, widest):
            yield Span(first.start, line.end)
            first = following
    yield Span(first.start, block[-1].end)


def _ends_paragraph(text: str, line: Span, following: Span, widest: int) -> bool:
    width = line.end - line.start
    if width > _WIDEST_WRAPPED_LINE or _LIST_ITEM.match(text, following.start, following.end):
        return True
    is_short = width < _LAST_LINE_SHARE * widest
    return is_short and _SENTENCE_END.search(text, line.start, line.end) is not None
