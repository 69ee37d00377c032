import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerSpan
from bot.pipeline import QAPipeline
from bot.telegram_app.answer_record import Shown, answer_from, record_of, shown_in
from index.article import Article
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans
from tests.telegram_app.text.test_answer_message import answer_of, found_in

ARTICLE = article_of("Ann won gold. Bob won silver.")
ANSWER = answer_of(ARTICLE, "answered", found_in(ARTICLE, "Ann won gold.", "Ann"))


@pytest.mark.parametrize("verdict", ["fake", "sure", "values", "unsure"])
@pytest.mark.parametrize("question", ["Who wrote this?", "Zebra quartz?"])
def test_an_answer_comes_back_as_it_was(
    verdict: str, question: str, request: pytest.FixtureRequest
) -> None:
    pipeline: QAPipeline = request.getfixturevalue(f"{verdict}_pipeline")
    answer = pipeline.answer(question)

    assert answer_from(record_of(answer), pipeline.article) == answer


@given(articles(), st.data())
def test_any_answer_comes_back(article: Article, data: st.DataObject) -> None:
    found = [
        AnswerSpan(data.draw(spans(len(article.text))), data.draw(spans(len(article.text))), 1, 0.1)
        for _ in range(data.draw(st.integers(1, 3)))
    ]
    answer = answer_of(article, data.draw(st.sampled_from(["answered", "unsure"])), *found)

    assert answer_from(record_of(answer), article) == answer


def test_the_articles_words_are_not_in_it() -> None:
    assert "gold" not in record_of(ANSWER)


def test_another_article_has_no_such_answer() -> None:
    other = article_of("Ann won gold. Bob won bronze.")

    assert answer_from(record_of(ANSWER), other) is None


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(record_of(ANSWER)), **fields})


@pytest.mark.parametrize(
    "record",
    [
        "",
        "{}",
        "nonsense",
        changed(version=2),
        changed(verdict="perhaps"),
        changed(score="high"),
        changed(citations=[{"number": 1, "span": [0, 9999], "sentence": [0, 5], "paragraph": 1}]),
        changed(citations=[{"number": 1, "span": [5, 2], "sentence": [0, 5], "paragraph": 1}]),
        changed(citations=[{"number": 1, "span": [0, 2], "sentence": [-1, 5], "paragraph": 1}]),
        changed(
            passages=[
                {
                    "span": [0, 2],
                    "paragraph": 1,
                    "score": 1.0,
                    "sentences": [[0, 9999]],
                    "sentence_scores": [1.0],
                }
            ]
        ),  # fmt: skip
    ],
)
def test_a_damaged_record_gives_no_answer(record: str) -> None:
    assert answer_from(record, ARTICLE) is None


def test_fields_of_a_later_version_are_ignored() -> None:
    assert answer_from(changed(more="later"), ARTICLE) == ANSWER


def test_how_it_is_shown_comes_back() -> None:
    shown = Shown(names_asker=True, quoted=Span(3, 5))

    assert shown_in(record_of(ANSWER, shown)) == shown
    assert shown_in(record_of(ANSWER)) == Shown()
    assert shown_in("nonsense") == Shown()


def test_a_score_that_is_no_number_is_lost_with_its_answer() -> None:
    odd: Answer = replace(ANSWER, score=float("nan"))

    assert answer_from(record_of(odd), ARTICLE) is None
