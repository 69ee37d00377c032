"""A few helpers for small inline plots.

By hand, because the plots are four and plain: matplotlib's SVG is large, fixes its colours and
draws text as outlines, so that a page's light and dark theme and a screen reader cannot reach it.
Colours come from the page's style sheet by class; everything that is put in is escaped.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

# Size of a plot in its own units, about the pixels of a narrow phone: text is never scaled down.
WIDTH = 360


@dataclass(frozen=True, slots=True)
class Axis:
    """Values on a line of the plot; the line may run either way.

    Attributes:
        low: value at `start`.
        high: value at `end`.
        start: position in the plot.
        end: position in the plot.
        logarithmic: whether equal distances are equal ratios.
    """

    low: float
    high: float
    start: float
    end: float
    logarithmic: bool = False

    def at(self, value: float) -> float:
        """Return the position of a value; one outside is put at the nearer end."""
        low, high, value = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, value = math.log(low), math.log(high), math.log(value)
        return self.start + (value - low) / (high - low) * (self.end - self.start)


def element(name: str, content: str | Markup = "", **attributes: object) -> Markup:
    """Return an SVG element; `class_` and `stroke_width` stand for `class` and `stroke-width`."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _written(value))
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), written, escape(content))  # noqa: S704


def _written(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def plot(height: float, label: str, parts: Iterable[Markup]) -> Markup:
    """Return a plot; the label says in words what it shows."""
    return element(
        "svg",
        Markup("").join(parts),
        viewBox=f"0 0 {WIDTH} {height:g}",
        class_="plot",
        role="img",
        aria_label=label,
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(x: float, y: float, words: str, anchor: str = "middle", class_: str = "label") -> Markup:
    """Return a line of text; `anchor` is `start`, `middle` or `end`."""
    return element("text", words, x=x, y=y, text_anchor=anchor, class_=class_)


def circle(x: float, y: float, radius: float, class_: str, title: str) -> Markup:
    """Return a dot that says what it is when pointed at."""
    return element("circle", element("title", title), cx=x, cy=y, r=radius, class_=class_)


def bar(x: float, y: float, width: float, height: float, class_: str, title: str) -> Markup:
    """Return a rectangle that says what it is when pointed at."""
    return element(
        "rect", element("title", title), x=x, y=y, width=width, height=height, class_=class_
    )


def polyline(points: Iterable[tuple[float, float]], class_: str) -> Markup:
    """Return a line through points."""
    written = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return element("polyline", points=written, class_=class_)


def x_axis(
    axis: Axis, y: float, ticks: Iterable[tuple[float, str]], title: str
) -> Iterable[Markup]:
    """Yield an axis below a plot."""
    yield line(axis.start, y, axis.end, y, "axis")
    for value, words in ticks:
        yield line(axis.at(value), y, axis.at(value), y + 4, "axis")
        yield text(axis.at(value), y + 16, words)
    yield text((axis.start + axis.end) / 2, y + 33, title, class_="label title")


def y_axis(
    axis: Axis, x: float, end: float, ticks: Iterable[tuple[float, str]]
) -> Iterable[Markup]:
    """Yield the labels of an axis left of a plot, with a faint line across for each."""
    for value, words in ticks:
        yield line(x, axis.at(value), end, axis.at(value), "grid")
        yield text(x - 6, axis.at(value) + 4, words, "end")
