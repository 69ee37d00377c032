"""Whether a CSS media query holds for a person who reads the page on a screen."""

import re

_WIDTH_PX = 1280.0
_HEIGHT_PX = 800.0
_EM_PX = 16.0
_BOUND = re.compile(r"\(\s*(min|max)-(width|height)\s*:\s*([\d.]+)(px|em|rem)\s*\)")
_TRUE_FEATURES = re.compile(
    r"\(\s*(?:hover|hover\s*:\s*hover|pointer\s*:\s*fine|color|scripting\s*:\s*enabled"
    r"|orientation\s*:\s*landscape|prefers-color-scheme\s*:\s*light"
    r"|prefers-reduced-motion\s*:\s*no-preference)\s*\)"
)


def applies_on_screen(query: str) -> bool:
    """Return whether a list of media queries holds on a desktop screen.

    Args:
        query: for example "screen and (min-width: 600px), print"; empty for everything.
    """
    query = query.strip().lower()
    return not query or any(_holds(one.strip()) for one in query.split(","))


def _holds(query: str) -> bool:
    negated = query.startswith("not ")
    query = query.removeprefix("not ").removeprefix("only ").strip()
    holds = all(_part_holds(part.strip()) for part in query.split(" and "))
    return holds != negated


def _part_holds(part: str) -> bool:
    if part in ("all", "screen"):
        return True
    bound = _BOUND.fullmatch(part)
    if bound is None:
        return _TRUE_FEATURES.fullmatch(part) is not None
    value = float(bound[3]) * (1 if bound[4] == "px" else _EM_PX)
    size = _WIDTH_PX if bound[2] == "width" else _HEIGHT_PX
    return size >= value if bound[1] == "min" else size <= value
