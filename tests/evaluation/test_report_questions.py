import pytest

from bot.evaluation.report_data import QuestionScore
from bot.evaluation.report_questions import outcome, question_entries
from bot.evaluation.run import Place, RetrievedPassage
from tests.evaluation.reports import gather, sentence_record
from tests.evaluation.runs import make_record, make_run


@pytest.mark.parametrize(
    ("gold", "prediction", "f1", "exact", "error", "expected"),
    [
        (["cat"], "cat", 1, 1, None, "right"),
        (["cat"], "a dog and a cat", 0.5, 0, None, "partly"),
        (["cat"], "dog", 0, 0, None, "wrong_words"),
        (["cat"], None, 0, 0, None, "wrong_refusal"),
        ([], "cat", 0, 0, None, "should_have_refused"),
        ([], None, 1, 1, None, "right_refusal"),
        (["cat"], None, 0, 0, "Too long.", "error"),
        ([], None, 0, 0, "Too long.", "error"),
    ],
)
def test_outcomes(
    gold: list[str],
    prediction: str | None,
    f1: float,
    exact: float,
    error: str | None,
    expected: str,
) -> None:
    record = make_record(gold=gold, prediction=prediction, error=error)
    assert outcome(record, QuestionScore(f1, exact, "what")) == expected


GOLD, ANSWER, CLOSEST = 1, 2, 4


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("Say [<cat>] now.", [["Say ", 0], ["cat", GOLD + ANSWER], [" now.", 0]]),
        ("👩‍👩‍👧 [cat] or <dog>", [["👩‍👩‍👧 ", 0], ["cat", GOLD], [" or ", 0], ["dog", ANSWER]]),
        ("<the [black> cat]", [["the ", ANSWER], ["black", GOLD + ANSWER], [" cat", GOLD]]),
        ("[a <b> c]", [["a ", GOLD], ["b", GOLD + ANSWER], [" c", GOLD]]),
    ],
)
def test_gold_and_answer_are_marked_by_their_offsets(
    sentence: str, pieces: list[list[str | int]]
) -> None:
    (entry,) = question_entries(gather(make_run([sentence_record("q", sentence)])))
    assert entry["quotes"] == [{"paragraph": 4, "pieces": pieces}]


def test_an_answer_from_another_sentence_shows_both() -> None:
    answer = Place("dog", 504, 507, 9, "The dog.", 500)
    record = sentence_record("q", "A [cat].", best_span=answer, citations=(answer,))
    (entry,) = question_entries(gather(make_run([record])))
    assert entry["quotes"] == [
        {"paragraph": 4, "pieces": [["A ", 0], ["cat", GOLD], [".", 0]]},
        {"paragraph": 9, "pieces": [["The ", 0], ["dog", ANSWER], [".", 0]]},
    ]


def test_the_same_words_elsewhere_are_another_sentence() -> None:
    answer = Place("cat", 902, 905, 7, "A cat.", 900)
    record = sentence_record("q", "A [cat].", best_span=answer, citations=(answer,))
    (entry,) = question_entries(gather(make_run([record])))
    assert [quote["paragraph"] for quote in entry["quotes"]] == [4, 7]
    assert entry["quotes"][1]["pieces"] == [["A ", 0], ["cat", ANSWER], [".", 0]]


def test_the_closest_words_of_a_refusal_are_not_marked_as_an_answer() -> None:
    record = sentence_record("q", "A [<cat>].", prediction=None, citations=())
    (entry,) = question_entries(gather(make_run([record])))
    assert entry["quotes"][0]["pieces"][1] == ["cat", GOLD + CLOSEST]
    assert entry["answer"] is None


def test_gold_is_marked_without_evidence() -> None:
    record = sentence_record("q", "A [cat] or <dog>.", gold_evidence=())
    (entry,) = question_entries(gather(make_run([record])))
    assert entry["quotes"][0]["pieces"][1] == ["cat", GOLD]


def test_a_question_says_how_far_up_the_right_paragraph_was() -> None:
    passages = tuple(RetrievedPassage(number, 0, 9, 0.5) for number in (7, 4, 4))
    found = sentence_record("found", "A [<cat>].", passages=passages)
    missed = sentence_record("missed", "A [<cat>].", passages=passages[:1])
    unanswerable = make_record("none", gold=(), prediction=None)
    entries = question_entries(gather(make_run([found, missed, unanswerable])))
    assert [(e.get("rank"), e.get("depth")) for e in entries] == [(2, 3), (None, 1), (None, None)]
    assert "rank" not in entries[2]
