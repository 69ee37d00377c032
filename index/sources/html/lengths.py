"""CSS lengths and numbers, as far as they tell whether something has a size or is in sight."""

import re

_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]*|%)")
_NUMBERS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)[a-z%]*")
_PX = {
    **{"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78},
    **{"vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "rem": 16.0},
}
_FONT_RELATIVE = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2}


def pixels(value: str | None, font_px: float, *, whole: float | None = None) -> float | None:
    """Return a length in CSS pixels, on a screen of 1280 by 800.

    Args:
        value: for example "-999em" or "0"; None for none.
        font_px: size of the font, for units that are relative to it.
        whole: what 100 % are, in pixels; None if that is not known.

    Returns:
        The length; None for keywords, `calc()` and the like.
    """
    match = _LENGTH.fullmatch(value or "")
    if match is None:
        return None
    number, unit = float(match[1]), match[2]
    if unit in _PX:
        # Without a unit only 0 is a length, but browsers' quirks mode takes others as pixels.
        return number * _PX[unit]
    if unit in _FONT_RELATIVE:
        return number * _FONT_RELATIVE[unit] * font_px
    return None if whole is None else number / 100 * whole


def numbers_in(value: str, font_px: float) -> list[float]:
    """Return all lengths and numbers of a value in order; percentages as they are written."""
    found = (pixels(match[0], font_px, whole=100.0) for match in _NUMBERS.finditer(value))
    return [number for number in found if number is not None]


def ratio(value: str | None) -> float | None:
    """Return a number or a percentage as a share of 1; None for anything else."""
    match = _LENGTH.fullmatch(value or "")
    if match is None or match[2] not in ("", "%"):
        return None
    return float(match[1]) / (100 if match[2] else 1)
