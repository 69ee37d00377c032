"""`Retriever`: a question → passages ranked by four scores fused into one."""

from dataclasses import dataclass

import numpy as np

from index.embedding import EmbeddingModel, FloatArray
from index.lexical import terms
from index.passage_index import PassageIndex
from index.passages import Passage
from index.vectors import IntArray


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with how well it fits a question.

    Attributes:
        passage: what was found.
        score: higher is better; not a probability.
        sentence_scores: of each of `passage.sentences`, on a scale of their own, higher is better.
    """

    passage: Passage
    score: float
    sentence_scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each score counts in the sum that ranks passages."""

    passage_cosine: float = 1.0
    sentence_cosine: float = 1.0
    passage_terms: float = 0.5
    sentence_terms: float = 0.5


class Retriever:
    """Ranks an article's passages for a question."""

    def __init__(
        self,
        index: PassageIndex,
        model: EmbeddingModel,
        *,
        candidates: int = 200,
        weights: FusionWeights = FusionWeights(),  # noqa: B008 - frozen
    ) -> None:
        """Search an index.

        Args:
            index: the passages; embedded with `model`.
            model: turns the question into a vector.
            candidates: passages that each of the four scores may put forward. All four are then
                computed for every candidate, so an article of so few passages is ranked whole.
            weights: of the four scores.
        """
        self._index = index
        self._model = model
        self._candidates = candidates
        self._weights = weights

    def retrieve(self, question: str, top_k: int) -> list[ScoredPassage]:
        """Return the passages that fit a question best, best first.

        Ties go to the passage that comes first in the article.

        Args:
            question: normalised, not empty.
            top_k: how many at most, at least 1.
        """
        index, weights = self._index, self._weights
        query, query_terms = self._model.encode_query(question), terms(question)
        passage_bm25 = _scaled(index.passage_terms.scores(query_terms))
        sentence_bm25 = _scaled(index.sentence_terms.scores(query_terms))
        passages = self._candidate_passages(query, passage_bm25, sentence_bm25)
        sentences, starts = self._sentences_of(passages)

        sentence_cosines = index.sentence_vectors.cosines(query, sentences)
        scores = (
            weights.passage_cosine * index.passage_vectors.cosines(query, passages)
            + weights.sentence_cosine * _best(sentence_cosines, starts)
            + weights.passage_terms * passage_bm25[passages]
            + weights.sentence_terms * _best(sentence_bm25[sentences], starts)
        )
        sentence_scores = (
            weights.sentence_cosine * sentence_cosines
            + weights.sentence_terms * sentence_bm25[sentences]
        )
        ranked = np.lexsort((passages, -scores))[:top_k]
        return [
            ScoredPassage(
                index.passages[passages[place]],
                float(scores[place]),
                tuple(sentence_scores[starts[place] : starts[place + 1]].tolist()),
            )
            for place in ranked
        ]

    def _candidate_passages(
        self, query: FloatArray, passage_bm25: FloatArray, sentence_bm25: FloatArray
    ) -> IntArray:
        index, count = self._index, self._candidates
        if len(index.passages) <= count:
            return np.arange(len(index.passages))
        sentences = np.concatenate(
            [index.sentence_vectors.search(query, count), _highest(sentence_bm25, count)]
        )
        return np.unique(
            np.concatenate(
                [
                    index.passage_vectors.search(query, count),
                    _highest(passage_bm25, count),
                    index.passages_of_sentences(sentences),
                ]
            )
        )

    def _sentences_of(self, passages: IntArray) -> tuple[IntArray, IntArray]:
        """Return the passages' sentences in a row, and where each passage's begin in it."""
        first, last = (
            self._index.sentence_starts[passages],
            self._index.sentence_starts[passages + 1],
        )
        starts = np.concatenate([[0], np.cumsum(last - first)])
        shift = np.repeat(first - starts[:-1], last - first)
        return np.arange(starts[-1]) + shift, starts


def _scaled(scores: FloatArray) -> FloatArray:
    highest = scores.max(initial=0)
    return scores / highest if highest > 0 else scores


def _highest(scores: FloatArray, count: int) -> IntArray:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, -count)[-count:]


def _best(scores: FloatArray, starts: IntArray) -> FloatArray:
    """Return each passage's best sentence score; 0 for a passage without sentences."""
    best = np.zeros(len(starts) - 1, dtype=np.float32)
    has_sentences = starts[1:] > starts[:-1]
    if has_sentences.any():
        best[has_sentences] = np.maximum.reduceat(scores, starts[:-1][has_sentences])
    return best
