"""`VectorIndex`: a FAISS inner-product index; no other module imports faiss."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import FloatArray

IntArray = NDArray[np.int64]

# HNSW (Malkov & Yashunin 2018): links a vector, and candidates looked at while building and
# searching. tests/bench/vector_search.md has the recall and the times behind these numbers.
_LINKS = 32
_BUILD_CANDIDATES = 100
_SEARCH_CANDIDATES = 256


class VectorIndex:
    """Unit-length vectors, searched by inner product: exact while that is fast, else HNSW."""

    def __init__(self, index: Any) -> None:  # noqa: ANN401 - faiss has no types
        """Wrap a FAISS index; use `build` or `from_bytes`."""
        self._index = index

    @classmethod
    def build(cls, vectors: FloatArray, exact_search_limit: int) -> "VectorIndex":
        """Index rows.

        Args:
            vectors: unit-length rows, shape `(n, dimension)`.
            exact_search_limit: most rows that are searched exactly; more go into an HNSW graph.
        """
        import faiss

        count, dimension = vectors.shape
        if count <= exact_search_limit:
            index: Any = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, _LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = _BUILD_CANDIDATES
            index.hnsw.efSearch = _SEARCH_CANDIDATES
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    def __len__(self) -> int:
        """Number of vectors."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._index.d)

    def search(self, query: FloatArray, k: int) -> IntArray:
        """Return the rows nearest to a query, nearest first, at most `k` of them.

        Args:
            query: a unit-length vector, shape `(dimension,)`.
            k: at least 1.
        """
        import faiss

        # One query is too little work to share: waiting for a second thread took 16 ms where one
        # alone took 0.8 ms. FAISS keeps the number for each thread that calls it.
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)
        try:
            _, rows = self._index.search(query[np.newaxis, :], min(k, len(self)))
        finally:
            faiss.omp_set_num_threads(threads)
        found: IntArray = rows[0][rows[0] >= 0]
        return found

    def cosines(self, query: FloatArray, rows: IntArray) -> FloatArray:
        """Return the query's cosine similarity to these rows, in [-1, 1], shape `(len(rows),)`.

        Exact also where the search is not.
        """
        cosines: FloatArray = self.vectors(rows) @ query
        return cosines

    def vectors(self, rows: IntArray) -> FloatArray:
        """Return these rows, shape `(len(rows), dimension)`."""
        if len(rows) == 0:
            return np.empty((0, self.dimension), dtype=np.float32)
        found: FloatArray = self._index.reconstruct_batch(rows)
        return found

    def to_bytes(self) -> bytes:
        """Return the index in FAISS's own format."""
        import faiss

        serialized: NDArray[np.uint8] = faiss.serialize_index(self._index)
        return serialized.tobytes()

    @classmethod
    def from_bytes(cls, raw: bytes) -> "VectorIndex":
        """Return the index that `to_bytes` wrote. The bytes must be known to be whole.

        Raises:
            RuntimeError: if they are not an index.
        """
        import faiss

        return cls(faiss.deserialize_index(np.frombuffer(raw, dtype=np.uint8)))
