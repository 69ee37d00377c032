"""The default article's question set, asked with the shipped settings and the real models."""

from pathlib import Path

import pytest

from bot.answer import Answer
from bot.assembly import open_pipeline
from bot.evaluation.answer_metrics import RIGHT_F1, best_over_golds, token_f1
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import GoldQuestion
from bot.pipeline import QAPipeline
from bot.settings import load_settings
from index.article import ReadLimits, read_default_article
from index.errors import QuestionError
from index.reporter import Reporter

pytestmark = pytest.mark.model

QUESTIONS = load_question_set(
    Path(__file__).parent / "questions" / "default_article.jsonl",
    read_default_article(),
    ReadLimits(),
).questions

# A little under what was measured: 28 answered, 53 of 63 with the right words in front.
LEAST_ANSWERED, LEAST_RIGHT = 25, 0.8

Asked = list[tuple[GoldQuestion, Answer | None]]


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> QAPipeline:
    data_dir = tmp_path_factory.mktemp("data")
    settings = load_settings().model_copy(update={"data_dir": data_dir})
    return open_pipeline(settings, read_default_article(), Reporter())


@pytest.fixture(scope="module")
def asked(pipeline: QAPipeline) -> Asked:
    return [(question, _answered(pipeline, question.text)) for question in QUESTIONS]


def _answered(pipeline: QAPipeline, question: str) -> Answer | None:
    try:
        return pipeline.answer(question)
    except QuestionError:  # "?"
        return None


def is_right(question: GoldQuestion, answer: Answer | None) -> bool:
    """Whether the best words are right, be they told as an answer or only as the closest."""
    if answer is None or answer.best_span is None:
        return False
    words = answer.article.quote(answer.best_span.span)
    return best_over_golds(token_f1, words, question.answers) >= RIGHT_F1


def test_every_answer_is_right_and_nothing_unanswerable_is_answered(asked: Asked) -> None:
    answered = [
        (q, answer) for q, answer in asked if answer is not None and answer.text is not None
    ]
    assert [q.text for q, answer in answered if not is_right(q, answer)] == []
    assert len(answered) >= LEAST_ANSWERED


def test_the_best_words_are_mostly_right(asked: Asked) -> None:
    right = [is_right(question, answer) for question, answer in asked if question.answers]
    assert sum(right) / len(right) >= LEAST_RIGHT


def test_the_contradiction_is_shown(pipeline: QAPipeline) -> None:
    answer = pipeline.answer("How many months have they been fighting for Mosul?")
    assert [(c.paragraph, c.quote.split()[0]) for c in answer.citations] == [
        *((1, "eight"), (8, "nine"))
    ]


def test_what_only_looks_like_a_contradiction_is_not_shown(asked: Asked) -> None:
    several = {
        question.text: [citation.quote for citation in answer.citations]
        for question, answer in asked
        if answer is not None and len(answer.citations) > 1
    }
    meant = {question.text for question, _ in asked if "contradiction" in question.tags}
    assert set(several) - meant == set()


def test_a_salary_that_is_not_mentioned_is_improbable(pipeline: QAPipeline) -> None:
    answer = pipeline.answer("What is Lise Grande's salary?")
    assert answer.verdict == "not_in_article"
    assert answer.probability is not None
    assert answer.probability < 0.5


def test_a_quote_of_somebody_unnamed_names_nobody(pipeline: QAPipeline) -> None:
    answer = pipeline.answer("Who told Reuters that only a small part of the militants remains?")
    assert answer.verdict == "not_in_article"
    assert answer.reason == "It only says “he” there, and does not name it."
