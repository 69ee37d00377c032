"""Exact match and token F1 as SQuAD defines them, and the best that a threshold could reach.

Sources: Rajpurkar et al. 2016, "SQuAD: 100,000+ Questions for Machine Comprehension of Text"
(exact match, F1), and Rajpurkar et al. 2018, "Know What You Don't Know: Unanswerable Questions for
SQuAD" (unanswerable questions, thresholds). Figures agree with the official script `evaluate-v2.0`
run on `predictions.json` and `na_prob.json`, which gives them as percentages.
"""

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from bot.evaluation.decisions import best_text, is_answered, na_probabilities
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.table import Estimator, FloatArray, Metric, Rows, Table, mean_of

Score = Callable[[str, str], float]

# From this token F1 on, an answer is more right than wrong: it shares most of its words with a gold
# answer. Where a quote begins and ends is a matter of taste ("980", "980 militants").
RIGHT_F1 = 0.5

_SQUAD_1 = "Rajpurkar et al. 2016"
_SQUAD_2 = "Rajpurkar et al. 2018"
_OURS = "this project"

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def normalise_answer(text: str) -> str:
    """Return an answer in the form in which SQuAD compares answers.

    Lower case, without ASCII punctuation, without the words "a", "an" and "the", single spaces; in
    this order, so that "a.n." becomes "an" and goes too.
    """
    words = _ARTICLE.sub(" ", text.lower().translate(_PUNCTUATION))
    return " ".join(words.split())


def exact_match(prediction: str, gold: str) -> float:
    """Return 1 if the two are the same once normalised, else 0."""
    return float(normalise_answer(prediction) == normalise_answer(gold))


def token_f1(prediction: str, gold: str) -> float:
    """Return the harmonic mean of precision and recall over the normalised words, as bags.

    In [0, 1], higher is better, symmetric. If either has no words, 1 if both have none, else 0.
    """
    predicted, expected = normalise_answer(prediction).split(), normalise_answer(gold).split()
    if not predicted or not expected:
        return float(predicted == expected)
    shared = (Counter(predicted) & Counter(expected)).total()
    if not shared:
        return 0.0
    precision, recall = shared / len(predicted), shared / len(expected)
    return 2 * precision * recall / (precision + recall)


def best_over_golds(score: Score, prediction: str, golds: Sequence[str]) -> float:
    """Return the highest score over the gold answers.

    Gold answers without a word do not count; where none is left, the right answer is "".
    """
    counted = [gold for gold in golds if normalise_answer(gold)] or [""]
    return max(score(prediction, gold) for gold in counted)


def raw_score(record: QuestionRecord, score: Score) -> float:
    """Return the score as if the bot never refused: that of its best span."""
    return best_over_golds(score, best_text(record), record.gold)


def decided_score(record: QuestionRecord, score: Score) -> float:
    """Return the score of what the bot decided: not answering is right where nothing answers."""
    return raw_score(record, score) if is_answered(record) else float(not record.is_answerable)


def answer_columns(run: Run) -> Table:
    """Return the columns that the answer metrics are computed from."""
    records = run.records
    has_answer = np.array([record.is_answerable for record in records], dtype=bool)
    columns = {
        "unanswerable": np.where(has_answer, 0.0, 1.0),
        "failed": np.array([float(record.error is not None) for record in records]),
    }
    for name, score in (("exact", exact_match), ("f1", token_f1)):
        decided = np.array([decided_score(record, score) for record in records])
        raw = np.array([raw_score(record, score) for record in records])
        columns[name] = decided
        columns[f"hasans_{name}"] = np.where(has_answer, decided, np.nan)
        columns[f"noans_{name}"] = np.where(has_answer, np.nan, decided)
        columns[f"hasans_raw_{name}"] = np.where(has_answer, raw, np.nan)
        columns[f"{name}_gain"] = _gains(records, raw)
    values = np.array([_values_scores(record) for record in records]).reshape(-1, 2)
    columns["values_precision"], columns["values_recall"] = values[:, 0], values[:, 1]
    return columns


def _gains(records: Sequence[QuestionRecord], raw: FloatArray) -> FloatArray:
    """What answering adds to the sum of scores, against refusing."""
    lost = np.array([-float(bool(best_text(record))) for record in records])
    return np.where([record.is_answerable for record in records], raw, lost)


def _values_scores(record: QuestionRecord) -> tuple[float, float]:
    """Precision and recall of the cited quotes over the values that the article gives."""
    if not record.values:
        return np.nan, np.nan
    quotes = [citation.text for citation in record.citations] if is_answered(record) else []
    found = [[_is_value(quote, value) for value in record.values] for quote in quotes]
    precision = sum(any(row) for row in found) / len(quotes) if quotes else np.nan
    recall = sum(any(column) for column in zip(*found, strict=True)) / len(record.values)
    return precision, recall


def _is_value(quote: str, alternatives: Sequence[str]) -> bool:
    return any(exact_match(quote, alternative) for alternative in alternatives)


def _best_of(name: str) -> Estimator:
    """Estimate the best mean score that one threshold for all questions reaches."""

    def estimate(rows: Rows) -> FloatArray:
        unanswerable = rows["unanswerable"]
        totals = rows.ranked_totals(f"{name}_gain", start=unanswerable.sum(axis=1))
        return np.asarray(totals.max(axis=1) / unanswerable.shape[1], dtype=np.float64)

    return estimate


@dataclass(frozen=True, slots=True)
class BestThreshold:
    """The threshold that would have given the best score, found in hindsight.

    Attributes:
        value: the best mean score, in [0, 1].
        na_prob: for the official script: refuse above it; 0 if refusing everything is best.
        score: answer from this score on; None if refusing everything is best.
    """

    value: float
    na_prob: float
    score: float | None


def best_threshold(run: Run, name: str = "f1") -> BestThreshold | None:
    """Find the best threshold as the official script does: the first that no other beats.

    Args:
        run: at least one question; None is returned without.
        name: "f1" or "exact".
    """
    if not run.records:
        return None
    na_probs = na_probabilities(run.records)
    order = np.argsort(np.array(na_probs), kind="stable")
    columns = answer_columns(run)
    refusing_all = columns["unanswerable"].sum()
    totals = np.cumsum([refusing_all, *columns[f"{name}_gain"][order]])
    place = int(np.argmax(totals))
    value = float(totals[place]) / len(na_probs)
    if place == 0:
        return BestThreshold(value, 0.0, None)
    index = int(order[place - 1])
    return BestThreshold(value, na_probs[index], run.records[index].score)


def _mean(name: str, definition: str, source: str) -> Metric:
    return Metric(name, "answer", "higher", "[0, 1]", definition, source, mean_of(name), name)


def _best(name: str, definition: str) -> Metric:
    estimate = _best_of(name)
    return Metric(f"best_{name}", "answer", "higher", "[0, 1]", definition, _SQUAD_2, estimate)


METRICS: tuple[Metric, ...] = (
    _mean("exact", "Share of questions answered with a gold answer, or rightly refused.", _SQUAD_1),
    _mean("f1", "Mean word overlap with the nearest gold answer; 1 if rightly refused.", _SQUAD_1),
    _mean("hasans_exact", "Exact match over the answerable; 0 where the bot refuses.", _SQUAD_2),
    _mean("hasans_f1", "Token F1 over the answerable; 0 where the bot refuses.", _SQUAD_2),
    _mean("noans_exact", "Exact match over the unanswerable: the share refused.", _SQUAD_2),
    _mean("noans_f1", "Token F1 over the unanswerable: the share refused.", _SQUAD_2),
    _mean("hasans_raw_exact", "Exact match over the answerable if the bot never refused.", _OURS),
    _mean("hasans_raw_f1", "Token F1 over the answerable if the bot never refused.", _OURS),
    _best("exact", "Exact match with the threshold that is best in hindsight."),
    _best("f1", "Token F1 with the threshold that is best in hindsight."),
    _mean("values_precision", "Share of an answer's quotes that are among several values.", _OURS),
    _mean("values_recall", "Share of an article's several values that the answer quotes.", _OURS),
    Metric(
        "error_rate",
        "answer",
        "lower",
        "[0, 1]",
        "Share of questions that failed with an error.",
        _OURS,
        mean_of("failed"),
        "failed",
    ),
)
