"""What the styles of a Word document say of a paragraph or of a run of text."""

import re
from dataclasses import dataclass
from typing import Literal

from index.sources.xml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

ParagraphKind = Literal["text", "heading", "caption", "title", "directory"]

# The names under which styles are saved are English in every language of Word.
_HEADING = re.compile(r"(?:heading \d|subtitle)$", re.IGNORECASE)
_DIRECTORY = re.compile(
    r"(?:toc (?:\d|heading)|table of (?:figures|authorities)|index (?:\d|heading))$", re.IGNORECASE
)
_BODY_LEVEL = "9"
# In half points: two points and less are dots.
_MAX_TINY = 4
_NO_COLOUR = {"auto", "FFFFFF", "ffffff", ""}


def tag(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{_W}{name}"


@dataclass(frozen=True, slots=True)
class RunLook:
    """How a run of text is drawn; None where it does not say, and its style decides.

    Attributes:
        vanishes: whether it is hidden.
        is_white: whether it is white.
        is_tiny: whether it is too small to be seen as letters.
        is_shaded: whether what is behind it has a colour of its own.
    """

    vanishes: bool | None = None
    is_white: bool | None = None
    is_tiny: bool | None = None
    is_shaded: bool | None = None

    def over(self, other: "RunLook") -> "RunLook":
        """Return this look, and the other one's where this one does not say."""
        return RunLook(
            *(
                theirs if ours is None else ours
                for ours, theirs in (
                    (self.vanishes, other.vanishes),
                    (self.is_white, other.is_white),
                    (self.is_tiny, other.is_tiny),
                    (self.is_shaded, other.is_shaded),
                )
            )
        )


class Styles:
    """The styles of a document."""

    def __init__(self, root: Element | None) -> None:
        """Take the root of the styles part; None where there is none."""
        styles = [] if root is None else root.findall(tag("style"))
        self._styles = {style.get(tag("styleId")): style for style in styles}
        self._kinds: dict[str, ParagraphKind] = {}
        self._looks: dict[str, RunLook] = {}

    def kind(self, paragraph_properties: Element | None) -> ParagraphKind:
        """Return what a paragraph is, by its style or its own outline level."""
        if paragraph_properties is None:
            return "text"
        if _outline_level(paragraph_properties):
            return "heading"
        name = _value(paragraph_properties.find(tag("pStyle")))
        if name not in self._kinds:
            self._kinds[name] = self._kind_of_style(name)
        return self._kinds[name]

    def look(self, style: str) -> RunLook:
        """Return how a style draws its text."""
        if style not in self._looks:
            look = RunLook()
            for each in self._chain(style):
                look = look.over(run_look(each.find(tag("rPr"))))
            self._looks[style] = look
        return self._looks[style]

    def _kind_of_style(self, name: str) -> ParagraphKind:
        for style in self._chain(name):
            known_as = _value(style.find(tag("name"))).lower()
            if known_as == "title":
                return "title"
            if known_as == "caption":
                return "caption"
            if _DIRECTORY.match(known_as):
                return "directory"
            properties = style.find(tag("pPr"))
            if _HEADING.match(known_as) or (properties is not None and _outline_level(properties)):
                return "heading"
        return "text"

    def _chain(self, name: str) -> list[Element]:
        """Return a style and those that it is based on."""
        chain: list[Element] = []
        while name in self._styles and self._styles[name] not in chain:
            chain.append(self._styles[name])
            name = _value(chain[-1].find(tag("basedOn")))
        return chain


def run_look(properties: Element | None) -> RunLook:
    """Return what a run's own properties say of how it is drawn."""
    if properties is None:
        return RunLook()
    colour, size = properties.find(tag("color")), _value(properties.find(tag("sz")))
    return RunLook(
        vanishes=_toggle(properties.find(tag("vanish"))),
        is_white=None if colour is None else _value(colour).upper() == "FFFFFF",
        is_tiny=int(size) <= _MAX_TINY if size.isdigit() else None,
        is_shaded=is_shaded(properties) or None,
    )


def is_shaded(properties: Element | None) -> bool:
    """Whether the properties of a run, a paragraph or a cell give it a background."""
    if properties is None:
        return False
    shading = properties.find(tag("shd"))
    filled = shading is not None and shading.get(tag("fill"), "") not in _NO_COLOUR
    return filled or _value(properties.find(tag("highlight"))) not in ("", "none", "white")


def _outline_level(properties: Element) -> bool:
    return _value(properties.find(tag("outlineLvl"))) not in ("", _BODY_LEVEL)


def _value(element: Element | None) -> str:
    return "" if element is None else element.get(tag("val"), "")


def _toggle(element: Element | None) -> bool | None:
    if element is None:
        return None
    return element.get(tag("val"), "1") not in ("0", "false", "off")
