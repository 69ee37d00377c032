from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import AnswerSpan, Citation
from bot.places import Place
from index.article import Article, article_from_bytes
from index.embedding import HashedWordsModel
from index.errors import ArticleError
from index.joined import JoinedArticle, Member, join_articles, join_indexes, member_at, members_of
from index.lexical import terms
from index.paragraphs import Paragraph
from index.passage_index import IndexSettings, PassageIndex, build_index
from index.retriever import Retriever
from index.spans import Span
from tests.fake_models import CountingModel
from tests.library.articles import COAL, TEA
from tests.nasty_text import nasty_texts

SETTINGS = IndexSettings()
ONE = article_from_bytes(b"One line here.\n\nA second, longer line.\n\nA third one.", "one.txt")


def indexes_of(*articles: Article) -> list[PassageIndex]:
    return [build_index(article, HashedWordsModel(), SETTINGS) for article in articles]


def test_one_text_stands_behind_all() -> None:
    joined = join_articles((ONE, TEA), "all")

    assert joined.text == f"{ONE.text}\n\n{TEA.text}"
    assert [part.number for part in joined.paragraphs] == [1, 2, 3, 4]
    assert [joined.quote(Span(p.start, p.end)) for p in joined.paragraphs] == [
        *(ONE.quote(Span(p.start, p.end)) for p in ONE.paragraphs),
        TEA.text,
    ]
    assert (joined.header, joined.title, joined.source) == ((), None, "all")
    assert members_of(joined) == (ONE, TEA)
    assert members_of(ONE) == (ONE,)


def test_the_same_articles_in_another_order_are_another_whole() -> None:
    first, second = join_articles((ONE, TEA), "all"), join_articles((TEA, ONE), "all")

    assert first.sha256 != second.sha256
    assert first.sha256 == join_articles((ONE, TEA), "all").sha256


def test_every_offset_leads_to_its_member() -> None:
    joined = join_articles((ONE, TEA, COAL), "all")

    for member in joined.members:
        end = member.start + len(member.article.text)
        for offset in (member.start, end - 1):
            assert member_at(joined, offset) is member
            assert joined.text[offset] == member.article.text[offset - member.start]
    assert member_at(TEA, 5) == Member(TEA)


def test_the_joined_index_finds_what_one_index_of_the_text_would_find() -> None:
    joined = join_articles((ONE, TEA, COAL), "all")

    index = join_indexes(joined, indexes_of(ONE, TEA, COAL), SETTINGS)
    built = build_index(joined, HashedWordsModel(), SETTINGS)

    assert index.passages == built.passages
    for mine, other in (
        (index.passage_vectors, built.passage_vectors),
        (index.sentence_vectors, built.sentence_vectors),
    ):
        rows = np.arange(len(other))
        assert np.array_equal(mine.vectors(rows), other.vectors(rows))
    query = terms("Which mine closed in 1967?")
    assert np.array_equal(index.passage_terms.scores(query), built.passage_terms.scores(query))
    assert np.array_equal(index.sentence_terms.scores(query), built.sentence_terms.scores(query))


def test_a_word_is_as_rare_as_it_is_in_all_of_them() -> None:
    rooms = article_from_bytes(b"Rooms and rooms. Coal warms the rooms.", "rooms.txt")
    joined = join_articles((rooms, COAL), "all")
    (alone, _), index = (
        indexes_of(rooms, COAL),
        join_indexes(joined, indexes_of(rooms, COAL), SETTINGS),
    )

    query = terms("coal")

    assert index.passage_terms.scores(query)[0] != alone.passage_terms.scores(query)[0]


def test_nothing_is_embedded_again() -> None:
    model = CountingModel()
    indexes = [build_index(article, model, SETTINGS) for article in (TEA, COAL)]
    embedded = len(model.embedded)

    join_indexes(join_articles((TEA, COAL), "all"), indexes, SETTINGS)

    assert len(model.embedded) == embedded


def test_the_right_article_is_found() -> None:
    joined = join_articles((ONE, TEA, COAL), "all")
    index = join_indexes(joined, indexes_of(ONE, TEA, COAL), SETTINGS)

    best = Retriever(index, HashedWordsModel()).retrieve("Which mine gave coal?", 1)[0].passage

    assert member_at(joined, best.start).article is COAL


def test_a_citation_is_of_the_member_that_says_so() -> None:
    paged = replace(TEA, paragraphs=tuple(replace(part, page=7) for part in TEA.paragraphs))
    joined = join_articles((ONE, paged), "all")
    start = joined.text.index("nine rooms")
    sentence = joined.text.index("It has")
    found = AnswerSpan(Span(start, start + 10), Span(sentence, len(joined.text)), 4, 1.0)

    citation = Citation.of(joined, found, 1)

    assert (citation.article, citation.paragraph, citation.page) == (paged, 1, 7)
    assert paged.text[citation.start : citation.end] == citation.quote == "nine rooms"
    assert paged.text[citation.sentence_start :] == citation.sentence == "It has nine rooms."
    assert citation.spoken_place() == "page 7, paragraph 1"


def test_a_caption_is_called_one() -> None:
    text = "The house from the south. It is white.\n\nThe door of the house, in 1921."
    caption = text.index("The door")
    article = replace(
        article_from_bytes(text.encode(), "a.txt"),
        paragraphs=(
            Paragraph(1, 0, caption - 2),
            Paragraph(2, caption, len(text), "caption", 3),
        ),
    )

    place = Place.of(article, Span(caption, caption + 8), 2)

    assert place.spoken() == "page 3, paragraph 2 (caption)"
    assert Place.of(article, Span(0, 3), 1).spoken() == "paragraph 1"
    assert Place.of(article, Span(0, 3), 0).spoken() == "header"


@given(st.lists(nasty_texts(), min_size=1, max_size=4))
def test_quotes_are_the_members_own_words_whatever_they_are(texts: list[str]) -> None:
    articles = []
    for number, text in enumerate(texts):
        try:
            articles.append(article_from_bytes(text.encode(), f"{number}.txt"))
        except ArticleError:
            continue
    if not articles:
        return
    joined = join_articles(articles, "all")
    assert isinstance(joined, JoinedArticle)
    indexes = indexes_of(*articles)
    index = join_indexes(joined, indexes, SETTINGS)

    own = [(a, p) for a, one in zip(articles, indexes, strict=True) for p in one.passages]
    for (article, passage), joined_passage in zip(own, index.passages, strict=True):
        span = Span(joined_passage.start, joined_passage.end)
        place = Place.of(joined, span, joined_passage.paragraph)
        assert place.article is article
        assert (place.start, place.end, place.paragraph) == (
            passage.start,
            passage.end,
            passage.paragraph,
        )
        for sentence in joined_passage.sentences:
            citation = Citation.of(joined, AnswerSpan(sentence, sentence, place.paragraph, 1.0), 1)
            assert article.text[citation.start : citation.end] == citation.quote
