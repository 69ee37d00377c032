"""`write_report`: `ReportData` → one HTML file that opens offline and asks nothing of the network.

Words of questions and articles are data. What stands in the page is escaped by Jinja; the list of
questions is a JSON block that the page's script puts in as text. A content security policy allows
this one script and this one style sheet, by their hashes, and nothing else.
"""

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.evaluation import report_plots as plots
from bot.evaluation.comparison import MetricComparison
from bot.evaluation.metric import METRICS, MetricValue
from bot.evaluation.report_data import ReportData
from bot.evaluation.report_questions import OUTCOME_NAMES, question_entries
from bot.evaluation.run import MODE_DESCRIPTIONS
from bot.evaluation.table import Family, Metric
from index.files import write_atomically

_UNITS = {"": "", "1/s": "/s"}
_MISSING = "–"

# Shown large above the table: does it find, does it answer, does it know when not to, how long.
_HEADLINE = ("f1", "exact", "span_recall@5", "noans_f1", "coverage@10%_wrong", "total_ms_p50")


@dataclass(frozen=True, slots=True)
class _Share:
    """How many questions came to an outcome."""

    outcome: str
    name: str
    n: int
    share: float


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the summary: what a figure means, and the figure."""

    metric: Metric
    value: MetricValue


def write_report(path: Path, data: ReportData) -> None:
    """Write the report, in place of one that is there.

    Args:
        path: of the HTML file; its directory exists.
        data: what to show.
    """
    write_atomically(path, render_report(data))


def render_report(data: ReportData) -> str:
    """Return the report as HTML."""
    environment = Environment(
        loader=PackageLoader("bot.evaluation"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters.update(
        figure=_figure,
        interval=_interval,
        signed=_signed,
        breakable=_breakable,
        interval_bar=plots.interval_bar,
    )
    entries, rows = question_entries(data), list(_rows(data))
    style, script = _source(environment, "report.css"), _source(environment, "report.js")
    return environment.get_template("report.html").render(
        data=data,
        run=data.run,
        mode=MODE_DESCRIPTIONS[data.run.mode],
        families=_by_family(rows),
        headline=[row for name in _HEADLINE for row in rows if row.metric.name == name],
        comparison=list(_comparison_rows(data)),
        outcomes=_shares(entries),
        plots=plots,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        questions=_json_block({"questions": entries, "outcomes": OUTCOME_NAMES}),
    )


def _rows(data: ReportData) -> Iterator[_Row]:
    """Yield the metrics that this run has a value for."""
    for name, metric in METRICS.items():
        value = data.figures.metrics.get(name)
        if value is not None and value.value is not None:
            yield _Row(metric, value)


def _by_family(rows: list[_Row]) -> list[tuple[Family, list[_Row]]]:
    families: tuple[Family, ...] = get_args(Family)
    members = (
        (family, [row for row in rows if row.metric.family == family]) for family in families
    )
    return [(family, its_rows) for family, its_rows in members if its_rows]


def _comparison_rows(data: ReportData) -> Iterator[tuple[Metric, MetricComparison]]:
    """Yield the differences that can be computed."""
    for name, compared in (data.comparison.metrics if data.comparison else {}).items():
        if compared.difference is not None:
            yield METRICS[name], compared


def _shares(entries: list[dict[str, Any]]) -> list[_Share]:
    counts = Counter(entry["outcome"] for entry in entries)
    return [
        _Share(outcome, name, counts[outcome], counts[outcome] / len(entries))
        for outcome, name in OUTCOME_NAMES.items()
        if counts[outcome]
    ]


def _figure(value: float, metric: Metric) -> str:
    """Write a share with three decimals, anything else with about three figures and its unit."""
    return _number(value, metric) + _UNITS.get(metric.unit, f" {metric.unit}")


def _interval(value: MetricValue | MetricComparison, metric: Metric) -> str:
    if value.low is None or value.high is None:
        return _MISSING
    if isinstance(value, MetricComparison):
        return f"{_signed(value.low, metric)} to {_signed(value.high, metric)}"
    return f"{_number(value.low, metric)}–{_number(value.high, metric)}"


def _signed(difference: float, metric: Metric) -> str:
    return ("−" if difference < 0 else "+") + _number(abs(difference), metric)


def _number(value: float, metric: Metric) -> str:
    if not metric.unit:
        return f"{value:.3f}"
    whole_digits = len(f"{abs(value):.0f}")
    return f"{value:,.{max(3 - whole_digits, 0)}f}"


def _breakable(name: str) -> Markup:
    """Let a narrow page break a metric's name at its joints."""
    return Markup("<wbr>").join(re.split(r"(?<=_)|(?=@)", name))


def _source(environment: Environment, name: str) -> Markup:
    """Return one of our own files, which is put into the page as it is."""
    loader = environment.loader
    assert loader is not None
    return Markup(loader.get_source(environment, name)[0])  # noqa: S704


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _json_block(value: object) -> Markup:
    """Return JSON that no HTML parser can see the end of a script in."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704
