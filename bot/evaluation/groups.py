"""Figures by group: by the set's tags and by the question word."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from bot.evaluation.metric import MetricValue, compute_metrics
from bot.evaluation.run import QuestionRecord, Run

# In the order in which they are shown.
QUESTION_WORDS = ("who", "when", "where", "how_many", "how", "why", "what", "which", "other")

_QUESTION_WORD = re.compile(
    r"\b(?:(who(?:m|se|s)?)|(when)|(where)|(how (?:many|much))|(how)|(why)|(whats?)|(which))\b"
)

# What the groups of the pattern above stand for.
_GROUPS = dict(enumerate(QUESTION_WORDS, start=1))

GROUPED_METRICS = ("f1", "exact")


def question_word(question: str) -> str:
    """Return the group that a question's first question word puts it in.

    The first of the words wins, wherever it stands: "In which year, and why?" is "which". "whom",
    "whose" and "whos" count as "who", "whats" as "what", "how much" as "how_many"; the case does
    not matter. Without any of the words it is "other".
    """
    words = " ".join(question.lower().split())
    match = _QUESTION_WORD.search(words)
    return "other" if match is None or match.lastindex is None else _GROUPS[match.lastindex]


def metrics_by_tag(
    run: Run, *, resamples: int = 1_000, seed: int = 0, names: Collection[str] = GROUPED_METRICS
) -> dict[str, dict[str, MetricValue]]:
    """Compute metrics over the questions of each tag, by tag, in alphabetical order.

    A question counts for each of its tags.
    """
    tags = sorted({tag for record in run.records for tag in record.tags})
    groups = {tag: [record for record in run.records if tag in record.tags] for tag in tags}
    return {
        tag: compute_metrics(_part(run, records), resamples=resamples, seed=seed, names=names)
        for tag, records in groups.items()
    }


def metrics_by_question_word(
    run: Run, *, resamples: int = 1_000, seed: int = 0, names: Collection[str] = GROUPED_METRICS
) -> dict[str, dict[str, MetricValue]]:
    """Compute metrics over the questions of each question word; words without any are left out."""
    words = [question_word(record.question) for record in run.records]
    groups = {
        word: [record for record, its in zip(run.records, words, strict=True) if its == word]
        for word in QUESTION_WORDS
    }
    return {
        word: compute_metrics(_part(run, records), resamples=resamples, seed=seed, names=names)
        for word, records in groups.items()
        if records
    }


def _part(run: Run, records: Sequence[QuestionRecord]) -> Run:
    return replace(run, records=tuple(records))
