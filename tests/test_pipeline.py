import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answer, Citation
from bot.pipeline import AnswerLimits, QAPipeline, clean_question
from bot.reader.sentence_reader import SentenceReader
from index.article import Article, article_from_bytes
from index.embedding import HashedWordsModel
from index.errors import ArticleError, QuestionError
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.conftest import ANSWER_FROM, UNSURE_FROM, PreparedReader, found_in

QUESTION = "What did Iraq capture in late January?"


def pipeline_for(article: Article, min_score: float) -> QAPipeline:
    model = HashedWordsModel()
    index = build_index(article, model, IndexSettings())
    return QAPipeline(article, Retriever(index, model), SentenceReader(min_score), AnswerLimits())


def answer_of(
    reader: PreparedReader, article: Article, retriever: Retriever, question: str = QUESTION
) -> Answer:
    answer = QAPipeline(article, retriever, reader, AnswerLimits()).answer(question)
    assert_checkable(answer)
    return answer


def assert_checkable(answer: Answer) -> None:
    text = answer.article.text
    closest = (answer.closest,) if answer.closest is not None else ()
    for citation in (*answer.citations, *closest):
        assert text[citation.start : citation.end] == citation.quote
        sentence_end = citation.sentence_start + len(citation.sentence)
        assert text[citation.sentence_start : sentence_end] == citation.sentence
        assert citation.sentence_start <= citation.start < citation.end <= sentence_end
    assert [citation.number for citation in answer.citations] == [
        *range(1, len(answer.citations) + 1)
    ]
    starts = [citation.start for citation in answer.citations]
    assert starts == sorted(set(starts))
    assert (answer.closest is not None) == (answer.verdict == "unsure")
    if answer.verdict == "answered":
        assert answer.text in [citation.quote for citation in answer.citations]
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
    ("score", "verdict"),
    [
        (1.0, "answered"),
        (ANSWER_FROM, "answered"),
        (ANSWER_FROM - 1e-9, "unsure"),
        (UNSURE_FROM, "unsure"),
        (UNSURE_FROM - 1e-9, "not_in_article"),
        (0.0, "not_in_article"),
    ],
)
def test_the_readers_limits_decide(
    default_article: Article, fake_retriever: Retriever, score: float, verdict: str
) -> None:
    reader = PreparedReader(found_in(default_article, "east Mosul", score))

    answer = answer_of(reader, default_article, fake_retriever)

    assert answer.verdict == verdict
    assert answer.text == ("east Mosul" if verdict == "answered" else None)
    assert (answer.score, answer.probability) == (score, score)


def test_a_score_is_a_probability_only_of_a_calibrated_reader(
    default_article: Article, fake_retriever: Retriever
) -> None:
    best = found_in(default_article, "east Mosul", 7.5)

    answer = answer_of(PreparedReader(best, is_calibrated=False), default_article, fake_retriever)

    assert (answer.text, answer.score, answer.probability) == ("east Mosul", 7.5, None)


def test_what_is_too_unsure_is_the_closest_and_no_answer(unsure_pipeline: QAPipeline) -> None:
    answer = unsure_pipeline.answer(QUESTION)

    assert (answer.verdict, answer.probability) == ("unsure", 0.5)
    assert answer.best_span is not None
    assert answer.closest == Citation.of(answer.article, answer.best_span, 1)
    assert answer.closest.quote == "east Mosul"
    assert answer.closest.sentence == "Iraq captured east Mosul in late January."
    assert_checkable(answer)


def test_several_values_are_cited_in_the_articles_order(values_pipeline: QAPipeline) -> None:
    answer = values_pipeline.answer("How many months did the battle take?")

    assert [(c.number, c.paragraph, c.quote) for c in answer.citations] == [
        (1, 1, "eight months"),
        (2, 8, "nine months"),
    ]
    assert (answer.text, answer.score, answer.probability) == ("nine months", 0.9, 0.9)
    assert_checkable(answer)


def test_several_values_are_not_told_where_the_best_is_no_answer(
    default_article: Article, fake_retriever: Retriever
) -> None:
    found = [
        found_in(default_article, "nine months", 0.5),
        found_in(default_article, "eight months", 0.4),
    ]

    answer = answer_of(PreparedReader(*found, has_values=True), default_article, fake_retriever)

    assert (answer.verdict, answer.citations) == ("unsure", ())
    assert answer.closest is not None
    assert answer.closest.quote == "nine months"


def test_of_several_spans_that_are_no_values_the_best_is_quoted(
    default_article: Article, fake_retriever: Retriever
) -> None:
    found = [
        found_in(default_article, "nine months", 0.9),
        found_in(default_article, "eight months", 0.85),
    ]

    answer = answer_of(PreparedReader(*found), default_article, fake_retriever)

    assert [citation.quote for citation in answer.citations] == ["nine months"]


def test_where_only_a_pronoun_stands_that_is_the_reason(
    default_article: Article, fake_retriever: Retriever
) -> None:
    reader = PreparedReader(found_in(default_article, "he", 0.0))

    answer = answer_of(reader, default_article, fake_retriever, "Who told Reuters?")

    assert answer.verdict == "not_in_article"
    assert answer.reason == "It only says “he” there, and does not name it."


def test_where_nothing_was_found_that_is_the_reason(
    default_article: Article, fake_retriever: Retriever
) -> None:
    answer = answer_of(PreparedReader(), default_article, fake_retriever, "Zebra quartz?")

    assert (answer.verdict, answer.score, answer.probability) == ("not_in_article", 0.0, None)
    assert answer.best_span is None
    assert answer.reason == "There is no sentence in it to read."


NEVER_SAID = "What did Zebra capture in Mosul?"


@pytest.mark.parametrize(
    ("question", "score", "reason"),
    [
        (NEVER_SAID, 0.1, "It mentions “Mosul”, but never “Zebra”."),
        (
            QUESTION,
            0.1234,
            "Its closest words are right with a probability of 12%, and an answer needs 80%.",
        ),
        (
            NEVER_SAID,
            0.5,
            "Its closest words are right with a probability of 50%, and an answer needs 80%.",
        ),
        (
            QUESTION,
            0.7999,
            "Its closest words are right with a probability of 79%, and an answer needs 80%.",
        ),
    ],
)
def test_no_answer_has_a_reason(
    default_article: Article, fake_retriever: Retriever, question: str, score: float, reason: str
) -> None:
    reader = PreparedReader(found_in(default_article, "east Mosul", score))

    assert answer_of(reader, default_article, fake_retriever, question).reason == reason


@pytest.mark.parametrize(
    ("score", "told"), [(0.25, "0.25"), (0.7999, "0.79"), (-0.2, "-0.20"), (-5.4321, "-5.44")]
)
def test_a_score_that_is_no_probability_is_told_as_a_score(
    default_article: Article, fake_retriever: Retriever, score: float, told: str
) -> None:
    reader = PreparedReader(found_in(default_article, "east Mosul", score), is_calibrated=False)

    assert answer_of(reader, default_article, fake_retriever).reason == (
        f"Its nearest words score {told} against the question, and an answer needs 0.80."
    )


@pytest.mark.parametrize(("is_calibrated", "probability"), [(True, 1.0), (False, None)])
def test_what_the_header_states_is_certain_whatever_the_reader_finds(
    default_article: Article,
    fake_retriever: Retriever,
    is_calibrated: bool,
    probability: float | None,
) -> None:
    reader = PreparedReader(is_calibrated=is_calibrated)

    answer = answer_of(reader, default_article, fake_retriever, "Who wrote this?")

    assert (answer.text, answer.score) == ("Melinda Barton", 1.0)
    assert answer.probability == probability


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


def test_what_is_retrieved_beyond_that_is_not_read(
    default_article: Article, fake_retriever: Retriever
) -> None:
    reader = PreparedReader()
    limits = AnswerLimits(top_k=3, retrieved=10)

    answer = QAPipeline(default_article, fake_retriever, reader, limits).answer(QUESTION)

    assert len(answer.passages) == 10
    assert tuple(reader.passages) == answer.passages[:3]


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
