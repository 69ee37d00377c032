"""Grouping by question word and by tag."""

import pytest

from bot.evaluation.groups import metrics_by_question_word, metrics_by_tag, question_word
from tests.evaluation.runs import make_record, make_run


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who wrote this?", "who"),
        ("To whom was it sent?", "who"),
        ("Whose byline is this?", "who"),
        ("WHO'S THERE", "who"),
        ("whos the auther", "who"),
        ("When was it?", "when"),
        ("Where?", "where"),
        ("How many  people left?", "how_many"),
        ("how much territory?", "how_many"),
        ("How long did it last?", "how"),
        ("Why not?", "why"),
        ("What's that, and where?", "what"),
        ("whats teh name", "what"),
        ("In which year, and why?", "which"),
        ("title pls", "other"),
        ("Somewhere over the whole show", "other"),
        ("", "other"),
    ],
)
def test_first_question_word_wins(question: str, word: str) -> None:
    assert question_word(question) == word


def test_figures_by_question_word_in_order_and_without_empty_groups() -> None:
    run = make_run(
        [
            make_record("1", question="Why?"),
            make_record("2", question="Who?", prediction="dog"),
            make_record("3", question="Who?"),
        ]
    )
    found = metrics_by_question_word(run, resamples=10)
    assert [(word, group["f1"].value, group["f1"].n) for word, group in found.items()] == [
        ("who", 0.5, 2),
        ("why", 1.0, 1),
    ]


def test_a_question_counts_for_each_of_its_tags() -> None:
    run = make_run(
        [make_record("1", tags=("b", "a")), make_record("2", tags=("b",), prediction="dog")]
    )
    found = metrics_by_tag(run, resamples=10, names=["exact"])
    assert [(tag, group["exact"].value) for tag, group in found.items()] == [("a", 1), ("b", 0.5)]
