from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.question_set import EvaluationError
from bot.reader.training.sources import articles_of, read_source
from tests.reader.squad_sets import squad_set, write_set


def one_question(context: str, *answers: tuple[str, int], **others: Any) -> dict[str, Any]:  # noqa: ANN401
    texts = [{"text": text, "answer_start": start} for text, start in answers]
    qa = {"id": "1", "question": "Who?", "answers": texts, **others}
    paragraphs = [{"context": "First.", "qas": []}, {"context": context, "qas": [qa]}]
    return {"data": [{"title": "T", "paragraphs": paragraphs}]}


def answer_of(path: Path, content: dict[str, Any]) -> str | None:
    (asked,) = read_source(write_set(path / "set.json", content))["T"]
    span = asked.answer
    return None if span is None else asked.context.text[span.start : span.end]


def test_each_article_has_its_questions(tmp_path: Path) -> None:
    source = read_source(write_set(tmp_path / "set.json", squad_set(towns=("Arden", "Bexley"))))
    assert list(source) == ["Arden", "Bexley"]
    assert [len(of_one) for of_one in source.values()] == [18, 18]
    first, second, third = source["Bexley"][3:6]
    assert first.question == "When was the bakery of Bexley built?"
    assert first.answers == ("1802",)
    assert first.answer is not None
    assert first.context.text[first.answer.start : first.answer.end] == "1802"
    assert (third.answers, third.answer) == ((), None)
    assert first.context is second.context is third.context is first.neighbours[1]
    assert len(first.neighbours) == 6
    assert first.neighbours is source["Bexley"][0].neighbours


def test_sentences_are_spans_of_the_paragraph(tmp_path: Path) -> None:
    source = read_source(write_set(tmp_path / "set.json", squad_set(towns=("Arden",))))
    context = source["Arden"][4].context
    assert [context.text[span.start : span.end] for span in context.sentences] == [
        "The bakery of Arden stands in the old city.",
        "It was built in 1802 by the army.",
        "Lord Bakery took it in June.",
    ]


def test_the_answer_that_agrees_best_with_the_others_is_learnt(tmp_path: Path) -> None:
    text = "It was the old Lord Arden of Dover."
    answers = [("Arden", 20), ("Lord Arden", 15), ("the old Lord Arden of Dover", 7)]
    assert answer_of(tmp_path, one_question(text, *answers)) == "Lord Arden"
    assert answer_of(tmp_path, one_question(text, *[answers[0]] * 3, answers[2])) == "Arden"


def test_of_answers_that_agree_alike_the_shorter_is_learnt(tmp_path: Path) -> None:
    answers = [("the Arden", 7), ("Arden", 11)]
    assert answer_of(tmp_path, one_question("It was the Arden.", *answers)) == "Arden"


def test_an_answer_that_is_not_in_its_paragraph_is_not_learnt(tmp_path: Path) -> None:
    content = one_question("It was Arden.", ("Dover", 7))
    path = write_set(tmp_path / "set.json", content)
    assert read_source(path) == {"T": []}


def test_an_offset_is_of_the_published_paragraph(tmp_path: Path) -> None:
    text = "Arden\u200b fell.\u00a0 It was Arden again."
    content = one_question(text, ("Arden", text.rindex("Arden")))
    (asked,) = read_source(write_set(tmp_path / "set.json", content))["T"]
    assert asked.answer is not None
    assert asked.answer.start == asked.context.text.rindex("Arden")


def test_the_questions_of_some_articles(tmp_path: Path) -> None:
    source = read_source(write_set(tmp_path / "set.json", squad_set()))
    assert articles_of(source, ["Dover", "Nowhere", "Arden"]) == [
        *source["Dover"],
        *source["Arden"],
    ]
    assert articles_of(source, []) == []


def test_a_set_without_paragraphs_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "1", "question": "Who?", "answers": []}\n')
    with pytest.raises(EvaluationError, match="names no paragraph"):
        read_source(path)
