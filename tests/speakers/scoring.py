"""Scoring `Speakers` against `tests/questions/quotations.jsonl`."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.speakers.attribution import Speakers
from index.article import Article, article_from_bytes, read_default_article
from index.spans import Span

FOLDER = Path(__file__).parents[1] / "questions"
_HELD_OUT = '"held_out": true'


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was expected of a line, and what was given."""

    id: str
    form: str
    label: str
    given_label: str
    given_speaker: str | None
    is_right: bool
    is_role_right: bool
    is_evidence_right: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of lines.

    `labels` is the share of right ones among the labels but `not_named`, which claims the least;
    `names` the share of right ones among the names; `recall` the share of right ones among all
    lines.
    """

    count: int
    labels_given: int
    labels: float
    names_given: int
    names: float
    recall: float


def outcomes(*, held_out: bool) -> list[Outcome]:
    lines = (FOLDER / "quotations.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if (_HELD_OUT in line) == held_out]
    articles = {row["article"]: _article(row["article"]) for row in rows}
    speakers = {name: Speakers(article) for name, article in articles.items()}
    return [_outcome(row, articles[row["article"]], speakers[row["article"]]) for row in rows]


def figures(found: Iterable[Outcome]) -> Figures:
    rows = list(found)
    labels = [row.is_right for row in rows if row.given_label != "not_named"]
    names = [row.is_right for row in rows if row.given_label == "named"]
    return Figures(
        len(rows),
        len(labels),
        _share(labels),
        len(names),
        _share(names),
        _share([row.is_right for row in rows]),
    )


def _share(right: list[bool]) -> float:
    return sum(right) / len(right) if right else 1.0


def _article(name: str) -> Article:
    if name == "default":
        return read_default_article()
    return article_from_bytes((FOLDER / name).read_bytes(), name)


def _outcome(row: dict[str, Any], article: Article, speakers: Speakers) -> Outcome:
    start = -1
    for _ in range(row["occurrence"]):
        start = article.text.index(row["text"], start + 1)
    given = speakers.of(Span(start, start + len(row["text"])))
    name = article.quote(given.speaker) if given.speaker else None
    role = article.quote(given.role) if given.role else None
    evidence = article.quote(given.evidence) if given.evidence else None
    accepted = {None if n is None else n.casefold() for n in (row["speaker"], *row["also"])}
    return Outcome(
        row["id"],
        row["form"],
        row["label"],
        given.label,
        name,
        given.label == row["label"] and (name.casefold() if name else None) in accepted,
        role == row["role"],
        evidence == row["speaker_evidence"],
    )
