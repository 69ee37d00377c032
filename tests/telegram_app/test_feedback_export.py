import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import bot
from bot.answer import Answer, AnswerSpan
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import EvaluationError
from bot.pipeline import QAPipeline
from bot.telegram_app.feedback_export import (
    LABELLED,
    UNLABELLED,
    FeedbackExport,
    export_of,
    write_export,
)
from bot.telegram_app.store.records import Feedback, Rating
from index.article import Article, ReadLimits
from index.joined import join_articles
from index.library.article_json import article_id
from index.sources.reading import read_article
from index.spans import Span
from tests.telegram_app.small_world import NOW, kept_answer
from tests.telegram_app.text.articles import article_of
from tests.telegram_app.text.test_answer_message import answer_of, found_in

MILL = article_of("The mill grinds corn. The river drives it.")
SCHEMA = Path(bot.__file__).parent / "schemas" / "question.schema.json"


def judged(
    answer: Answer, rating: Rating | None, comment: str | None = None, answer_id: str = "a1"
) -> Feedback:
    kept = kept_answer(answer, answer_id=answer_id)
    return Feedback(kept, rating, comment, NOW + timedelta(minutes=1))


def exported(
    feedback: Sequence[Feedback], article: Article, directory: Path, *others: Article
) -> FeedbackExport:
    """Export what is about the default article, or about others that chats have."""
    known = {article_id(one): one for one in (article, *others)}
    return export_of(feedback, lambda _chat, _references: known, article, directory)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_good_answer_is_a_question_with_its_gold_answer(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    export = exported([judged(answer, "good", "Just so.")], default_article, tmp_path)

    assert export == FeedbackExport(
        labelled=(
            {
                "id": "feedback-a1",
                "question": "What did Iraq capture?",
                "answers": ["east Mosul"],
                "evidence": ["Iraq captured east Mosul in late January."],
                "tags": ["feedback"],
            },
        ),
        unlabelled=(),
        left_out=0,
        texts={},
    )


def test_a_bad_answer_is_no_gold_label(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    export = exported([judged(answer, "bad", "All of it.")], default_article, tmp_path)

    assert export.labelled == ()
    assert export.unlabelled == (
        {
            "id": "feedback-a1",
            "question": "What did Iraq capture?",
            "answers": None,
            "given": [
                {
                    "rating": "bad",
                    "comment": "All of it.",
                    "verdict": "answered",
                    "score": 0.9313,
                    "answers": ["east Mosul"],
                    "evidence": ["Iraq captured east Mosul in late January."],
                }
            ],
            "tags": ["feedback"],
        },
    )


def test_several_values_are_values(
    values_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = values_pipeline.answer("How long did the battle last?")
    (line,) = exported([judged(answer, "good")], default_article, tmp_path).labelled

    assert line["answers"] == ["eight months", "nine months"]
    assert line["values"] == [["eight months"], ["nine months"]]


def test_a_refusal_that_was_found_good_is_a_question_without_answer(
    fake_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = fake_pipeline.answer("Zebra quartz?")
    (line,) = exported([judged(answer, "good")], default_article, tmp_path).labelled

    assert (answer.verdict, line["answers"], line["evidence"]) == ("not_in_article", [], [])


@pytest.mark.parametrize(
    "ratings", [("good", "bad"), ("bad", "good"), ("good", None), (None,), ("bad",)]
)
def test_what_is_not_agreed_on_is_for_a_person(
    ratings: tuple[Rating | None, ...],
    sure_pipeline: QAPipeline,
    default_article: Article,
    tmp_path: Path,
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    feedback = [judged(answer, rating, "Hm.", f"a{n}") for n, rating in enumerate(ratings)]
    export = exported(feedback, default_article, tmp_path)

    assert export.labelled == ()
    (line,) = export.unlabelled
    assert [given["rating"] for given in line["given"]] == list(ratings)


def test_an_answer_that_may_be_wrong_is_for_a_person_even_if_it_was_liked(
    unsure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = unsure_pipeline.answer("What did Iraq capture?")
    export = exported([judged(answer, "good")], default_article, tmp_path)

    assert (len(export.labelled), len(export.unlabelled)) == (0, 1)


def test_two_answers_to_a_question_that_were_both_liked_are_for_a_person(
    default_article: Article, tmp_path: Path
) -> None:
    sentence = "Iraq captured east Mosul in late January."
    feedback = [
        judged(
            answer_of(default_article, "answered", found_in(default_article, sentence, words)),
            "good",
            answer_id=words.replace(" ", ""),
        )
        for words in ("east Mosul", "late January")
    ]
    export = exported(feedback, default_article, tmp_path)

    assert (len(export.labelled), len(export.unlabelled)) == (0, 1)


def test_a_question_that_was_asked_twice_is_one_line(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    feedback = [
        judged(sure_pipeline.answer(question), "good", answer_id=answer_id)
        for question, answer_id in (("Who fell?", "a1"), ("who fell?", "a2"), ("Where?", "a3"))
    ]
    export = exported(feedback, default_article, tmp_path)

    assert [line["id"] for line in export.labelled] == ["feedback-a2", "feedback-a3"]


def test_answers_about_another_article_are_counted(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    gone = answer_of(MILL, "answered", found_in(MILL, "The mill grinds corn.", "corn"))
    feedback = [judged(gone, "good"), judged(gone, "bad"), judged(answer, "good", None, "a2")]
    export = exported(feedback, default_article, tmp_path)

    assert (len(export.labelled), export.unlabelled, export.left_out) == (1, (), 1)


def test_an_article_of_a_chat_is_written_beside_and_named(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    sure = sure_pipeline.answer("What does it do?")
    own = answer_of(MILL, "answered", found_in(MILL, "The mill grinds corn.", "corn"))
    own = replace(own, question="What does it do?")
    feedback = [judged(sure, "good"), judged(own, "good", None, "a2")]
    export = exported(feedback, default_article, tmp_path, MILL)
    name = f"article-{article_id(MILL)}.txt"

    # The same question about another article is another question.
    assert [line.get("article") for line in export.labelled] == [None, name]
    write_export(export, tmp_path)
    questions = load_question_set(tmp_path / LABELLED, default_article, ReadLimits())
    assert questions.problems == ()
    assert questions.articles[name].text == MILL.text


def test_what_several_articles_were_asked_is_told_of_the_one_that_answers(
    default_article: Article, tmp_path: Path
) -> None:
    joined = join_articles([default_article, MILL], "all")
    start = joined.members[1].start
    spans = AnswerSpan(Span(start + 16, start + 20), Span(start, start + 21), 40, 1.0)
    one = answer_of(joined, "answered", spans)
    other = found_in(joined, "Iraq captured east Mosul in late January.", "east Mosul")
    feedback = [
        judged(one, "good"),
        judged(replace(one, citations=(), text=None, best_span=None), "good", None, "a2"),
        judged(answer_of(joined, "answered", spans, other), "good", None, "a3"),
    ]
    export = exported(feedback, default_article, tmp_path, MILL)

    assert [line["answers"] for line in export.labelled] == [["corn"]]
    assert export.left_out == 2


def test_the_question_set_loads_without_a_problem(
    sure_pipeline: QAPipeline,
    values_pipeline: QAPipeline,
    fake_pipeline: QAPipeline,
    default_article: Article,
    tmp_path: Path,
) -> None:
    answers = [
        sure_pipeline.answer("What did Iraq capture?"),
        values_pipeline.answer("How long did the battle last?"),
        fake_pipeline.answer("Who wrote this?"),
        fake_pipeline.answer("Zebra quartz?"),
    ]
    feedback = [judged(answer, "good", None, f"a{n}") for n, answer in enumerate(answers)]
    write_export(exported(feedback, default_article, tmp_path), tmp_path)

    questions = load_question_set(tmp_path / LABELLED, default_article, ReadLimits())

    assert questions.problems == ()
    assert [one.answers for one in questions.questions] == [
        ("east Mosul",),
        ("eight months", "nine months"),
        ("Melinda Barton",),
        (),
    ]
    assert [len(one.spans) for one in questions.questions] == [1, 2, 1, 0]
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for line in lines(tmp_path / LABELLED):
        jsonschema.validate(line, schema)


def test_an_article_of_ones_own_is_named_from_the_directory(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    path = tmp_path / "articles" / "own.txt"
    path.parent.mkdir()
    path.write_text("The mill grinds corn. The river drives it.", encoding="utf-8")
    article, directory = read_article(str(path)), tmp_path / "out" / "feedback"
    found = found_in(article, "The mill grinds corn.", "corn")
    feedback = [judged(answer_of(article, "answered", found), "good")]
    export = exported(feedback, article, directory)
    write_export(export, directory)

    questions = load_question_set(directory / LABELLED, default_article, ReadLimits())

    assert export.labelled[0]["article"] == "../../articles/own.txt"
    assert questions.problems == ()
    assert questions.articles["../../articles/own.txt"].text == article.text


def test_what_is_not_completed_is_refused_and_what_is_completed_loads(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    write_export(exported([judged(answer, "bad")], default_article, tmp_path), tmp_path)
    path = tmp_path / UNLABELLED
    (line,) = lines(path)

    with pytest.raises(EvaluationError, match='"given" is none of the fields'):
        load_question_set(path, default_article, ReadLimits())

    del line["given"]
    path.write_text(json.dumps(line), encoding="utf-8")
    with pytest.raises(EvaluationError, match='"answers" is null'):
        load_question_set(path, default_article, ReadLimits())

    line["answers"] = ["east Mosul"]
    path.write_text(json.dumps(line), encoding="utf-8")
    assert load_question_set(path, default_article, ReadLimits()).problems == ()


def test_only_files_with_a_line_are_written(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    answer = sure_pipeline.answer("What did Iraq capture?")
    good, bad = tmp_path / "good", tmp_path / "bad"

    exports = {good: judged(answer, "good"), bad: judged(answer, "bad")}
    for directory, feedback in exports.items():
        write_export(exported([feedback], default_article, directory), directory)

    assert [path.name for path in good.iterdir()] == [LABELLED]
    assert [path.name for path in bad.iterdir()] == [UNLABELLED]


@pytest.mark.parametrize("name", [LABELLED, UNLABELLED])
def test_what_somebody_may_have_completed_is_not_overwritten(
    name: str, sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    feedback = [judged(sure_pipeline.answer("What did Iraq capture?"), "good")]

    with pytest.raises(EvaluationError, match=f"{name} is there already. Name another directory"):
        write_export(exported(feedback, default_article, tmp_path), tmp_path)

    assert [path.read_text(encoding="utf-8") for path in tmp_path.glob("*.jsonl")] == ["mine"]


def test_a_directory_that_cannot_be_made_gets_one_sentence(
    sure_pipeline: QAPipeline, default_article: Article, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    feedback = [judged(sure_pipeline.answer("What did Iraq capture?"), "good")]

    with pytest.raises(EvaluationError, match=r"cannot be written: .+\. Name another directory\."):
        write_export(exported(feedback, default_article, file / "in"), file / "in")
