"""Whether the quotes are the article's, and whether they are from where the answer stands.

Gao et al. 2023, "Enabling Large Language Models to Generate Text with Citations" (ALCE), ask a
language model whether a citation supports a statement. Here the answers are quotes and the gold
answers have places, so support is a matter of offsets: a citation is right if its quote and a gold
place, that is, a gold answer span or a sentence given as evidence, overlap by at least one code
point. A quote that is longer than the gold answer still supports it, as in ALCE; that it is too
long costs token F1. Overlap can be generous where the gold place is a whole sentence: exact words
are the answer metrics' business.
"""

import math
from collections.abc import Iterable

import numpy as np

from bot.evaluation.decisions import is_answered
from bot.evaluation.run import Place, QuestionRecord, Run
from bot.evaluation.table import Metric, Table, mean_of, ratio_of

_ALCE = "Gao et al. 2023 (ALCE), with exact places instead of entailment"
_OURS = "this project"


def is_right_citation(record: QuestionRecord, citation: Place) -> bool:
    """Return whether a quote and a gold span or evidence overlap by at least one code point."""
    gold = (*record.gold_spans, *record.gold_evidence)
    return any(citation.start < end and start < citation.end for start, end in gold)


def citation_columns(run: Run) -> Table:
    """Return the columns that the citation metrics are computed from."""
    records = run.records
    return {
        "quote_verbatim": _column(_verbatim(record) for record in records),
        "citations": _column(_cited(record) for record in records),
        "right_citations": _column(_right(record) for record in records),
        "right_paragraphs": _column(_right_paragraphs(record) for record in records),
        "citation_recall": _column(_recall(record) for record in records),
    }


def _column(values: Iterable[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.fromiter(values, dtype=np.float64)


def _verbatim(record: QuestionRecord) -> float:
    return float(record.verbatim) if is_answered(record) else math.nan


def _cited(record: QuestionRecord) -> float:
    """Number of citations; where the gold is nowhere in the article, none can be judged."""
    if not is_answered(record) or not record.citations or _is_lost(record):
        return math.nan
    return float(len(record.citations))


def _right(record: QuestionRecord) -> float:
    return float(sum(is_right_citation(record, citation) for citation in record.citations))


def _right_paragraphs(record: QuestionRecord) -> float:
    if not record.is_answerable:
        return 0.0
    return float(sum(place.paragraph in record.gold_paragraphs for place in record.citations))


def _recall(record: QuestionRecord) -> float:
    if not record.is_answerable or _is_lost(record):
        return math.nan
    return float(is_answered(record) and _right(record) > 0)


def _is_lost(record: QuestionRecord) -> bool:
    return record.is_answerable and not (record.gold_spans or record.gold_evidence)


METRICS: tuple[Metric, ...] = (
    Metric(
        "quote_verbatim",
        "citation",
        "higher",
        "[0, 1]",
        "Share of answers whose every quote is the article's text at its offsets; must be 1.",
        _OURS,
        mean_of("quote_verbatim"),
        "quote_verbatim",
    ),
    Metric(
        "citation_precision",
        "citation",
        "higher",
        "[0, 1]",
        "Share of citations that overlap a gold place; none can where nothing answers.",
        _ALCE,
        ratio_of("right_citations", "citations"),
        "citations",
    ),
    Metric(
        "citation_recall",
        "citation",
        "higher",
        "[0, 1]",
        "Share of answerable questions with a citation that overlaps a gold place.",
        _ALCE,
        mean_of("citation_recall"),
        "citation_recall",
    ),
    Metric(
        "citation_paragraph",
        "citation",
        "higher",
        "[0, 1]",
        "Share of citations from a gold paragraph; none is where nothing answers.",
        _OURS,
        ratio_of("right_paragraphs", "citations"),
        "citations",
    ),
)
