from dataclasses import replace

import pytest

from bot.answer import Answer
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.sentence_reader import SentenceReader
from bot.telegram_app.suggestions import suggested_questions
from index.article import Article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.conftest import PreparedReader, found_in
from tests.telegram_app.text.articles import article_of


class Counting(QAPipeline):
    """Counts what it is asked."""

    asked: list[str]

    def answer(self, question: str, *, paragraph: int | None = None) -> Answer:
        self.asked.append(question)
        return super().answer(question, paragraph=paragraph)


def pipeline_on(article: Article, limits: AnswerLimits = AnswerLimits()) -> Counting:  # noqa: B008
    """Return a pipeline that answers with whole sentences."""
    model = HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    pipeline = Counting(article, retriever, SentenceReader(min_score=0.3), limits)
    pipeline.asked = []
    return pipeline


def test_three_questions_of_different_kinds(fake_pipeline: QAPipeline) -> None:
    assert suggested_questions(fake_pipeline) == (
        "Who wrote this?",
        "How many children have returned to school?",
        "Who is Lise Grande?",
    )


def test_each_is_answered(fake_pipeline: QAPipeline) -> None:
    verdicts = [fake_pipeline.answer(one).verdict for one in suggested_questions(fake_pipeline)]

    assert verdicts == ["answered"] * 3


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The old mill was built in 1871 by monks.", "When was the old mill built?"),
        ("Green Lane School was opened on 3 May 1931.", "When was Green Lane School opened?"),
        ("The trains were stopped on May 3, 1931.", "When were the trains stopped?"),
        ("It was said that Ann Lee, a retired physics teacher, left.", "Who is Ann Lee?"),
        ("But John Smith, the mayor, had left by then.", "Who is John Smith?"),
        ("At least 1,200 people were evacuated.", "How many people were evacuated?"),
        (
            "Some 30 women have moved to the town since.",
            "How many women have moved to the town?",
        ),
    ],
)
def test_a_sentence_suggests_what_it_answers(sentence: str, question: str) -> None:
    assert suggested_questions(pipeline_on(article_of(sentence))) == (question,)


@pytest.mark.parametrize(
    "sentence",
    [
        "It was built in 1871 by monks.",
        "Workers were brought in 1871 from far away.",
        "In 2016 officials were arrested in Mosul.",
        "Five shops, 5 shops are often closed.",
        "Some 30 men have visited the museum.",
        "He left New York, the city that never sleeps.",
        "Der Bürgermeister wurde 1871 gewählt.",
        "他在北京出生。我们都知道。",
    ],
)
def test_what_would_be_a_poor_question_is_not_suggested(sentence: str) -> None:
    assert suggested_questions(pipeline_on(article_of(sentence))) == ()


def test_a_question_that_another_sentence_answers_is_not_suggested() -> None:
    article = article_of("The mill was built in 1871.\n\nWhen was the mill built? Nobody knows.")
    sure = found_in(article, "Nobody", 0.9)
    pipeline = pipeline_on(article)
    pipeline._reader = PreparedReader(sure)

    assert (suggested_questions(pipeline), len(pipeline.asked)) == ((), 4)


def test_where_the_reader_is_unsure_only_header_lines_answer(unsure_pipeline: QAPipeline) -> None:
    assert suggested_questions(unsure_pipeline) == (
        "Who wrote this?",
        "When was this published?",
        "What is the headline?",
    )


def test_not_too_many_are_tried() -> None:
    sentences = [f"The {noun} mill was built in 1871." for noun in "abcdefghijklmnopqrstuvw"]
    pipeline = pipeline_on(article_of("\n\n".join(sentences)))
    pipeline._reader = PreparedReader()

    assert (suggested_questions(pipeline), len(pipeline.asked)) == ((), 12)


def test_a_question_that_is_longer_than_the_settings_allow_is_left_out() -> None:
    article = article_of("The old mill was built in 1871 by monks.")
    limits = replace(AnswerLimits(), max_question_length=20)

    assert suggested_questions(pipeline_on(article, limits)) == ()
