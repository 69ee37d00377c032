"""The figures of a run as a person reads them in the terminal, and as JSON."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from typing import Any, get_args

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from bot.evaluation.answer_metrics import BestThreshold, best_threshold
from bot.evaluation.metric import METRICS, MetricValue
from bot.evaluation.report_data import BaselineComparison
from bot.evaluation.run import MODE_DESCRIPTIONS, Run
from bot.evaluation.statistics import Verdict
from bot.render import counted

_STYLES: dict[Verdict, str] = {"better": "green", "worse": "red"}
_SHOWN = 10

Groups = Mapping[str, Mapping[str, MetricValue]]


def run_tables(
    run: Run, metrics: Mapping[str, MetricValue], by: Mapping[str, Groups]
) -> Iterator[RenderableType]:
    """Yield what a run was, its metrics by family with their intervals, and its groups.

    Args:
        run: what was found.
        metrics: of it; those without a value are left out.
        by: for each way of grouping the questions, the metrics of each group.
    """
    yield _head(run)
    shown = [METRICS[name] for name, value in metrics.items() if value.value is not None]
    for family, members in groupby(shown, key=lambda metric: metric.family):
        table = _grid()
        for metric in members:
            value = metrics[metric.name]
            count = "" if metric.estimate is None else f"n {value.n:,}"
            table.add_row(Text(metric.name), *_figure(value, metric.unit), Text(count, style="dim"))
        yield _titled(family, table)
        if family == "answer" and (best := best_threshold(run)) is not None:
            yield Text(_how_best(best, run.threshold), style="dim")
    for title, groups in by.items():
        if groups:
            yield _titled(f"f1 by {title}", _groups_table(groups))


def comparison_table(run: Run, comparison: BaselineComparison) -> RenderableType:
    """Return what differs from a baseline by verdict, and which questions changed."""
    tested = [item for item in comparison.metrics.items() if item[1].verdict is not None]
    most = max((difference.n for _, difference in tested), default=0)
    shared = f"{counted(most, 'question')} that both asked"
    parts: list[RenderableType] = [
        Text.assemble(("\nagainst ", "bold"), (comparison.baseline, "bold"), f", on {shared}")
    ]
    for verdict in get_args(Verdict):
        table = _grid()
        for name, difference in tested:
            if difference.verdict == verdict:
                unit = METRICS[name].unit
                numbers = (_number(value, unit) for value in (difference.before, difference.after))
                p_value = "" if difference.p_value is None else f"p {difference.p_value:.3f}"
                table.add_row(
                    Text(f"  {name}"),
                    Text(" → ".join(numbers)),
                    Text(unit),
                    Text(p_value, style="dim"),
                )
        if table.rows:
            parts += [Text(verdict, style=_STYLES.get(verdict, "dim")), table]
    if any(METRICS[name].unit == "ms" for name, _ in tested):
        parts.append(Text("Times also tell what else the machine was doing.", style="dim"))
    questions = {record.id: record.question for record in run.records}
    changed = comparison.changed
    parts.append(_changes("right → wrong", changed.right_to_wrong, questions, "red"))
    parts.append(_changes("wrong → right", changed.wrong_to_right, questions, "green"))
    return Group(*parts)


def run_to_json(
    run: Run, metrics: Mapping[str, MetricValue], comparison: BaselineComparison | None
) -> dict[str, Any]:
    """Return the figures of a run, and what differs from a baseline, as JSON."""
    best = best_threshold(run)
    content: dict[str, Any] = {
        "complete": run.complete,
        "questions": len(run.records),
        "metrics": {name: asdict(value) for name, value in metrics.items()},
        "threshold": run.threshold,
        "best_f1_threshold": None if best is None else asdict(best),
    }
    if comparison is not None:
        content["comparison"] = asdict(comparison)
    return content


def _head(run: Run) -> Text:
    head = Text()
    head.append(run.question_set["name"], style="bold")
    asked = f"{counted(len(run.records), 'question')} on {counted(len(run.articles), 'article')}"
    head.append(f": {asked}, {MODE_DESCRIPTIONS[run.mode]}.\n")
    if not run.complete:
        head.append("Interrupted: the figures are of what was asked.\n", style="yellow")
    failed = [record for record in run.records if record.error is not None]
    for record in failed[:_SHOWN]:
        head.append(f"{record.id} failed: {record.error}\n", style="yellow")
    if len(failed) > _SHOWN:
        head.append(f"… and {len(failed) - _SHOWN:,} more failed.\n", style="yellow")
    head.append("Each figure with its 95 % bootstrap interval and its number of questions.", "dim")
    return head


def _how_best(best: BestThreshold, threshold: float) -> str:
    if best.score is None:
        return "best_f1: by refusing every question."
    return f"best_f1: by answering from a score of {best.score:.3f}; here it was {threshold:.3f}."


def _groups_table(groups: Groups) -> Table:
    table = _grid()
    for name, metrics in groups.items():
        f1, exact = metrics["f1"], metrics["exact"]
        table.add_row(
            Text(name),
            *_figure(f1),
            Text(f"n {f1.n:,}", style="dim"),
            Text(f"exact {_number(exact.value)}"),
        )
    return table


def _titled(title: str, table: Table) -> RenderableType:
    return Group(Text(f"\n{title}", style="bold"), table)


def _grid() -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    return table


def _changes(title: str, ids: tuple[str, ...], questions: Mapping[str, str], style: str) -> Text:
    lines = Text(f"{title}: ")
    lines.append(f"{len(ids):,}", style=style if ids else "dim")
    for id_ in ids[:_SHOWN]:
        lines.append(f"\n  {id_}  {' '.join(questions[id_].split())}", style="dim")
    if len(ids) > _SHOWN:
        lines.append(f"\n  … and {len(ids) - _SHOWN:,} more", style="dim")
    return lines


def _figure(value: MetricValue, unit: str = "") -> tuple[Text, Text, Text]:
    """Return the cells of a value, its unit and its interval."""
    has_interval = value.low is not None and value.high is not None
    interval = f"{_number(value.low, unit)} to {_number(value.high, unit)}" if has_interval else ""
    return (
        Text(_number(value.value, unit), style="bold"),
        Text(unit),
        Text(interval, style="dim"),
    )


def _number(value: float | None, unit: str = "") -> str:
    if value is None:
        return "–"
    if not unit:
        return f"{value:.3f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
