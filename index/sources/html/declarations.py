"""The CSS declarations that decide whether text can be seen, as plain strings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# What can hide text, or tells the colours that it is drawn in and on.
RELEVANT = frozenset(
    {
        *("display", "visibility", "opacity", "content-visibility", "filter", "transform", "scale"),
        *("color", "-webkit-text-fill-color", "background", "background-color"),
        *("background-image", "background-clip", "-webkit-background-clip"),
        *("font", "font-size", "text-indent", "position", "left", "right", "top", "bottom"),
        *("margin-left", "margin-top", "margin", "clip", "clip-path", "width", "height"),
        *("max-width", "max-height", "overflow", "overflow-x", "overflow-y"),
    }
)
_MAX_VALUE = 300


@dataclass(frozen=True, slots=True)
class Declarations:
    """What one rule or one `style` attribute says.

    Attributes:
        normal: property → value, lower case.
        important: the same for what is marked `!important`.
    """

    normal: Mapping[str, str]
    important: Mapping[str, str]

    def __bool__(self) -> bool:
        """Whether anything relevant is said."""
        return bool(self.normal or self.important)


def parse_declarations(block: "str | list[Any]") -> Declarations:
    """Return the relevant declarations of a block, custom properties too.

    Args:
        block: a `style` attribute, or the tokens between the braces of a rule.
    """
    from tinycss2 import parse_blocks_contents

    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    nodes = parse_blocks_contents(block, skip_comments=True, skip_whitespace=True)
    for name, value, is_important in _relevant(nodes):
        (important if is_important else normal)[name] = value
    return Declarations(normal, important)


def _relevant(nodes: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    from tinycss2 import serialize

    for node in nodes:
        if node.type != "declaration":
            continue
        custom = node.name.startswith("--")
        if not custom and node.lower_name not in RELEVANT:
            continue
        value = serialize(node.value).strip()
        if len(value) <= _MAX_VALUE:
            # The names of custom properties, alone, are case-sensitive.
            yield node.name if custom else node.lower_name, value.lower(), node.important
