"""The blocks of a Word document in reading order: paragraphs, rows of tables, text boxes, notes."""

from collections.abc import Iterator, Mapping

from index.sources.document import Block, BlockKind
from index.sources.word.runs import paragraph_words
from index.sources.word.styles import ParagraphKind, Styles, tag
from index.sources.xml import Element

_BLOCK_KINDS: dict[ParagraphKind, BlockKind] = {
    "text": "text",
    "heading": "heading",
    "title": "heading",
    "caption": "caption",
}
_DELETED_ROW = f"{tag('trPr')}/{tag('del')}"
_HIDDEN_ROW = f"{tag('trPr')}/{tag('hidden')}"

Notes = Mapping[tuple[str, str], Element]


class WordBlocks:
    """Reads the body of a document once, and remembers what is told apart from its blocks.

    Attributes:
        title: the first paragraph in the style of a title; None where there is none.
        hidden_passages: runs of text that nobody sees.
    """

    def __init__(self, styles: Styles, notes: Notes) -> None:
        """Take the document's styles, and its notes by (footnote | endnote, id)."""
        self.title: str | None = None
        self.hidden_passages = 0
        self._styles = styles
        self._notes = notes
        self._noted: dict[tuple[str, str], None] = {}

    def read(self, body: Element) -> list[Block]:
        """Return the blocks of the body, and behind them the notes that it refers to."""
        blocks = list(self._blocks(body))
        for note in list(self._noted):
            if note in self._notes:
                blocks.extend(self._blocks(self._notes[note]))
        return blocks

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            if child.tag == tag("p"):
                yield from self._paragraph(child)
            elif child.tag == tag("tbl"):
                yield from self._table(child)
            elif child.tag not in (tag("del"), tag("moveFrom"), tag("sectPr")):
                # Whatever wraps paragraphs: content controls, insertions, custom XML.
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        kind = self._styles.kind(paragraph.find(tag("pPr")))
        words = paragraph_words(paragraph, self._styles)
        self.hidden_passages += words.hidden_passages
        self._noted.update(dict.fromkeys(words.notes))
        if kind == "title":
            self.title = self.title or words.text or None
        # A table of contents says again what the headings say.
        if words.text and kind != "directory":
            yield Block(_BLOCK_KINDS[kind], words.text)
        for box in words.text_boxes:
            yield from self._blocks(box)

    def _table(self, table: Element) -> Iterator[Block]:
        rows = list(_children(table, "tr"))
        cells = [list(_children(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells):
            # One column is no table: a frame around text.
            for row in cells:
                for cell in row:
                    yield from self._blocks(cell)
            return
        for row, in_row in zip(rows, cells, strict=True):
            if row.find(_DELETED_ROW) is not None:
                continue
            said = [" ".join(block.text for block in self._blocks(cell)) for cell in in_row]
            text = " | ".join(each for each in said if each)
            if text and row.find(_HIDDEN_ROW) is not None:
                self.hidden_passages += 1
            elif text:
                yield Block("text", text)


def _children(parent: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name, also those inside a content control or custom XML."""
    wrappers = {tag("sdt"), tag("sdtContent"), tag("customXml"), tag("ins")}
    for child in parent:
        if child.tag == tag(name):
            yield child
        elif child.tag in wrappers:
            yield from _children(child, name)
