"""`python -m bot.reader.calibrate`: fit what a reader's scores mean, on articles it never learnt.

Two rules come out. The first ranks candidates: a weighted sum of scores under which the softmax
over a question's candidates gives the right ones the highest probability (ListNet, Cao et al.
2007). The second turns what is known of a candidate into the probability that it is right: a
logistic regression (Platt 1999; Kamath et al. 2020). Thresholds come from predictions for questions
that the regression did not see: of each article it sees four fifths at a time, and questions about
the same paragraph stay together.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
import numpy.typing as npt

from bot.console import ConsoleReporter
from bot.evaluation.table import FloatArray
from bot.process import run_command
from bot.reader.calibration import (
    CALIBRATION_FILE,
    FEATURES,
    Calibration,
    FusionWeights,
    features_of,
    ranked,
)
from bot.reader.candidates import MIN_EVIDENCE
from bot.reader.errors import ReaderModelError
from bot.reader.opening import span_model
from bot.reader.pronouns import is_pronoun
from bot.reader.reader_files import find_reader
from bot.reader.several_values import several_values
from bot.reader.training.observations import Asking, Kind, Observation, observe
from index.files import write_atomically
from index.sentence_transformers_model import SentenceTransformersModel

_FUSED = tuple(FusionWeights.model_fields)
# How much each kind of question counts in all. Nobody knows how often people ask what an article
# does not say; here every third question is one, half of them written to look answerable.
_SHARES: dict[Kind, float] = {"answerable": 2 / 3, "unanswerable": 1 / 6, "mismatch": 1 / 6}
_FOLDS = 5
_BINS = 10
_FEWEST_ANSWERS = 0.05  # share of the questions that a threshold has to leave
_UNSURE = 0.5  # of the threshold of 10 % wrong


@click.command()
@click.option("--reader", required=True, help="Directory of the reader; gets calibration.json.")
@click.option("--data", type=click.Path(path_type=Path), multiple=True, required=True)
@click.option("--hold-out", multiple=True, required=True, help="Title of an article not learnt.")
@click.option("--top-k", type=click.IntRange(1), default=5, show_default=True)
def command(reader: str, data: tuple[Path, ...], hold_out: tuple[str, ...], top_k: int) -> int:
    """Fit the rules of a reader on held-out articles of SQuAD files."""
    reporter = ConsoleReporter()
    files = find_reader(reader)
    sha256 = files.weights_sha256()
    if files.directory is None or sha256 is None:
        raise ReaderModelError(f"There are no weights in {reader}. Name a reader's directory.")
    asking = Asking(span_model(reader), SentenceTransformersModel(), top_k)
    observations: list[Observation] = []
    with reporter.working("Reading"):
        for observation in observe(data, hold_out, asking):
            observations.append(observation)
            reporter.progress(len(observations), 0, "Reading")
    calibration = fit(observations, sha256)
    write_atomically(
        files.directory / CALIBRATION_FILE, calibration.model_dump_json(indent=1) + "\n"
    )
    return 0


def fit(observations: Sequence[Observation], sha256: str) -> Calibration:
    """Fit both rules.

    Args:
        observations: questions, answerable and unanswerable ones, article by article and in the
            order of their paragraphs.
        sha256: of the reader's weights.
    """
    fusion = fit_fusion(observations)
    rows, right, weights, folds = _rows(observations, fusion)
    coefficients, bias = _fit_logistic(rows, right, weights)
    unseen = np.zeros(len(rows))
    for fold in sorted(set(folds)):
        held = folds == fold
        part, part_bias = _fit_logistic(rows[~held], right[~held], weights[~held])
        unseen[held] = 1 / (1 + np.exp(-(rows[held] @ part + part_bias)))
    thresholds = risk_thresholds(unseen, right, weights)
    sure = min((p for wrong, p in thresholds if wrong <= 0.1), default=1.0)
    kinds = {kind: sum(one.kind == kind for one in observations) for kind in _SHARES}
    return Calibration(
        reader=sha256,
        fitted_on=", ".join(f"{count} {kind}" for kind, count in kinds.items()),
        fusion=fusion,
        weights={name: round(float(w), 5) for name, w in zip(FEATURES, coefficients, strict=True)},
        bias=round(float(bias), 5),
        unsure_from=round(sure * _UNSURE, 4),
        thresholds=tuple(thresholds),
        calibration_error=round(calibration_error(unseen, right, weights), 4),
    )


def fit_fusion(observations: Sequence[Observation]) -> FusionWeights:
    """Fit the ranking of candidates, on answerable questions for which a right one was found."""
    from scipy.optimize import minimize

    tables, targets = [], []
    for one in observations:
        right = np.array(one.right)
        if one.kind == "answerable" and right.any() and not right.all():
            tables.append(
                np.array(
                    [
                        (c.span_score, c.no_answer_score, c.passage.score, c.sentence_score)
                        for c in one.candidates
                    ]
                )
            )
            # The best of the right ones: of two that overlap, the one nearer to the gold answer.
            f1 = np.array(one.f1)
            targets.append(np.flatnonzero(f1 == f1.max()))

    def loss(weights: FloatArray) -> float:
        total = 0.0
        for table, target in zip(tables, targets, strict=True):
            scores = table @ weights
            scores = scores - scores.max()
            total += np.log(np.exp(scores).sum()) - np.log(np.exp(scores[target]).sum())
        return total / len(tables) + 1e-4 * float(np.dot(weights, weights))

    start = np.array([1.0, -0.5, 5.0, 2.0])
    found = minimize(loss, start, method="L-BFGS-B").x
    return FusionWeights(**{n: round(float(w), 4) for n, w in zip(_FUSED, found, strict=True)})


def _rows(
    observations: Sequence[Observation], fusion: FusionWeights
) -> tuple[FloatArray, FloatArray, FloatArray, npt.NDArray[np.int64]]:
    """Return the best candidates' features, whether right, each question's weight and its fold."""
    rows, right = [], []
    kinds: list[Kind] = []
    groups: list[tuple[str, Kind]] = []
    for one in observations:
        best = ranked(one.candidates, fusion)
        if not best or is_pronoun(best[0].text):
            continue
        values = several_values(one.question, best, from_evidence=MIN_EVIDENCE)
        f1 = dict(zip((c.span for c in one.candidates), one.right, strict=True))
        rows.append(features_of(one.question, best, fusion, values)[0])
        right.append(float(f1[best[0].span]))
        kinds.append(one.kind)
        groups.append((one.article, one.kind))
    counts = {kind: kinds.count(kind) for kind in _SHARES}
    weights = np.array([_SHARES[kind] / counts[kind] for kind in kinds])
    return np.array(rows), np.array(right), weights / weights.mean(), held_out_folds(groups)


def held_out_folds(groups: Sequence[tuple[str, Kind]]) -> npt.NDArray[np.int64]:
    """Return each question's fold, from 0: equal runs of an article's questions of one kind."""
    folds = np.zeros(len(groups), dtype=np.int64)
    for group in set(groups):
        places = np.array([place for place, other in enumerate(groups) if other == group])
        folds[places] = np.arange(len(places)) * _FOLDS // len(places)
    return folds


def _fit_logistic(
    rows: FloatArray, right: FloatArray, weights: FloatArray
) -> tuple[FloatArray, float]:
    """Fit a logistic regression, a little regularised, on features of equal spread."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0, max_iter=1000)
    model.fit((rows - mean) / spread, right, sample_weight=weights)
    coefficients = model.coef_[0] / spread
    return coefficients, float(model.intercept_[0] - np.dot(coefficients, mean))


def calibration_error(probability: FloatArray, right: FloatArray, weights: FloatArray) -> float:
    """Return the expected calibration error over ten bins (Naeini et al. 2015), in [0, 1]."""
    bins = np.minimum((probability * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, weights * (probability - right), _BINS)
    return float(np.abs(gaps).sum() / weights.sum())


def risk_thresholds(
    probability: FloatArray, right: FloatArray, weights: FloatArray
) -> list[tuple[float, float]]:
    """Return (share wrong, probability from which so few of the answers are wrong).

    For each whole percent that can be kept to, the lowest probability that does. Questions of the
    same probability, to four decimals, are answered or refused together.
    """
    probability = np.round(probability, 4)
    order = np.argsort(-probability, kind="stable")
    answered = np.cumsum(weights[order])
    wrong = np.cumsum((weights * (1 - right))[order]) / answered
    is_last = np.append(np.diff(probability[order]) != 0, True)
    enough = is_last & (answered >= _FEWEST_ANSWERS * answered[-1])
    found = []
    for percent in range(100, -1, -1):
        fits = np.flatnonzero(enough & (wrong <= percent / 100))
        if len(fits):
            found.append((percent / 100, float(probability[order][fits[-1]])))
    return found


if __name__ == "__main__":
    sys.exit(run_command(command, None, "python -m bot.reader.calibrate"))
