"""Citations by hand."""

import pytest

from bot.evaluation.citation_metrics import is_right_citation
from bot.evaluation.metric import METRICS, compute_metrics
from bot.evaluation.run import Run
from tests.evaluation.runs import make_record, make_run, place


def figures(run: Run) -> dict[str, float | None]:
    names = [name for name, metric in METRICS.items() if metric.family == "citation"]
    return {k: v.value for k, v in compute_metrics(run, resamples=5, names=names).items()}


@pytest.mark.parametrize(
    ("start", "text", "right"),
    [
        (100, "cat", True),
        (90, "the quick cat sat", True),  # longer than the gold answer
        (102, "tail", True),  # shares one code point
        (103, "tail", False),  # begins where the gold answer ends
        (97, "the", False),  # ends where it begins
    ],
)
def test_a_citation_is_right_if_it_overlaps_a_gold_span(start: int, text: str, right: bool) -> None:
    record = make_record(gold=("cat",))  # at [100, 103)
    assert is_right_citation(record, place(text, start)) == right


def test_a_citation_is_right_if_it_overlaps_the_evidence() -> None:
    record = make_record(gold_spans=(), gold_evidence=((0, 20),))
    assert is_right_citation(record, place("word", 10))


def test_figures_by_hand() -> None:
    elsewhere = place("cat", 300, paragraph=1)
    run = make_run(
        [
            # Two citations, one right, both of the right paragraph.
            make_record("1", citations=(place("cat"), elsewhere)),
            # Wrong place and wrong paragraph, and the quote is not the article's.
            make_record("2", citations=(place("cat", 300, paragraph=7),), verbatim=False),
            # Refused, so not found.
            make_record("3", prediction=None, best="cat"),
            # Nothing answers: the citation cannot be right.
            make_record("4", (), "dog"),
            # Rightly refused: in none of the figures.
            make_record("5", (), None),
        ]
    )
    assert figures(run) == {
        "quote_verbatim": 2 / 3,
        "citation_precision": 1 / 4,
        "citation_recall": 1 / 3,
        "citation_paragraph": 2 / 4,
    }


def test_where_the_gold_has_no_place_nothing_is_judged() -> None:
    run = make_run([make_record(gold_spans=(), gold_paragraphs=())])
    assert figures(run) == {
        "quote_verbatim": 1,
        "citation_precision": None,
        "citation_recall": None,
        "citation_paragraph": None,
    }


def test_without_answers_there_is_no_precision() -> None:
    found = figures(make_run([make_record(prediction=None, best="cat")]))
    assert found == {
        "quote_verbatim": None,
        "citation_precision": None,
        "citation_recall": 0,
        "citation_paragraph": None,
    }
