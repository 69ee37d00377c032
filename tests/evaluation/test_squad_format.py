"""Reading SQuAD files exactly, and writing what the official script reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.decisions import confidence_ranks, is_answered
from bot.evaluation.question_set import EvaluationError, QuestionSetContent
from bot.evaluation.run import NA_PROB_THRESHOLD, QuestionRecord, Run
from bot.evaluation.squad_format import (
    na_probs,
    predictions,
    read_squad,
    write_squad_files,
)
from index.normalise import normalise
from index.spans import Span
from tests.evaluation.runs import make_record, make_run, random_run


def qa(
    id_: Any = "q1",  # noqa: ANN401
    *answers: tuple[str, int],
    **others: Any,  # noqa: ANN401
) -> dict[str, Any]:
    texts = [{"text": text, "answer_start": start} for text, start in answers]
    return {"question": "What?", "id": id_, "answers": texts, **others}


def entry(title: str, *paragraphs: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {"title": title, "paragraphs": [{"context": c, "qas": q} for c, q in paragraphs]}


def read(*entries: dict[str, Any]) -> QuestionSetContent:
    return read_squad({"version": "v2.0", "data": list(entries)}, "set.json")


def test_an_entry_is_one_article() -> None:
    found = read(entry("The_Cats", ("The cat sat.", [qa("1", ("cat", 4))]), ("It ran.", [])))
    article = found.articles["The_Cats"]
    assert article.text == "The cat sat.\n\nIt ran."
    assert [(p.number, p.start, p.end) for p in article.paragraphs] == [(1, 0, 12), (2, 14, 21)]
    assert (article.title, article.source) == ("The Cats", "set.json#The_Cats")
    assert article.header == ()
    assert found.questions[0].spans == (Span(4, 7),)
    assert found.questions[0].paragraphs == (1,)
    assert found.problems == []


def test_spans_of_later_paragraphs_are_offsets_of_the_article() -> None:
    found = read(entry("T", ("First.", []), ("The cat sat.", [qa("1", ("cat", 4), ("cat", 4))])))
    assert found.questions[0].spans == (Span(12, 15),)
    assert found.questions[0].answers == ("cat",)
    assert found.questions[0].paragraphs == (2,)


def test_spans_where_normalising_shifts_the_text() -> None:
    # White space at the ends goes, "e" + accent becomes one, zero-width and trailing spaces go.
    context = " \n\u200bA cat. Cafe\u0301 1, \r\n caf\u0065\u0301 2; a cat\u200b\u00a0ran.  "
    answers = [
        ("cat", context.index("cat")),
        ("cat", context.rindex("cat")),
        ("cafe\u0301 2", context.rindex("caf")),
        ("a cat\u200b\u00a0ran.  ", context.index("a cat\u200b")),
    ]
    found = read(entry("T", (context, [qa("1", *answers)])))
    article = found.articles["T"]
    assert article.text == normalise(context)
    spans = found.questions[0].spans
    assert [article.quote(span) for span in spans] == ["cat", "cat", "café 2", "a cat ran."]
    assert spans[0].start == article.text.index("cat")
    assert spans[1].start == article.text.rindex("cat")
    assert found.problems == []


@given(st.data())
def test_every_answer_of_every_text_is_found_at_its_own_occurrence(data: st.DataObject) -> None:
    # Words are numbered, so that each occurrence can be told from the others.
    gaps = st.sampled_from(
        [" ", "  ", "\u00a0", "\r\n", "\n\n\n\n", " \n", "\u200b ", "\t", "\u2028"]
    )
    words = st.sampled_from(["cat", "cafe\u0301", "\u200bdog\u00ad", "naïve", "👩\u200d👧"])
    parts = data.draw(st.lists(st.tuples(gaps, words), min_size=1, max_size=12))
    context, places = "", []
    for gap, word in parts:
        context += gap
        places.append((word, len(context)))
        context += word
    found = read(entry("T", (context, [qa(f"{i}", place) for i, place in enumerate(places)])))
    article = found.articles["T"]
    assert found.problems == []
    assert article.text == normalise(article.text)
    spans = [question.spans[0] for question in found.questions]
    assert [article.quote(span) for span in spans] == [normalise(word) for word, _ in places]
    assert spans == sorted(set(spans))


def test_an_answer_that_is_not_there_is_a_problem_and_has_no_span() -> None:
    found = read(entry("T", ("The cat sat.", [qa("1", ("dog", 4)), qa("2", ("cat", 0))])))
    assert [question.spans for question in found.questions] == [(), (Span(4, 7),)]
    assert found.problems == [
        'The answer "dog" to question 1 is not in its paragraph.',
        'The answer "cat" to question 2 does not start at 0 as the set says: '
        "its nearest occurrence is taken.",
    ]


def test_an_offset_far_outside_takes_the_last_occurrence() -> None:
    found = read(entry("T", ("cat cat", [qa("1", ("cat", 10**9))])))
    assert found.questions[0].spans == (Span(4, 7),)


def test_an_empty_paragraph_is_left_out_and_reported() -> None:
    found = read(entry("T", ("\u200b \n", [qa("1")]), ("The cat sat.", [qa("2", ("cat", 4))])))
    assert [question.id for question in found.questions] == ["2"]
    assert found.questions[0].paragraphs == (1,)
    assert found.problems == ["Paragraph 1 of T is empty: it and its questions (1) are left out."]


def test_an_article_without_text_is_left_out() -> None:
    assert read(entry("T", ("", [qa("1")])), entry("U")).articles == {}


def test_equal_titles_have_distinct_keys() -> None:
    found = read(*(entry("T", ("The cat.", [qa(str(i))])) for i in range(3)))
    assert list(found.articles) == ["T", "T (2)", "T (3)"]
    assert [article.title for article in found.articles.values()] == ["T", "T", "T"]
    assert [question.article for question in found.questions] == ["T", "T (2)", "T (3)"]
    assert found.articles["T (2)"].source == "set.json#T (2)"


def test_unanswerable_questions_keep_the_paragraph_that_they_were_written_for() -> None:
    found = read(entry("T", ("One.", []), ("Two.", [qa("1", is_impossible=True)])))
    assert not found.questions[0].is_answerable
    assert found.questions[0].paragraphs == (2,)
    assert found.problems == []


def test_a_contradiction_about_being_answerable_is_reported() -> None:
    found = read(entry("T", ("A cat.", [qa("1", ("cat", 2), is_impossible=True)])))
    assert found.questions[0].is_answerable
    assert "the answers are believed" in found.problems[0]


def test_numbers_as_ids_become_text() -> None:
    assert read(entry("T", ("A cat.", [qa(7)]))).questions[0].id == "7"


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ([], "set.json: this is a list, and an object is needed. Correct it."),
        ({}, 'set.json: "data" is missing. Correct it.'),
        ({"data": {}}, 'set.json: "data" is an object, and a list is needed. Correct it.'),
        ({"data": [3]}, "set.json, data[0]: this is a number, and an object is needed."),
        ({"data": [{"title": "T"}]}, 'set.json, data[0]: "paragraphs" is missing.'),
        (
            {"data": [entry("T", ("A.", [{"id": "1", "question": "?"}]))]},
            'set.json, data[0].paragraphs[0].qas[0]: "answers" is missing.',
        ),
        (
            {"data": [entry("T", ("A.", [qa(None)]))]},
            'set.json, data[0].paragraphs[0].qas[0]: "id" is null, and text is needed.',
        ),
        (
            {"data": [entry("T", ("A.", [qa("1", ("A", -1))]))]},
            'qas[0].answers[0]: "answer_start" is -1, and a number from 0 is needed.',
        ),
        (
            {"data": [entry("T", ("A.", [qa("1", ("A", True))]))]},
            '"answer_start" is true, and a number from 0 is needed.',
        ),
        (
            {"data": [entry("T", ("A \ud800.", []))]},
            '"context" is "A \\ud800.", which is not valid Unicode. Correct it.',
        ),
        (
            {"data": [entry("T", ("A.", [qa("x"), qa("x")]))]},
            'set.json: the id "x" belongs to two questions. Correct it.',
        ),
    ],
)
def test_a_malformed_set_is_refused(document: object, message: str) -> None:
    with pytest.raises(EvaluationError) as error:
        read_squad(document, "set.json")
    assert message in str(error.value)


def decisions(run: Run) -> list[bool]:
    return [is_answered(record) for record in run.records]


def test_predictions_hold_the_best_span_also_where_the_bot_refuses() -> None:
    run = make_run(
        [
            make_record("1"),
            make_record("2", prediction=None, best="dog"),
            make_record("3", prediction=None),
            make_record("4", error="It failed."),
        ]
    )
    assert predictions(run) == {"1": "cat", "2": "dog", "3": "", "4": ""}


def test_na_probs_by_hand() -> None:
    # Answered: 2 distinct scores, so 1/4 and 2/4. Others: .3, .1 and none: 1/2 + 1/6, 2/6, 3/6.
    run = make_run(
        [
            make_record("1", score=0.9),
            make_record("2", score=0.6),
            make_record("3", score=0.9),
            make_record("4", prediction=None, score=0.3, best="x"),
            make_record("5", prediction=None, score=0.1, best="x"),
            make_record("6", prediction=None, score=0.0),
            make_record("7", score=0.9, error="It failed."),
        ]
    )
    assert na_probs(run) == pytest.approx(
        {"1": 0.25, "2": 0.5, "3": 0.25, "4": 4 / 6, "5": 5 / 6, "6": 1, "7": 1}
    )


scores = st.one_of(
    st.floats(allow_nan=False),
    # As close to the threshold as numbers come, and ties.
    st.sampled_from([0.5, 0.5 - 2**-54, 0.5 + 2**-53, 0.0, 5e-324, 1e308, -1e308, 1.0]),
)


@given(st.lists(scores, min_size=1, max_size=30))
def test_na_probs_reproduce_every_decision_and_the_order_of_the_scores(values: list[float]) -> None:
    records: list[QuestionRecord] = [
        make_record(str(i), (), "x" if score >= 0.5 else None, score, "x")
        for i, score in enumerate(values)
    ]
    run = make_run(records)
    written = json.loads(json.dumps(na_probs(run)))
    found = [written[record.id] for record in records]
    assert all(0 <= value <= 1 for value in found)
    assert [value <= NA_PROB_THRESHOLD for value in found] == decisions(run)
    ranks = confidence_ranks(records)
    for i, one in enumerate(values):
        for j, other in enumerate(values):
            assert (found[i] < found[j]) == (one > other)
            assert (ranks[i] > ranks[j]) == (one > other)


def test_decisions_against_the_score_are_reproduced_too() -> None:
    # A header line answers with a score of 1, whatever the reader's threshold.
    run = make_run(
        [make_record("1", score=1.0), make_record("2", prediction=None, best="x", score=3.0)]
    )
    assert na_probs(run)["1"] <= NA_PROB_THRESHOLD < na_probs(run)["2"]


def test_files_are_written_whole_and_the_same_each_time(tmp_path: Path) -> None:
    run, directory = random_run(30, 1), tmp_path / "output"
    directory.mkdir()
    write_squad_files(run, directory)
    first = {path.name: path.read_bytes() for path in directory.iterdir()}
    write_squad_files(run, directory)
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == first
    assert {name: json.loads(content) for name, content in first.items()} == {
        "predictions.json": predictions(run),
        "na_prob.json": na_probs(run),
    }
