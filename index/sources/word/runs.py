"""The words of a paragraph of a Word document, and how many of them nobody sees."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.sources.word.styles import RunLook, Styles, is_shaded, run_look, tag
from index.sources.xml import Element

_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# What was deleted or moved away, what fields are made of, and properties.
_LEFT_OUT = {tag(name) for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
_LEFT_OUT.add(_FALLBACK)
_SPACES = {tag("tab"), tag("br"), tag("cr"), tag("ptab")}
_NOTES = {tag("footnoteReference"): "footnote", tag("endnoteReference"): "endnote"}


@dataclass(slots=True)
class ParagraphWords:
    """What a paragraph says.

    Attributes:
        text: what is seen of it.
        hidden_passages: runs of text that are not seen.
        text_boxes: the text boxes that are anchored in it.
        notes: (footnote | endnote, id) of the notes that it refers to, in order.
    """

    text: str = ""
    hidden_passages: int = 0
    text_boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    is_hidden: bool


def paragraph_words(paragraph: Element, styles: Styles) -> ParagraphWords:
    """Read a paragraph: insertions count, deletions do not, hidden text is only counted."""
    words = ParagraphWords()
    pieces = list(_pieces(paragraph, _paragraph_look(paragraph, styles), styles, words))
    words.text = " ".join("".join(piece.text for piece in pieces if not piece.is_hidden).split())
    was_hidden = False
    for piece in pieces:
        if piece.text.strip():
            words.hidden_passages += piece.is_hidden and not was_hidden
            was_hidden = piece.is_hidden
    return words


def _paragraph_look(paragraph: Element, styles: Styles) -> RunLook:
    properties = paragraph.find(tag("pPr"))
    style = None if properties is None else properties.find(tag("pStyle"))
    look = styles.look("" if style is None else style.get(tag("val"), ""))
    # A box, or a table with a style, may be filled; white text in it is no secret.
    has_ground = is_shaded(properties) or any(
        each.tag == tag("txbxContent")
        or (each.tag == tag("tc") and is_shaded(each.find(tag("tcPr"))))
        or (each.tag == tag("tbl") and each.find(f"{tag('tblPr')}/{tag('tblStyle')}") is not None)
        for each in paragraph.iterancestors()
    )
    return RunLook(is_shaded=True).over(look) if has_ground else look


def _pieces(
    element: Element, look: RunLook, styles: Styles, words: ParagraphWords
) -> Iterator[_Piece]:
    for child in element:
        name = child.tag
        if name in _LEFT_OUT:
            continue
        if name == tag("t") or name == _MATHS:
            yield _Piece(child.text or "", _is_hidden(look))
        elif name in _SPACES:
            yield _Piece(" ", False)
        elif name == tag("noBreakHyphen"):
            yield _Piece("-", _is_hidden(look))
        elif name == tag("txbxContent"):
            words.text_boxes.append(child)
        elif name in _NOTES:
            words.notes.append((_NOTES[name], child.get(tag("id"), "")))
        elif name == tag("r"):
            yield from _pieces(child, _run_look(child, look, styles), styles, words)
        else:
            yield from _pieces(child, look, styles, words)


def _run_look(run: Element, paragraph: RunLook, styles: Styles) -> RunLook:
    properties = run.find(tag("rPr"))
    style = None if properties is None else properties.find(tag("rStyle"))
    named = RunLook() if style is None else styles.look(style.get(tag("val"), ""))
    return run_look(properties).over(named).over(paragraph)


def _is_hidden(look: RunLook) -> bool:
    white_on_white = look.is_white and not look.is_shaded
    return bool(look.vanishes or look.is_tiny or white_on_white)
