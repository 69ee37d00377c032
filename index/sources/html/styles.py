"""How each element of a page is drawn, as far as it decides whether its text can be seen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index.sources.html.cascade import declared_values, substitute
from index.sources.html.colours import (
    BLACK,
    WHITE,
    Colour,
    Ground,
    is_readable,
    parse_colour,
    parse_ground,
)
from index.sources.html.lengths import pixels
from index.sources.html.out_of_sight import (
    is_indented_away,
    is_out_of_sight,
    is_transparent,
    opacity,
)
from index.sources.html.parsing import Element
from index.sources.html.user_agent import (
    NEVER_RENDERED,
    is_for_screen_readers,
    presentation,
)

_DEFAULT_FONT_PX = 16.0
# Smaller text is a row of dots.
_MIN_FONT_PX = 2.0
_FONT_SIZES = {
    **{"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0},
    **{"x-large": 24.0, "xx-large": 32.0, "initial": 16.0},
}
_SIZE_IN_FONT = re.compile(r"(?:^|\s)([\d.]+(?:px|em|rem|pt|%|vw)?)(?:\s*/\s*[\w.%]+)?\s")
_INHERITED = {"inherit", "unset", "currentcolor"}
# A script shows these when the page has loaded.
_SHOWN_IN_THE_END = {"html", "body"}
_POSITIONED = {"absolute", "fixed"}


@dataclass(frozen=True, slots=True)
class Style:
    """What is known of how an element is drawn.

    Attributes:
        display: CSS display by the style sheets; empty for the default of the tag.
        shows_box: whether its box can be seen; if not, nothing in it can.
        shows_text: whether its own text can be seen, if its box can.
        is_visible: CSS visibility.
        font_px: size of the font in CSS pixels.
        indent_px: CSS text-indent in CSS pixels.
        opacity: of itself and all around it, from 0 to 1.
        colour: of its text; None if not known.
        ground: what lies behind the text.
        variables: custom properties.
    """

    display: str = ""
    shows_box: bool = True
    shows_text: bool = True
    is_visible: bool = True
    font_px: float = _DEFAULT_FONT_PX
    indent_px: float = 0.0
    opacity: float = 1.0
    colour: Colour | None = BLACK
    ground: Ground = (WHITE,)
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def takes_space(self) -> bool:
        """Whether the element's own text parts what stands around it."""
        return self.font_px >= _MIN_FONT_PX


def computed_styles(root: Element) -> dict[Element, Style]:
    """Return the style of every element of a page."""
    declared = declared_values(root)
    styles: dict[Element, Style] = {}
    inherited: dict[Element | None, Style] = {None: Style()}
    # By the parent's style and the own declarations: most elements are drawn as their siblings are.
    known: dict[tuple[object, ...], tuple[Style, Style]] = {}
    for element in root.iter("*"):
        parent = inherited[element.getparent()]
        own = {**presentation(element), **declared.get(element, {})}
        if element.tag in NEVER_RENDERED or is_for_screen_readers(element):
            styles[element] = inherited[element] = replace(parent, shows_box=False)
        elif own:
            key = (id(parent), element.tag in _SHOWN_IN_THE_END, *own.items())
            if key not in known or "position" in own:
                style = _computed(element, own, parent)
                known[key] = style, replace(style, display="", shows_box=True)
            styles[element], inherited[element] = known[key]
        else:
            styles[element] = inherited[element] = parent
    return styles


def _computed(element: Element, own: Mapping[str, str], parent: Style) -> Style:
    new = {name: value for name, value in own.items() if name.startswith("--")}
    variables = {**parent.variables, **new} if new else parent.variables
    own = {name: substitute(value, variables) for name, value in own.items()}
    font_px = _font_size(own, parent.font_px)
    indent = pixels(own.get("text-indent"), font_px, whole=100.0)
    visibility = own.get("visibility", "inherit")
    colour = _text_colour(own, parent)
    style = Style(
        display=own.get("display", ""),
        is_visible=parent.is_visible if visibility in _INHERITED else visibility == "visible",
        font_px=font_px,
        indent_px=parent.indent_px if indent is None else indent,
        opacity=parent.opacity * opacity(own),
        colour=colour,
        ground=_text_ground(element, own, parent, colour),
        variables=variables,
    )
    if element.tag in _SHOWN_IN_THE_END:
        style = replace(style, display="", is_visible=True, opacity=1.0)
        return replace(style, shows_text=_shows_text(style))
    is_hidden = (
        style.display == "none"
        or own.get("content-visibility") == "hidden"
        or is_transparent(style.opacity)
        or is_out_of_sight(own, style.font_px)
    )
    return replace(style, shows_box=not is_hidden, shows_text=_shows_text(style))


def _shows_text(style: Style) -> bool:
    if not (style.is_visible and style.takes_space) or is_indented_away(style.indent_px):
        return False
    return style.colour is None or is_readable(style.colour.fade(style.opacity), style.ground)


def _font_size(own: Mapping[str, str], parent_px: float) -> float:
    value = own.get("font-size", "")
    if not value and "font" in own:
        match = _SIZE_IN_FONT.search(own["font"])
        value = match[1] if match else ""
    if value in _FONT_SIZES:
        return _FONT_SIZES[value]
    size = pixels(value, parent_px, whole=parent_px)
    return parent_px if size is None else max(0.0, size)


def _text_colour(own: Mapping[str, str], parent: Style) -> Colour | None:
    clip = own.get("background-clip", own.get("-webkit-background-clip", ""))
    if "text" in clip:
        return None
    value = own.get("-webkit-text-fill-color", own.get("color", "inherit"))
    if value in ("currentcolor", "inherit"):
        value = own.get("color", "inherit")
    return parent.colour if value in _INHERITED else parse_colour(value)


def _text_ground(
    element: Element, own: Mapping[str, str], parent: Style, colour: Colour | None
) -> Ground:
    names = ("background", "background-color", "background-image")
    values = [own[name] for name in names if name in own]
    if element.tag in _SHOWN_IN_THE_END and not values and parent.ground == (WHITE,):
        # Light text on a page that does not say on what: its ground is in a sheet not read here.
        return parent.ground if colour is None or colour.luminance < 0.5 else None
    if own.get("position") in _POSITIONED and _lies_on_a_picture(element):
        return None
    ground = parent.ground
    for value in values:
        ground = parse_ground(value, ground)
    return ground


def _lies_on_a_picture(element: Element) -> bool:
    parent = element.getparent()
    pictures = ("img", "picture", "video", "*/img", "*/picture")
    return parent is not None and any(parent.find(path) is not None for path in pictures)
