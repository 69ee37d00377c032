"""The report's plots: figures → inline SVG."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from markupsafe import Markup

from bot.evaluation import report_svg as svg
from bot.evaluation.curves import CalibrationPoint, CurvePoint
from bot.evaluation.metric import MetricValue
from bot.evaluation.run import QuestionRecord
from bot.evaluation.table import FloatArray

_LEFT, _RIGHT, _TOP = 40.0, 340.0, 18.0
_BOTTOM, _HEIGHT = 190.0, 230.0
_SHARE_TICKS = [(share, f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
_SCORE_BINS = 24
_MS_BINS_PER_DECADE = 8
_MOST_POINTS = 300


def interval_bar(metric: MetricValue) -> Markup:
    """Draw a share from 0 to 1 and its interval on one line of the table."""
    axis = svg.Axis(0, 1, 4, 116)
    parts = [svg.line(4, 8, 116, 8, "grid"), *_interval(axis, metric, 8)]
    if metric.value is not None:
        parts.append(svg.element("circle", cx=axis.at(metric.value), cy=8, r=3.5, class_="dot"))
    content = Markup("").join(parts)
    return svg.element("svg", content, viewBox="0 0 120 16", class_="bar", aria_hidden="true")


def risk_coverage_plot(curve: Sequence[CurvePoint], decided: CurvePoint | None) -> Markup:
    """Draw the share of wrong answers against the share of questions answered.

    Args:
        curve: by rising coverage; at least one point.
        decided: what the bot decided.
    """
    points = _thinned(curve)
    highest = max(point.risk for point in points)
    top = next(top for top in (0.2, 0.4, 0.6, 0.8, 1) if highest <= top)
    x, y = _axes(1, top)
    parts = list(_share_frame(x, y, "questions answered, surest first"))
    parts.extend(svg.line(_LEFT, y.at(risk), _RIGHT, y.at(risk), "limit") for risk in (0.05, 0.1))
    parts.append(svg.text(_RIGHT, y.at(0.1) - 4, "5% and 10% wrong", "end", "label faint"))
    parts.append(svg.polyline(((x.at(p.coverage), y.at(p.risk)) for p in points), "curve"))
    label = f"All questions answered: {points[-1].risk:.0%} of the answers wrong."
    if decided is not None:
        words = f"{decided.coverage:.0%} answered: {decided.risk:.0%} of the answers wrong."
        label += f" At the bot's threshold, {words}"
        parts.append(svg.circle(x.at(decided.coverage), y.at(decided.risk), 5, "dot ringed", words))
    return svg.plot(_HEIGHT, label, parts)


def calibration_plot(bins: Sequence[CalibrationPoint]) -> Markup:
    """Draw how often answers of each probability are right; a good one follows the diagonal."""
    x, y = _axes(1, 1)
    parts = list(_share_frame(x, y, "probability that the bot gave"))
    parts.append(svg.line(x.start, y.start, x.end, y.end, "limit"))
    most = max((one.n for one in bins), default=1)
    said = []
    for one in bins:
        words = f"{one.confidence:.0%} probable: {one.accuracy:.0%} right (n {one.n})"
        radius = 2.5 + 6 * math.sqrt(one.n / most)
        said.append(words)
        parts.append(svg.circle(x.at(one.confidence), y.at(one.accuracy), radius, "bubble", words))
    return svg.plot(_HEIGHT, "; ".join(said), parts)


def score_plot(records: Sequence[QuestionRecord], threshold: float) -> Markup:
    """Draw the scores of questions that can be answered upwards, of the others downwards."""
    scored = [record for record in records if math.isfinite(record.score)]
    scores = [record.score for record in scored] + [threshold]
    edges = np.histogram_bin_edges(scores, _SCORE_BINS)
    answerable = _counts([record.score for record in scored if record.is_answerable], edges)
    others = _counts([record.score for record in scored if not record.is_answerable], edges)
    most = max(*answerable, *others, 1)
    x = svg.Axis(float(edges[0]), float(edges[-1]), _LEFT, _RIGHT)
    y = svg.Axis(-most, most, _BOTTOM, _TOP)
    parts = [svg.line(_LEFT, y.at(0), _RIGHT, y.at(0), "axis")]
    for sign, counts, class_ in ((1, answerable, "answerable"), (-1, others, "unanswerable")):
        parts.extend(_columns(x, y, edges, [sign * n for n in counts], class_))
    cut = x.at(threshold)
    parts.append(svg.line(cut, _TOP - 6, cut, _BOTTOM, "threshold"))
    anchor, offset = ("start", 5) if cut < (_LEFT + _RIGHT) / 2 else ("end", -5)
    parts.append(svg.text(cut + offset, _TOP + 2, f"threshold {threshold:g}", anchor))
    parts.append(svg.text(_LEFT - 6, y.at(most) + 8, str(most), "end"))
    parts.append(svg.text(_LEFT - 6, y.at(0) + 4, "0", "end"))
    parts.append(svg.text(_LEFT - 6, y.at(-most), str(most), "end"))
    parts.extend(svg.x_axis(x, _BOTTOM, _round_ticks(x.low, x.high), "score"))
    label = "Scores of the questions that the article answers, and of those that it does not."
    return svg.plot(_HEIGHT, label, parts)


def group_plot(groups: Mapping[str, MetricValue]) -> Markup:
    """Draw F1 with its interval and the number of questions, a line for each group."""
    x = svg.Axis(0, 1, 112, 272)
    bottom = 10.0 + 22 * len(groups)
    ticks = [(tick, f"{tick:g}") for tick in (0, 0.25, 0.5, 0.75, 1)]
    parts = [svg.line(x.at(tick), 4, x.at(tick), bottom, "grid") for tick, _ in ticks]
    parts.extend(svg.x_axis(x, bottom, ticks, "F1"))
    said = []
    for row, (name, metric) in enumerate(groups.items()):
        y = 16.0 + 22 * row
        value = "–" if metric.value is None else f"{metric.value:.2f}"
        said.append(f"{name} {value} (n {metric.n})")
        parts.append(svg.text(104, y + 4, _short(name), "end"))
        parts.extend(_interval(x, metric, y))
        if metric.value is not None:
            parts.append(svg.circle(x.at(metric.value), y, 4, "dot", said[-1]))
        parts.append(svg.text(312, y + 4, value, "end"))
        parts.append(svg.text(352, y + 4, f"{metric.n:,}", "end", "label faint"))
    return svg.plot(bottom + 40, f"F1 by group: {'; '.join(said)}", parts)


def latency_plot(records: Sequence[QuestionRecord]) -> Markup:
    """Draw how long retrieving and reading took, on one logarithmic axis."""
    parts_ms = {
        "retrieve": [max(record.retrieve_ms, 0.1) for record in records],
        "read": [max(record.read_ms, 0.1) for record in records],
    }
    everything = [ms for values in parts_ms.values() for ms in values] or [1.0]
    first = math.floor(math.log10(min(everything)))
    last = max(math.ceil(math.log10(max(everything))), first + 1)
    edges = np.logspace(first, last, (last - first) * _MS_BINS_PER_DECADE + 1)
    x = svg.Axis(10.0**first, 10.0**last, _LEFT, _RIGHT, logarithmic=True)
    parts: list[Markup] = []
    for (name, values), foot in zip(parts_ms.items(), (96.0, _BOTTOM), strict=True):
        parts.extend(_latency_row(name, values, edges, x, foot))
    ticks = [(10.0**power, f"{10.0**power:g}") for power in range(first, last + 1)]
    parts.extend(svg.x_axis(x, _BOTTOM, ticks, "milliseconds a question"))
    return svg.plot(_HEIGHT, "Time that retrieving and reading took.", parts)


def _latency_row(
    name: str, values: Sequence[float], edges: FloatArray, x: svg.Axis, foot: float
) -> Iterator[Markup]:
    counts = _counts(values, edges)
    y = svg.Axis(0, max(*counts, 1), foot, foot - 58)
    yield svg.line(_LEFT, foot, _RIGHT, foot, "axis")
    yield svg.text(_LEFT, foot - 66, name, "start", "label title")
    yield from _columns(x, y, edges, counts, name)
    if values:
        p50, p95 = np.percentile(values, [50, 95])
        words = f"median {p50:,.3g} ms, 95 % under {p95:,.3g} ms"
        yield svg.text(_RIGHT, foot - 66, words, "end", "label faint")
        yield svg.line(x.at(p50), foot - 58, x.at(p50), foot, "threshold")


def _interval(axis: svg.Axis, metric: MetricValue, y: float) -> Iterator[Markup]:
    if metric.low is not None and metric.high is not None:
        yield svg.line(axis.at(metric.low), y, axis.at(metric.high), y, "interval")


def _axes(highest_x: float, highest_y: float) -> tuple[svg.Axis, svg.Axis]:
    return svg.Axis(0, highest_x, _LEFT, _RIGHT), svg.Axis(0, highest_y, _BOTTOM, _TOP)


def _share_frame(x: svg.Axis, y: svg.Axis, title: str) -> Iterator[Markup]:
    ticks = [(y.high * part / 4, f"{y.high * part / 4:.0%}") for part in range(5)]
    yield from svg.y_axis(y, _LEFT, _RIGHT, ticks)
    yield from svg.x_axis(x, _BOTTOM, _SHARE_TICKS, title)


def _columns(
    x: svg.Axis, y: svg.Axis, edges: FloatArray, counts: Sequence[int], class_: str
) -> Iterator[Markup]:
    for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True):
        if count:
            top, foot = sorted((y.at(count), y.at(0)))
            left, width = x.at(low) + 0.5, max(x.at(high) - x.at(low) - 1, 1)
            words = f"{low:.3g} to {high:.3g}: {abs(count):,}"
            yield svg.bar(left, top, width, foot - top, class_, words)


def _round_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return three to eight round values between two."""
    step = 10.0 ** math.floor(math.log10((high - low) / 2))
    step *= next(factor for factor in (1, 2, 5) if (high - low) / (step * factor) <= 8)
    first, last = math.ceil(low / step), math.floor(high / step)
    return [(step * tick, f"{step * tick:g}") for tick in range(first, last + 1)]


def _counts(values: Sequence[float], edges: FloatArray) -> list[int]:
    return [int(count) for count in np.histogram(values, edges)[0]]


def _thinned(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Keep as many points as can be seen, and the last."""
    step = max(len(points) // _MOST_POINTS, 1)
    return [*points[::step], *points[-1:]]


def _short(name: str) -> str:
    return name if len(name) <= 16 else name[:15] + "…"
