"""Exact against approximate vector search: recall, time of a query, time of building, by size.

    python -m tests.bench.vector_search VECTORS.npy QUERIES.npy

Both files hold unit-length rows, shape `(n, dimension)`: embedded sentences and questions.
"""

import sys
import time
from pathlib import Path

import numpy as np

from index.embedding import FloatArray
from index.vectors import VectorIndex

_SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)
_TOP = 10
_CANDIDATES = 200


def main(vectors_path: str, queries_path: str) -> None:
    vectors = np.load(Path(vectors_path)).astype(np.float32)
    queries = np.load(Path(queries_path)).astype(np.float32)[:300]
    sys.stdout.write(
        f"| vectors | exact ms | HNSW ms | HNSW build s | recall@{_TOP} | recall@{_CANDIDATES} |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
    )
    for size in (size for size in _SIZES if size <= len(vectors)):
        rows = vectors[:size]
        exact = VectorIndex.build(rows, exact_search_limit=size)
        started = time.perf_counter()
        approximate = VectorIndex.build(rows, exact_search_limit=0)
        build_s = time.perf_counter() - started
        exact_ms, truth = _searched(exact, queries)
        approximate_ms, found = _searched(approximate, queries)
        recalls = " | ".join(f"{_recall(truth, found, top):.3f}" for top in (_TOP, _CANDIDATES))
        sys.stdout.write(
            f"| {size:,} | {exact_ms:.1f} | {approximate_ms:.1f} | {build_s:.0f} | {recalls} |\n"
        )
        sys.stdout.flush()


def _searched(index: VectorIndex, queries: FloatArray) -> tuple[float, list[list[int]]]:
    times, found = [], []
    for query in queries:
        started = time.perf_counter()
        rows = index.search(query, _CANDIDATES)
        times.append(time.perf_counter() - started)
        found.append(rows.tolist())
    return float(np.median(times)) * 1000, found


def _recall(truth: list[list[int]], found: list[list[int]], top: int) -> float:
    pairs = zip(truth, found, strict=True)
    return float(np.mean([len({*right[:top]} & {*got[:top]}) / top for right, got in pairs]))


if __name__ == "__main__":
    main(*sys.argv[1:])
