"""Colours of a page: reading them, and whether text can be told from what it is drawn on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import tinycss2
from tinycss2 import color4

# Text of less contrast than this (WCAG 2.2, 1 to 21) cannot be read; #eee on white has 1.16.
MIN_CONTRAST = 1.2
_GRADIENT_OR_PICTURE = re.compile(r"url\(|image|gradient|var\(")


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in sRGB, each from 0 to 1; alpha 0 is transparent."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def on(self, ground: "Colour") -> "Colour":
        """Return what is seen where this is drawn on an opaque ground."""
        rest = 1 - self.alpha
        return Colour(
            self.red * self.alpha + ground.red * rest,
            self.green * self.alpha + ground.green * rest,
            self.blue * self.alpha + ground.blue * rest,
        )

    def fade(self, opacity: float) -> "Colour":
        """Return it more transparent."""
        return replace(self, alpha=self.alpha * opacity)

    @property
    def luminance(self) -> float:
        """Relative luminance as WCAG 2.2 defines it, from 0 (black) to 1 (white)."""
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (self.red, self.green, self.blue)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue


BLACK = Colour(0, 0, 0)
WHITE = Colour(1, 1, 1)
_SYSTEM = {"canvas": WHITE, "canvastext": BLACK}

# The colours that may lie behind a text; None where that is not known.
Ground = tuple[Colour, ...] | None


@lru_cache(maxsize=4096)
def parse_colour(text: str) -> Colour | None:
    """Return a CSS colour; None for what is none, or is not known (`currentcolor`, `var()`)."""
    if text in _SYSTEM:
        return _SYSTEM[text]
    return _colour(color4.parse_color(text))


@lru_cache(maxsize=4096)
def parse_ground(value: str, below: Ground) -> Ground:
    """Return what lies behind text after a `background` is drawn.

    Args:
        value: the CSS value: a colour, or a shorthand with one; gradients give several.
        below: what lies behind it.

    Returns:
        The colours; None for pictures, and where a colour is not known.
    """
    if "url(" in value or "var(" in value:
        return None
    found = _colours_in(value)
    if not found:
        return None if _GRADIENT_OR_PICTURE.search(value) else below
    grounds = [WHITE] if below is None else below
    if below is None and any(colour.alpha < 1 for colour in found):
        return None
    return tuple(colour.on(ground) for colour in found for ground in grounds)[:8]


@lru_cache(maxsize=4096)
def is_readable(text: Colour, grounds: Ground) -> bool:
    """Return whether text can be told from one of the colours that may lie behind it."""
    return grounds is None or any(
        contrast(text.on(ground), ground) >= MIN_CONTRAST for ground in grounds
    )


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast of two opaque colours, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((first.luminance, second.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def _colours_in(value: str) -> Sequence[Colour]:
    tokens = list(tinycss2.parse_component_value_list(value, skip_comments=True))
    found: list[Colour] = []
    while tokens:
        token = tokens.pop(0)
        if token.type == "function" and "gradient" in token.lower_name:
            tokens = [*token.arguments, *tokens]
        elif token.type in ("ident", "hash", "function"):
            colour = _colour(color4.parse_color(token))
            if colour is not None:
                found.append(colour)
    return found


def _colour(found: color4.Color | str | None) -> Colour | None:
    if found is None or isinstance(found, str):
        return None
    try:
        parts = found.to("srgb").coordinates
    except NotImplementedError:
        # tinycss2 parses Lab, LCH and their kin, and does not convert them.
        parts = _grey(found)
    if parts is None:
        return None
    red, green, blue = (min(1.0, max(0.0, part or 0.0)) for part in parts)
    return Colour(red, green, blue, min(1.0, max(0.0, found.alpha)))


def _grey(found: color4.Color) -> tuple[float, float, float] | None:
    """Return a perceptual colour without hue in sRGB; tinycss2 cannot convert the others either."""
    lightness, first, second = (part or 0.0 for part in found.coordinates)
    chroma = first if found.space.endswith("lch") else max(abs(first), abs(second))
    is_ok = found.space.startswith("ok")
    if found.space not in ("lab", "lch", "oklab", "oklch") or chroma > (0.02 if is_ok else 5):
        return None
    linear = lightness**3 if is_ok else _linear(lightness)
    grey = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    grey = round(grey, 6)
    return grey, grey, grey


def _linear(lightness: float) -> float:
    """Return the luminance for a lightness of CIE L*a*b*, from 0 to 100."""
    return ((lightness + 16) / 116) ** 3 if lightness > 8 else lightness / 903.3
