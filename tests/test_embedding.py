import numpy as np
import pytest
from hypothesis import given

from index.embedding import EmbeddingModel, HashedWordsModel
from tests.nasty_text import nasty_texts

MODEL: EmbeddingModel = HashedWordsModel()


def test_texts_are_nearer_the_more_words_they_share() -> None:
    passages = MODEL.encode_passages(
        ["The army took the city.", "The army left.", "Schools opened again."]
    )
    cosines = passages @ MODEL.encode_query("Did the army take the city?")
    assert np.argsort(-cosines).tolist() == [0, 1, 2]


def test_a_query_and_a_passage_of_the_same_words_are_the_same() -> None:
    np.testing.assert_array_equal(
        MODEL.encode_passages(["Two came."])[0], MODEL.encode_query("two CAME")
    )


def test_two_models_agree() -> None:
    text = "The army took the city."
    np.testing.assert_array_equal(
        HashedWordsModel().encode_query(text), HashedWordsModel().encode_query(text)
    )


@pytest.mark.parametrize("dimension", [8, 64])
def test_models_of_other_vectors_have_other_fingerprints(dimension: int) -> None:
    model = HashedWordsModel(dimension)
    assert model.encode_query("one").shape == (dimension,)
    assert model.fingerprint == f"hashed-words-{dimension}"


def test_counts_words_and_two_special_tokens() -> None:
    assert MODEL.count_tokens(["", "One.", "One, two"]) == [2, 3, 4]
    assert HashedWordsModel(max_tokens=9).max_tokens == 9


def test_tells_how_many_texts_are_done() -> None:
    told: list[tuple[int, int]] = []
    MODEL.encode_passages(["one", "two"], lambda *done: told.append(done))
    assert told == [(1, 2), (2, 2)]


def test_no_texts_are_no_rows() -> None:
    assert MODEL.encode_passages([]).shape == (0, 256)


@given(text=nasty_texts())
def test_every_vector_is_of_unit_length(text: str) -> None:
    rows = MODEL.encode_passages([text, "one"])
    assert (rows.shape, rows.dtype) == ((2, 256), np.float32)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)
    np.testing.assert_array_equal(rows[0], MODEL.encode_query(text))
