"""Whether the declarations for an element put its box, and all in it, where nobody sees it."""

from collections.abc import Mapping

from index.sources.html.lengths import numbers_in, pixels, ratio

# Farther than this beyond an edge of the page, in CSS pixels, nothing is in sight.
_FAR_PX = 500.0
_NOTHING_PX = 1.0
_MIN_OPACITY = 0.05

Declared = Mapping[str, str]


def is_out_of_sight(declared: Declared, font_px: float) -> bool:
    """Return whether a box is off the page, clipped away, without size, or transparent.

    Args:
        declared: property → value, variables filled in.
        font_px: size of the element's font.
    """
    return bool(declared) and (
        _is_off_page(declared, font_px)
        or _is_clipped(declared, font_px)
        or _has_no_size(declared, font_px)
        or _is_transformed_away(declared, font_px)
    )


def opacity(declared: Declared) -> float:
    """Return how opaque a box is by itself, from 0 to 1."""
    own = ratio(declared.get("opacity"))
    filtered = declared.get("filter", "")
    if filtered.startswith("opacity("):
        own = (1.0 if own is None else own) * (ratio(filtered[8:].partition(")")[0]) or 0.0)
    return 1.0 if own is None else min(1.0, max(0.0, own))


def is_transparent(opacity_down_the_tree: float) -> bool:
    """Return whether so little opacity shows nothing."""
    return opacity_down_the_tree < _MIN_OPACITY


def is_indented_away(indent_px: float) -> bool:
    """Return whether the first line of a text is moved out of sight."""
    return abs(indent_px) > _FAR_PX


def _is_off_page(declared: Declared, font_px: float) -> bool:
    margins = (pixels(declared.get(name), font_px) for name in ("margin-left", "margin-top"))
    if any(margin is not None and margin < -_FAR_PX for margin in margins):
        return True
    if declared.get("position", "static") == "static":
        return False
    sides = ("left", "right", "top", "bottom")
    offsets = {side: pixels(declared.get(side), font_px, whole=100.0) for side in sides}
    return any(
        offset is not None and (offset < -_FAR_PX or (side == "left" and offset > 10 * _FAR_PX))
        for side, offset in offsets.items()
    )


def _is_clipped(declared: Declared, font_px: float) -> bool:
    clip = declared.get("clip", "")
    if clip.startswith("rect(") and declared.get("position") in ("absolute", "fixed"):
        edges = numbers_in(clip, font_px)
        if len(edges) == 4 and all(abs(edge) <= _NOTHING_PX for edge in edges):
            return True
    path = declared.get("clip-path", "")
    numbers = numbers_in(path, font_px)
    if path.startswith("inset("):
        return bool(numbers) and "%" in path and numbers[0] >= 50
    return path.startswith(("circle(", "ellipse(")) and bool(numbers) and numbers[0] <= _NOTHING_PX


def _has_no_size(declared: Declared, font_px: float) -> bool:
    overflow = " ".join(declared.get(name, "") for name in ("overflow", "overflow-x", "overflow-y"))
    if "hidden" not in overflow and "clip" not in overflow:
        return False
    sizes = (
        pixels(declared.get(name), font_px, whole=100.0)
        for name in ("width", "height", "max-width", "max-height")
    )
    return any(size is not None and size <= _NOTHING_PX for size in sizes)


def _is_transformed_away(declared: Declared, font_px: float) -> bool:
    if ratio(declared.get("scale", "1").partition(" ")[0]) == 0:
        return True
    for step in declared.get("transform", "").split(")"):
        name, _, arguments = step.strip().partition("(")
        numbers = numbers_in(arguments, font_px)
        if name.startswith("scale") and 0 in numbers:
            return True
        if name.startswith("translate") and any(abs(number) > _FAR_PX for number in numbers):
            return True
    return False
