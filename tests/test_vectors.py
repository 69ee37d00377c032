import numpy as np
import pytest

from index.embedding import FloatArray
from index.vectors import VectorIndex

EXACT, GRAPH = 1_000_000, 1


def unit_rows(count: int, dimension: int = 16) -> FloatArray:
    rows = np.random.default_rng(7).standard_normal((count, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize("limit", [EXACT, GRAPH])
def test_finds_the_nearest_first(limit: int) -> None:
    vectors = unit_rows(200)
    index = VectorIndex.build(vectors, limit)
    query = unit_rows(201)[200]
    assert index.search(query, 5).tolist() == np.argsort(-(vectors @ query))[:5].tolist()
    assert (len(index), index.dimension) == (200, 16)


def test_more_vectors_than_the_limit_are_searched_by_graph() -> None:
    vectors = unit_rows(20)
    exact, graph = VectorIndex.build(vectors, 20), VectorIndex.build(vectors, 19)
    assert exact.to_bytes()[:4] == b"IxFI"
    assert graph.to_bytes()[:4] == b"IHNf"


def test_the_graph_finds_nearly_all_that_is_near() -> None:
    vectors, queries = unit_rows(2000), unit_rows(2050)[2000:]
    exact, graph = VectorIndex.build(vectors, EXACT), VectorIndex.build(vectors, GRAPH)
    found = [len({*exact.search(q, 10)} & {*graph.search(q, 10)}) for q in queries]
    assert sum(found) / (10 * len(queries)) > 0.98


@pytest.mark.parametrize("limit", [EXACT, GRAPH])
def test_cosines_and_rows_are_exact(limit: int) -> None:
    vectors = unit_rows(50)
    index = VectorIndex.build(vectors, limit)
    rows = np.array([7, 0, 49])
    np.testing.assert_array_equal(index.vectors(rows), vectors[rows])
    np.testing.assert_allclose(index.cosines(vectors[3], rows), vectors[rows] @ vectors[3], 1e-6)


def test_no_rows_have_no_cosines() -> None:
    index = VectorIndex.build(unit_rows(5), EXACT)
    none = np.array([], dtype=np.int64)
    assert index.cosines(unit_rows(1)[0], none).shape == (0,)
    assert index.vectors(none).shape == (0, 16)


def test_finds_no_more_than_there_is() -> None:
    vectors = unit_rows(3)
    found = VectorIndex.build(vectors, EXACT).search(vectors[2], 10)
    assert sorted(found.tolist()) == [0, 1, 2]
    assert found[0] == 2


@pytest.mark.parametrize("limit", [EXACT, GRAPH])
def test_is_the_same_after_a_round_trip(limit: int) -> None:
    vectors = unit_rows(100)
    index = VectorIndex.build(vectors, limit)
    copy = VectorIndex.from_bytes(index.to_bytes())
    assert copy.to_bytes() == index.to_bytes()
    np.testing.assert_array_equal(copy.vectors(np.arange(100)), vectors)
    assert copy.search(vectors[42], 9).tolist() == index.search(vectors[42], 9).tolist()


@pytest.mark.parametrize("raw", [b"IxFI", b"nothing of the kind"])
def test_bytes_that_are_no_index_are_an_error(raw: bytes) -> None:
    with pytest.raises(RuntimeError):
        VectorIndex.from_bytes(raw)
