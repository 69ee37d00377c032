"""`LexicalIndex`: BM25 over stems, their pairs and their letters; only here is bm25s imported."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedding import FloatArray

if TYPE_CHECKING:
    from Stemmer import Stemmer

# Part of an index's key: a change of what is counted makes a saved lexical index void.
LEXICAL_VERSION = 1

_WORD = re.compile(r"\w+")
_LETTERS = 3


def terms(text: str) -> list[str]:
    """Return what BM25 counts in a text, each kind of term marked so that none passes for another.

    Stems of the words that are no stop words; pairs of neighbouring stems, stop words included,
    which tell "the fall of Mosul" from "Mosul in fall"; and the trigrams of each word's letters,
    which find "displced" and words that the English stemmer does not know, in any language.
    """
    words = _WORD.findall(text.lower())
    content = [word for word in words if word not in _stop_words()]
    return [
        *(f"w {_stem(word)}" for word in content),
        *(f"p {_stem(word)} {_stem(following)}" for word, following in pairwise(words)),
        *(f"l {letters}" for word in content for letters in _trigrams(word)),
    ]


def _trigrams(word: str) -> Iterator[str]:
    marked = f"^{word}$"
    for start in range(max(len(marked) - _LETTERS + 1, 1)):
        yield marked[start : start + _LETTERS]


@lru_cache(maxsize=65_536)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer

    return Stemmer("english")


@cache
def _stop_words() -> frozenset[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return frozenset(STOPWORDS_EN_PLUS)


class LexicalIndex:
    """BM25 scores of a fixed list of texts (Robertson & Zaragoza 2009, as in Lucene)."""

    def __init__(self, bm25: Any) -> None:  # noqa: ANN401 - bm25s has no types
        """Wrap a bm25s index; use `build` or `load`."""
        self._bm25 = bm25

    @classmethod
    def build(cls, texts: Iterable[str], k1: float = 0.6, b: float = 0.5) -> "LexicalIndex":
        """Count the terms of texts.

        Args:
            texts: what is searched, at least one.
            k1: how soon more of the same term stops counting, at least 0.
            b: how much longer texts are marked down, from 0 to 1.
        """
        import bm25s

        bm25 = bm25s.BM25(k1=k1, b=b)
        bm25.index([terms(text) for text in texts], show_progress=False)
        return cls(bm25)

    def __len__(self) -> int:
        """Number of texts."""
        return int(self._bm25.scores["num_docs"])

    def scores(self, query_terms: list[str]) -> FloatArray:
        """Return each text's BM25 score for a query, at least 0, shape `(len(self),)`."""
        known = [term for term in query_terms if term in self._bm25.vocab_dict]
        if not known:
            return np.zeros(len(self), dtype=np.float32)
        scores: FloatArray = self._bm25.get_scores(known)
        return scores

    def save(self, directory: Path) -> None:
        """Write arrays and vocabulary to a directory."""
        self._bm25.save(directory, show_progress=False)

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """Read what `save` wrote."""
        import bm25s

        return cls(bm25s.BM25.load(directory, show_progress=False))
