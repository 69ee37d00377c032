"""Refusal figures by hand, and the curves against scikit-learn."""

import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from bot.evaluation.curves import (
    CalibrationPoint,
    CurvePoint,
    calibration_curve,
    operating_point,
    risk_coverage_curve,
)
from bot.evaluation.metric import METRICS, compute_metrics, run_table
from bot.evaluation.refusal_metrics import aupr, auroc
from bot.evaluation.run import QuestionRecord, Run
from bot.evaluation.table import Rows
from tests.evaluation.runs import make_record, make_run, random_run


def figures(run: Run) -> dict[str, float | None]:
    names = [name for name, metric in METRICS.items() if metric.family == "refusal"]
    return {k: v.value for k, v in compute_metrics(run, resamples=5, names=names).items()}


def right(id_: str, score: float) -> QuestionRecord:
    return make_record(id_, ("cat",), "cat", score)


def wrong(id_: str, score: float) -> QuestionRecord:
    return make_record(id_, ("cat",), "dog", score)


def unanswerable(id_: str, score: float) -> QuestionRecord:
    return make_record(id_, (), "dog", score)


def test_precision_and_recall_of_refusing_by_hand() -> None:
    run = make_run(
        [
            make_record("1", (), None, best="x"),  # rightly refused
            make_record("2", (), None, best="x"),  # rightly refused
            make_record("3", (), "dog"),  # not refused
            make_record("4", prediction=None, best="cat"),  # refused without need
            make_record("5"),
        ]
    )
    assert figures(run)["refusal_precision"] == 2 / 3
    assert figures(run)["refusal_recall"] == 2 / 3


def test_auroc_and_aupr_by_hand() -> None:
    # Falling: answerable .9, not .8, answerable .7, and a tie of one of each at .5.
    # Of the 3 · 2 pairs: .9 beats 2; .7 beats 1; .5 ties with 1, half: 3.5 of 6.
    # Precision at the answerable: 1/1, 2/3, and 3/5 at the tie's end; their mean.
    run = make_run(
        [right("1", 0.9), unanswerable("2", 0.8), right("3", 0.7), right("4", 0.5)]
        + [unanswerable("5", 0.5)]
    )
    assert figures(run)["auroc"] == pytest.approx(3.5 / 6)
    assert figures(run)["aupr"] == pytest.approx((1 + 2 / 3 + 3 / 5) / 3)


def test_risk_and_coverage_by_hand() -> None:
    # Answered:  1     2     3           4     5
    # Risk:      0/1   0/2   1/3         1/4   2/5
    run = make_run(
        [right("1", 0.9), right("2", 0.8), wrong("3", 0.7), right("4", 0.6)]
        + [unanswerable("5", 0.5)]
    )
    assert risk_coverage_curve(run) == (
        CurvePoint(1 / 5, 0),
        CurvePoint(2 / 5, 0),
        CurvePoint(3 / 5, 1 / 3),
        CurvePoint(4 / 5, 1 / 4),
        CurvePoint(1, 2 / 5),
    )
    found = figures(run)
    assert found["aurc"] == pytest.approx((0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5)
    assert found["coverage@5%_wrong"] == 2 / 5
    assert found["coverage@10%_wrong"] == 2 / 5


@pytest.mark.parametrize(
    ("quote", "is_right"),
    [
        ("black cat", True),
        ("black cat asleep", True),  # F1 exactly one half
        ("black cat fast asleep", False),
        ("dog", False),
    ],
)
def test_an_answer_is_right_if_it_shares_most_of_its_words(quote: str, is_right: bool) -> None:
    run = make_run([make_record(prediction=quote), make_record("2", prediction=None, best=quote)])

    assert figures(run)["aurc"] == (0 if is_right else 1)
    assert operating_point(run) == CurvePoint(1 / 2, 0 if is_right else 1)


def test_coverage_takes_the_largest_even_after_a_bad_stretch() -> None:
    # The first of 20 is wrong: the risk is 1, 1/2, … and exactly 5 % when all 20 are answered.
    records = [wrong("0", 2.0), *(right(str(i), 1 - i / 100) for i in range(1, 20))]
    found = figures(make_run(records))
    assert found["coverage@5%_wrong"] == 1
    assert figures(make_run(records[:19]))["coverage@5%_wrong"] == 0
    assert figures(make_run(records[:10]))["coverage@10%_wrong"] == 1


def test_equal_scores_are_answered_together() -> None:
    # One tie of a right and a wrong answer: half of it has risk 1/2, all of it too.
    run = make_run([right("1", 0.5), wrong("2", 0.5)])
    assert risk_coverage_curve(run) == (CurvePoint(1, 1 / 2),)
    assert figures(run)["aurc"] == 1 / 2
    assert figures(run)["coverage@10%_wrong"] == 0


def test_operating_point() -> None:
    run = make_run([right("1", 0.9), wrong("2", 0.8), make_record("3", ("cat",), None, 0.1, "cat")])
    assert operating_point(run) == CurvePoint(2 / 3, 1 / 2)
    assert operating_point(make_run([make_record(prediction=None, best="cat")])) is None


def test_calibration_error_by_hand() -> None:
    # Bin [.9, 1]: 0.9 and 1.0, both right: mean .95 against 1; bin [.2, .3): .2, wrong.
    # (2 · |.95 − 1| + 1 · |.2 − 0|) / 3 = .1
    records = [right("1", 0.9), right("2", 1.0), wrong("3", 0.25)]
    run = make_run(records, score_is_probability=True)
    assert figures(run)["calibration_error"] == pytest.approx((2 * 0.05 + 0.25) / 3)
    assert calibration_curve(run) == (
        CalibrationPoint(0.25, 0.0, 1),
        CalibrationPoint(pytest.approx(0.95), 1.0, 2),
    )


def test_a_score_that_is_no_probability_is_not_judged_as_one() -> None:
    run = make_run([right("1", 0.9)])
    assert figures(run)["calibration_error"] is None
    assert calibration_curve(run) is None


def test_a_failed_question_ranks_last() -> None:
    failed = make_record("1", ("cat",), None, 9.0, "cat", error="It failed.")
    run = make_run([failed, unanswerable("2", 0.1)])
    assert figures(run)["auroc"] == 0


@pytest.mark.parametrize("records", [[right("1", 0.5)], [unanswerable("1", 0.5)]])
def test_one_kind_alone_cannot_be_told_apart(records: list[QuestionRecord]) -> None:
    found = figures(make_run(records))
    assert found["auroc"] is None
    assert found["aupr"] is None


@pytest.mark.parametrize("seed", range(4))
def test_curves_agree_with_scikit_learn_on_every_resample(seed: int) -> None:
    table = run_table(random_run(200, seed))
    drawn = np.random.default_rng(seed).integers(0, 200, (20, 200))
    rows = Rows(lambda name: table[name][drawn])
    labels, scores = table["answerable"][drawn], table["confidence"][drawn]
    pairs = list(zip(labels, scores, strict=True))
    assert auroc(rows) == pytest.approx([roc_auc_score(y, s) for y, s in pairs], rel=1e-12)
    assert aupr(rows) == pytest.approx([average_precision_score(y, s) for y, s in pairs], rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_area_is_the_mean_risk_where_no_scores_are_equal(seed: int) -> None:
    generator = np.random.default_rng(seed)
    kinds = generator.integers(0, 3, 50)
    scores = generator.permutation(50) / 50
    records = [
        (right, wrong, unanswerable)[kind](str(i), score)
        for i, (kind, score) in enumerate(zip(kinds.tolist(), scores.tolist(), strict=True))
    ]
    losses = (kinds != 0)[np.argsort(-scores)]
    expected = np.mean([losses[:k].mean() for k in range(1, 51)])
    assert figures(make_run(records))["aurc"] == pytest.approx(expected, rel=1e-12)
