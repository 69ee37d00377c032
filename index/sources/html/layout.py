"""Where the lines of a page begin and end."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from index.sources.html.parsing import Element, walk
from index.sources.html.styles import Style
from index.sources.html.user_agent import BLOCK_TAGS

_BLOCK_DISPLAYS = {"block", "flow-root", "flex", "grid", "list-item"}
_INLINE_DISPLAYS = {"inline", "inline-block", "inline-flex", "inline-grid", "contents"}
_BLOCK_MAKERS = {"flex", "inline-flex", "grid", "inline-grid"}
_PREFORMATTED = {"pre", "listing", "plaintext", "xmp"}


@dataclass(frozen=True, slots=True)
class TextRun:
    r"""Text of a page between two borders of blocks.

    Attributes:
        text: as it stands in the page; `\n` for each `<br>` and each line of preformatted text,
            other white space as it comes.
        block: the innermost block around it.
    """

    text: str
    block: Element


class BlockBorders:
    """Tells which elements begin and end a line, by the style sheets and by their tags."""

    def __init__(self, styles: Mapping[Element, Style]) -> None:
        """Ask these styles."""
        self._styles = styles

    def __call__(self, element: Element) -> bool:
        """Return whether an element is a block."""
        parent = element.getparent()
        if parent is not None and self._styles[parent].display in _BLOCK_MAKERS:
            return True
        display = self._styles[element].display
        if display in _BLOCK_DISPLAYS or display.startswith("table"):
            return True
        return display not in _INLINE_DISPLAYS and element.tag in BLOCK_TAGS


def published_text(body: Element, borders: BlockBorders) -> str:
    """Return all the visible text of a page as a browser's search sees it, a line for each block.

    Args:
        body: of the page, without what is hidden.
        borders: tells where lines begin and end.
    """
    return "\n".join(" ".join(run.text.split()) for run in text_runs(body, borders))


def text_runs(root: Element, is_block: Callable[[Element], bool]) -> Iterator[TextRun]:
    """Yield a page's texts in document order; those of white space alone are left out.

    Args:
        root: where to begin; it counts as a block itself.
        is_block: whether an element begins and ends a line.
    """
    blocks: list[Element] = [root]
    preformatted = 0
    parts: list[str] = []

    def take(text: str | None) -> None:
        if text:
            parts.append(text if preformatted else text.replace("\n", " "))

    for event, element in walk(root):
        borders = element is not root and is_block(element)
        if borders or (event == "end" and element is root):
            text = "".join(parts)
            if text.strip():
                yield TextRun(text, blocks[-1])
            parts.clear()
        if event == "start":
            preformatted += element.tag in _PREFORMATTED
            if borders:
                blocks.append(element)
            if element.tag == "br":
                parts.append("\n")
            take(element.text)
        elif element is not root:
            preformatted -= element.tag in _PREFORMATTED
            if borders:
                blocks.pop()
            take(element.tail)
