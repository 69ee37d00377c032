import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer
from bot.pipeline import AnswerLimits, QAPipeline, clean_question
from bot.reader.sentence_reader import SentenceReader
from index.article import Article, article_from_bytes
from index.embedding import HashedWordsModel
from index.errors import ArticleError, QuestionError
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever


def pipeline_for(article: Article, min_score: float) -> QAPipeline:
    model = HashedWordsModel()
    index = build_index(article, model, IndexSettings())
    return QAPipeline(article, Retriever(index, model), SentenceReader(min_score), AnswerLimits())


def assert_checkable(answer: Answer) -> None:
    text = answer.article.text
    for citation in answer.citations:
        assert text[citation.start : citation.end] == citation.quote
        sentence_end = citation.sentence_start + len(citation.sentence)
        assert text[citation.sentence_start : sentence_end] == citation.sentence
        assert citation.sentence_start <= citation.start < citation.end <= sentence_end
    if answer.verdict == "answered":
        assert answer.text == answer.citations[0].quote
        assert answer.reason is None
    else:
        assert answer.text is None
        assert answer.citations == ()
        assert answer.reason


def test_an_answer_is_the_sentence_with_the_questions_words(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("What did Iraq capture in late January?")

    assert answer.verdict == "answered"
    assert answer.text == "Iraq captured east Mosul in late January."
    assert [citation.paragraph for citation in answer.citations] == [12]
    assert_checkable(answer)


def test_what_the_article_does_not_say_has_a_reason_and_a_nearest_sentence(
    fake_pipeline: QAPipeline,
) -> None:
    answer = fake_pipeline.answer("Zebra xylophone quartz?")

    assert answer.verdict == "not_in_article"
    assert answer.best_span is not None
    assert_checkable(answer)


@pytest.mark.parametrize(
    ("question", "quote", "line"),
    [
        ("Who wrote this?", "Melinda Barton", "Melinda Barton | 29 June, 2017, 09:06"),
        ("When was it published?", "29 June, 2017, 09:06", "Melinda Barton | 29 June, 2017, 09:06"),
        (
            "What is the headline?",
            "ISIS extremists losing more ground in Iraq's Mosul",
            "ISIS extremists losing more ground in Iraq's Mosul",
        ),
    ],
)
def test_the_header_answers_questions_about_the_article(
    fake_pipeline: QAPipeline, question: str, quote: str, line: str
) -> None:
    answer = fake_pipeline.answer(question)

    assert answer.text == quote
    assert [(c.paragraph, c.quote, c.sentence) for c in answer.citations] == [(0, quote, line)]
    assert_checkable(answer)


def test_a_header_that_does_not_say_leaves_the_question_to_the_body() -> None:
    article = article_from_bytes(
        b"The mill was built of stone. It was written about often.", "mill"
    )

    answer = pipeline_for(article, min_score=10).answer("Who wrote this?")

    assert answer.verdict == "not_in_article"
    assert answer.passages[0].passage.paragraph == 1


def test_no_more_passages_are_read_than_the_limit_says(fake_pipeline: QAPipeline) -> None:
    assert len(fake_pipeline.answer("How many militants were killed in Mosul?").passages) == 5


def test_times_add_up(fake_pipeline: QAPipeline) -> None:
    answer = fake_pipeline.answer("How many schools are there?")

    assert 0 < answer.retrieve_ms + answer.read_ms <= answer.elapsed_ms


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\u200b\ufeff"])
def test_an_empty_question_is_refused(fake_pipeline: QAPipeline, question: str) -> None:
    with pytest.raises(QuestionError, match="^The question is empty"):
        fake_pipeline.answer(question)


@pytest.mark.parametrize("question", ["?", "?!…", "😀"])
def test_a_question_without_a_word_is_refused(fake_pipeline: QAPipeline, question: str) -> None:
    with pytest.raises(QuestionError, match=f"^The question {re.escape(question)} has no word"):
        fake_pipeline.answer(question)


def test_a_long_question_is_refused_with_its_length(fake_pipeline: QAPipeline) -> None:
    with pytest.raises(QuestionError, match=r"100,000 characters.*limit is 1,000"):
        fake_pipeline.answer("x" * 100_000)


def test_a_question_that_is_no_text_is_refused(fake_pipeline: QAPipeline) -> None:
    with pytest.raises(QuestionError, match="not valid text"):
        fake_pipeline.answer("caf\udce9?")


def test_a_question_is_cleaned_as_articles_are() -> None:
    assert clean_question(" What\u00a0is\n the\u00ad job?\x00 ", 100) == "What is the job?"


@settings(max_examples=150)
@given(
    text=st.text(min_size=1, max_size=400),
    question=st.text(min_size=1, max_size=60),
    min_score=st.sampled_from([-1.0, 0.5]),
)
def test_every_answer_to_any_text_is_checkable(text: str, question: str, min_score: float) -> None:
    try:
        article = article_from_bytes(text.encode(), "nasty")
        answer = pipeline_for(article, min_score).answer(question)
    except (ArticleError, QuestionError):
        return
    assert_checkable(answer)
