import numpy as np
import pytest

from index.article import Article, article_from_bytes
from index.embedding import FloatArray
from index.passage_index import (
    IndexSettings,
    PassageIndex,
    build_index,
    sentence_starts,
    sentence_texts,
)
from index.passages import Passage
from index.spans import Span
from tests.fake_models import CountingModel

# bm25s can index neither no texts nor texts without a term.
TEXT = "One came. Two left.\n\nThree stayed.\n\nOne came. Four fell."


def read(text: str, *, markdown: bool = False) -> Article:
    return article_from_bytes(text.encode(), "text", markdown=markdown)


def vectors(index: PassageIndex) -> tuple[FloatArray, FloatArray]:
    passages, sentences = index.passage_vectors, index.sentence_vectors
    return passages.vectors(np.arange(len(passages))), sentences.vectors(np.arange(len(sentences)))


def test_holds_a_row_for_each_passage_and_sentence() -> None:
    article, model = read(TEXT), CountingModel()
    index = build_index(article, model, IndexSettings())
    sentences = ["One came.", "Two left.", "Three stayed.", "One came.", "Four fell."]
    texts = ["One came. Two left.", "Three stayed.", "One came. Four fell."]
    assert [passage.text for passage in index.passages] == texts
    assert sentence_texts(article, index.passages) == sentences
    passage_rows, sentence_rows = vectors(index)
    np.testing.assert_array_equal(passage_rows, model.encode_passages(texts))
    np.testing.assert_array_equal(sentence_rows, model.encode_passages(sentences))
    assert (len(index.passage_terms), len(index.sentence_terms)) == (3, 5)
    assert index.sentence_starts.tolist() == [0, 2, 3, 5]


def test_knows_which_passage_a_sentence_is_in() -> None:
    index = build_index(read(TEXT), CountingModel(), IndexSettings())
    assert index.passages_of_sentences(np.arange(5)).tolist() == [0, 0, 1, 2, 2]


def test_passages_without_sentences_have_no_rows() -> None:
    def passage(*sentences: Span) -> Passage:
        return Passage("", 0, 0, 1, sentences)

    found = sentence_starts([passage(), passage(Span(0, 1), Span(2, 3)), passage(), passage()])
    assert found.tolist() == [0, 0, 2, 2, 2]
    assert found.dtype == np.int64


def test_embeds_each_different_text_once() -> None:
    model = CountingModel()
    build_index(read(TEXT), model, IndexSettings())
    assert sorted(model.embedded) == sorted(
        {
            *("One came. Two left.", "Three stayed.", "One came. Four fell."),
            *("One came.", "Two left.", "Four fell."),
        }
    )


def test_embeds_nothing_that_is_known() -> None:
    model = CountingModel()
    known = {text: np.eye(64, dtype=np.float32)[0] for text in ("One came.", "Three stayed.")}
    index = build_index(read(TEXT), model, IndexSettings(), known=known)
    assert known.keys() & {*model.embedded} == set()
    passage_rows, sentence_rows = vectors(index)
    np.testing.assert_array_equal(passage_rows[1], known["Three stayed."])
    np.testing.assert_array_equal(sentence_rows[3], known["One came."])


def test_tells_how_many_texts_are_embedded() -> None:
    told: list[tuple[int, int]] = []
    build_index(
        read(TEXT), CountingModel(), IndexSettings(), progress=lambda *done: told.append(done)
    )
    assert told == [(number, 6) for number in range(1, 7)]


@pytest.mark.parametrize(("setting", "model_limit"), [(6, 64), (64, 6)])
def test_the_lower_limit_on_tokens_holds(setting: int, model_limit: int) -> None:
    model = CountingModel(max_tokens=model_limit)
    index = build_index(read(TEXT), model, IndexSettings(max_passage_tokens=setting))
    assert len(index.passages) == 3
    index = build_index(read("One two three. Four."), model, IndexSettings(setting))
    assert [passage.text for passage in index.passages] == ["One two three. Four."]
    index = build_index(read("One two three. Four five."), model, IndexSettings(setting))
    assert [passage.text for passage in index.passages] == ["One two three.", "Four five."]


def test_the_limit_on_exact_search_holds() -> None:
    index = build_index(read(TEXT), CountingModel(), IndexSettings(exact_search_limit=3))
    assert index.passage_vectors.to_bytes()[:4] == b"IxFI"
    assert index.sentence_vectors.to_bytes()[:4] == b"IHNf"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("One two three.\n\n# Four", True),  # a passage without a sentence
        pytest.param("# One two three\n\n# Four five\n\n# Six", True),
        pytest.param("One two three\n\n...", False),
        pytest.param("One two three\n\n👍", False),
        ("The of and", False),
    ],
)
def test_any_article_can_be_indexed(text: str, markdown: bool) -> None:
    index = build_index(read(text, markdown=markdown), CountingModel(), IndexSettings())
    assert len(index.passages) == len(index.passage_vectors) == len(index.passage_terms)
    count = index.sentence_starts[-1]
    assert count == len(index.sentence_vectors) == len(index.sentence_terms)


def test_an_article_of_known_texts_embeds_nothing() -> None:
    article, first, second = read(TEXT), CountingModel(), CountingModel()
    index = build_index(article, first, IndexSettings())
    known = dict(zip(first.embedded, first.encode_passages(first.embedded), strict=True))
    again = build_index(article, second, IndexSettings(), known=known)
    assert second.embedded == []
    for rows, expected in zip(vectors(again), vectors(index), strict=True):
        np.testing.assert_array_equal(rows, expected)
