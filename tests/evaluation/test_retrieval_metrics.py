"""Ranking figures by hand."""

from math import log2

import pytest

from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.retrieval_metrics import (
    ndcg,
    paragraph_gains,
    recall_at,
    reciprocal_rank,
    span_gains,
)
from bot.evaluation.run import QuestionRecord, Run
from tests.evaluation.runs import make_record, make_run, passage


def figures(run: Run) -> dict[str, float | None]:
    names = [name for name, metric in METRICS.items() if metric.family == "retrieval"]
    return {k: v.value for k, v in compute_metrics(run, resamples=5, names=names).items()}


def test_recall_and_reciprocal_rank_by_hand() -> None:
    gains = [False, False, True, False, True]
    assert [recall_at(gains, depth) for depth in (1, 2, 3, 10)] == [0, 0, 1, 1]
    assert reciprocal_rank(gains) == 1 / 3
    assert reciprocal_rank([False] * 10 + [True]) == 0
    assert reciprocal_rank([]) == 0


def test_ndcg_by_hand() -> None:
    # Right ones in places 1 and 3: 1/log2(2) + 1/log2(4) = 1.5; ideal, of 2: 1 + 1/log2(3).
    assert ndcg([True, False, True], 2) == pytest.approx(1.5 / (1 + 1 / log2(3)))
    # Place 2 of one right one: 1/log2(3) over 1.
    assert ndcg([False, True], 1) == pytest.approx(1 / log2(3))
    assert ndcg([True, True, False], 2) == 1
    assert ndcg([False] * 10 + [True], 1) == 0
    # More right ones than places: the ideal is full.
    assert ndcg([True] * 10, 20) == 1


def record_with_two_paragraphs() -> QuestionRecord:
    """Gold at [10, 15) in paragraph 1 and [60, 65) in paragraph 3."""
    return make_record(
        gold_spans=((10, 15), (60, 65)),
        gold_paragraphs=(1, 3),
        passages=(
            passage(0, 12, 1),  # cuts the span: not right, but of a gold paragraph
            passage(20, 40, 2),
            passage(55, 70, 3),  # right
            passage(8, 20, 1),  # right
        ),
    )


def test_a_passage_is_right_if_a_gold_span_lies_wholly_inside() -> None:
    assert span_gains(record_with_two_paragraphs()) == [False, False, True, True]


def test_evidence_counts_like_a_span() -> None:
    record = make_record(gold_spans=(), gold_evidence=((0, 50),), passages=(passage(0, 50, 1),))
    assert span_gains(record) == [True]


def test_paragraphs_are_ranked_by_their_best_passage() -> None:
    assert paragraph_gains(record_with_two_paragraphs()) == [True, False, True]


def test_figures_by_hand() -> None:
    run = make_run([record_with_two_paragraphs(), make_record("n", ())])
    found = figures(run)
    ideal = 1 + 1 / log2(3)
    assert found == pytest.approx(
        {
            "span_recall@1": 0,
            "span_recall@3": 1,
            "span_recall@5": 1,
            "span_recall@10": 1,
            "span_mrr@10": 1 / 3,
            # Places 3 and 4: 1/log2(4) + 1/log2(5).
            "span_ndcg@10": (1 / 2 + 1 / log2(5)) / ideal,
            "paragraph_recall@1": 1,
            "paragraph_recall@3": 1,
            "paragraph_recall@5": 1,
            "paragraph_recall@10": 1,
            "paragraph_mrr@10": 1,
            # Places 1 and 3 of the three paragraphs.
            "paragraph_ndcg@10": (1 + 1 / 2) / ideal,
        }
    )


def test_a_second_passage_of_a_paragraph_gains_nothing() -> None:
    record = make_record(
        gold_spans=((0, 5), (10, 15)), passages=(passage(0, 8, 1), passage(8, 20, 1))
    )
    assert figures(make_run([record]))["span_ndcg@10"] == 1


def test_what_cannot_be_judged_is_left_out() -> None:
    without_place = make_record("l", gold_spans=(), gold_paragraphs=())
    assert set(figures(make_run([without_place, make_record("n", ())])).values()) == {None}
    assert set(figures(make_run([make_record()], mode="gold_passage")).values()) == {None}


def test_a_failed_question_found_nothing() -> None:
    failed = make_record(prediction=None, passages=(), error="It failed.")
    assert set(figures(make_run([failed])).values()) == {0}
