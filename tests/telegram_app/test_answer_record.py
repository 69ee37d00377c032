import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, AnswerSpan
from bot.pipeline import QAPipeline
from bot.telegram_app.answer_record import (
    Shown,
    answer_from,
    by_bytes,
    record_of,
    references_in,
    shown_in,
)
from index.article import Article
from index.joined import JoinedArticle, join_articles
from index.library.article_json import article_id
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans
from tests.telegram_app.text.test_answer_message import answer_of, found_in

ARTICLE = article_of("Ann won gold. Bob won silver.")
ANSWER = answer_of(ARTICLE, "answered", found_in(ARTICLE, "Ann won gold.", "Ann"))
# As the first version wrote it.
FIRST_VERSION = (
    '{"version":1,"article_sha256":"%s","question":"What?","verdict":"answered","reason":null,'
    '"score":1.0,"probability":null,"citations":[{"number":1,"span":[0,3],"sentence":[0,13],'
    '"paragraph":1}],"closest":null,"best_span":{"span":[0,3],"sentence":[0,13],"paragraph":1,'
    '"score":1.0},"passages":[],"times_ms":[0.0,0.0,0.0],"names_asker":false,"quoted":[3,5]}'
)


def known(*articles: Article) -> dict[str, Article]:
    return {article_id(article): article for article in articles}


def joined_answer(*articles: Article) -> Answer:
    """Return an answer that quotes the first sentence of each of several articles."""
    joined = join_articles(articles, "all")
    spans = [
        AnswerSpan(Span(one.start, one.start + 3), Span(one.start, one.start + 13), number, 1.0)
        for number, one in zip(_first_paragraphs(joined), joined.members, strict=True)
    ]
    return answer_of(joined, "answered", *spans)


def _first_paragraphs(joined: JoinedArticle) -> list[int]:
    return [member.paragraphs_before + 1 for member in joined.members]


@pytest.mark.parametrize("verdict", ["fake", "sure", "values", "unsure"])
@pytest.mark.parametrize("question", ["Who wrote this?", "Zebra quartz?"])
def test_an_answer_comes_back_as_it_was(
    verdict: str, question: str, request: pytest.FixtureRequest
) -> None:
    pipeline: QAPipeline = request.getfixturevalue(f"{verdict}_pipeline")
    answer = pipeline.answer(question)

    assert answer_from(record_of(answer), known(pipeline.article)) == answer


@given(articles(), st.data())
def test_any_answer_comes_back(article: Article, data: st.DataObject) -> None:
    found = [
        AnswerSpan(data.draw(spans(len(article.text))), data.draw(spans(len(article.text))), 1, 0.1)
        for _ in range(data.draw(st.integers(1, 3)))
    ]
    answer = answer_of(article, data.draw(st.sampled_from(["answered", "unsure"])), *found)

    assert answer_from(record_of(answer), known(article)) == answer


def test_the_articles_words_are_not_in_it() -> None:
    assert "gold" not in record_of(ANSWER)


def test_another_article_has_no_such_answer() -> None:
    other = article_of("Ann won gold. Bob won bronze.")

    assert answer_from(record_of(ANSWER), known(other)) is None


def changed(**fields: object) -> str:
    return json.dumps({**json.loads(record_of(ANSWER)), **fields})


@pytest.mark.parametrize(
    "record",
    [
        "",
        "{}",
        "nonsense",
        changed(version=3),
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
    assert answer_from(record, known(ARTICLE)) is None


def test_an_answer_of_the_first_version_is_about_the_bytes_that_were_read() -> None:
    record = FIRST_VERSION % ARTICLE.sha256
    answer = answer_from(record, {by_bytes(ARTICLE): ARTICLE})
    assert answer is not None
    assert answer.citations == ANSWER.citations
    assert references_in(record) == (by_bytes(ARTICLE),)
    assert shown_in(record).quoted == Span(3, 5)
    assert answer_from(record, known(ARTICLE)) is None


def test_an_answer_about_several_articles_comes_back() -> None:
    others = article_of("Bob won gold. He ran."), article_of("Eve won gold. She swam.")
    answer = joined_answer(ARTICLE, *others)
    record = record_of(answer)
    assert references_in(record) == tuple(map(article_id, (ARTICLE, *others)))
    again = answer_from(record, known(*others, ARTICLE))
    assert again is not None
    assert (again.citations, again.passages) == (answer.citations, answer.passages)
    assert [one.article for one in again.citations] == [ARTICLE, *others]
    assert (again.text, isinstance(again.article, JoinedArticle)) == ("Ann", True)


def test_what_was_only_retrieved_may_be_gone_and_what_was_quoted_may_not() -> None:
    other = article_of("Bob won gold. He ran.")
    answer = joined_answer(other, ARTICLE)
    answer = replace(answer, citations=answer.citations[1:], best_span=None)
    again = answer_from(record_of(answer), known(ARTICLE))
    assert again is not None
    assert [one.quote for one in again.citations] == ["Ann"]
    assert [one.passage.text for one in again.passages] == ["Ann won gold."]
    assert isinstance(again.article, JoinedArticle)
    assert answer_from(record_of(answer), known(other)) is None
    assert answer_from(record_of(answer), {}) is None


def test_fields_of_a_later_version_are_ignored() -> None:
    assert answer_from(changed(more="later"), known(ARTICLE)) == ANSWER


def test_how_it_is_shown_comes_back() -> None:
    shown = Shown(names_asker=True, quoted=Span(3, 5))

    assert shown_in(record_of(ANSWER, shown)) == shown
    assert shown_in(record_of(ANSWER)) == Shown()
    assert shown_in("nonsense") == Shown()


def test_a_score_that_is_no_number_is_lost_with_its_answer() -> None:
    odd: Answer = replace(ANSWER, score=float("nan"))

    assert answer_from(record_of(odd), known(ARTICLE)) is None
