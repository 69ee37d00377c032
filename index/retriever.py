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
        sentence_scores: of each of `passage.sentences`; on the passage's scale, at most its score.
    """

    passage: Passage
    score: float
    sentence_scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each of the four scores counts in the sum that ranks passages.

    They add up to 1, so that the sum stays below 1. Fitted on `train/wiki.json` and
    `train/squad2.json` by `tests/bench/fit_retrieval.py`: the softmax over an article's passages
    should give the right one the highest probability (ListNet, Cao et al. 2007).
    """

    passage_cosine: float = 0.172
    passage_terms: float = 0.268
    sentence_cosine: float = 0.226
    sentence_terms: float = 0.334


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Passages that may answer a question, with the four scores that are fused.

    Attributes:
        passages: their numbers in the index, ascending, shape `(n,)`.
        passage_cosines: cosine to the question, in [-1, 1], shape `(n,)`.
        passage_terms: share of the question's terms found, from 0 to 1, shape `(n,)`.
        sentence_cosines: the same for each of their sentences, in a row, shape `(m,)`.
        sentence_terms: likewise, shape `(m,)`.
        starts: where each passage's sentences begin in the row, and `m`; shape `(n + 1,)`.
    """

    passages: IntArray
    passage_cosines: FloatArray
    passage_terms: FloatArray
    sentence_cosines: FloatArray
    sentence_terms: FloatArray
    starts: IntArray

    def best_of_passages(self, scores: FloatArray) -> FloatArray:
        """Return the best of each passage's sentence scores; 0 for one without sentences."""
        best = np.zeros(len(self.passages), dtype=np.float32)
        has_sentences = self.starts[1:] > self.starts[:-1]
        if has_sentences.any():
            best[has_sentences] = np.maximum.reduceat(scores, self.starts[:-1][has_sentences])
        return best


class Retriever:
    """Ranks an article's passages for a question."""

    def __init__(
        self,
        index: PassageIndex,
        model: EmbeddingModel,
        *,
        candidate_limit: int = 200,
        weights: FusionWeights = FusionWeights(),  # noqa: B008 - frozen
    ) -> None:
        """Search an index.

        Args:
            index: the passages; embedded with `model`.
            model: turns the question into a vector.
            candidate_limit: passages that each of the four scores may put forward. All four are
                then computed for each of them; an article of so few passages is ranked whole.
            weights: of the four scores.
        """
        self._index = index
        self._model = model
        self._candidate_limit = candidate_limit
        self._weights = weights

    def retrieve(
        self, question: str, top_k: int, *, paragraph: int | None = None
    ) -> list[ScoredPassage]:
        """Return the passages that fit a question best, best first.

        Ties go to the passage that comes first in the article.

        Args:
            question: normalised, not empty.
            top_k: how many at most, at least 1.
            paragraph: number of the only paragraph to look in; all if None.
        """
        found, weights = self.candidates(question, paragraph=paragraph), self._weights
        of_passages = (
            weights.passage_cosine * found.passage_cosines
            + weights.passage_terms * found.passage_terms
        )
        scores = (
            of_passages
            + weights.sentence_cosine * found.best_of_passages(found.sentence_cosines)
            + weights.sentence_terms * found.best_of_passages(found.sentence_terms)
        )
        sentence_scores = (
            np.repeat(of_passages, np.diff(found.starts))
            + weights.sentence_cosine * found.sentence_cosines
            + weights.sentence_terms * found.sentence_terms
        )
        ranked = np.lexsort((found.passages, -scores))[:top_k]
        return [
            ScoredPassage(
                self._index.passages[found.passages[place]],
                float(scores[place]),
                tuple(sentence_scores[found.starts[place] : found.starts[place + 1]].tolist()),
            )
            for place in ranked
        ]

    def candidates(self, question: str, *, paragraph: int | None = None) -> Candidates:
        """Return the passages that any of the four scores puts forward, with all four scores.

        With a `paragraph`, these are its passages.
        """
        index, query_terms = self._index, terms(question)
        query = self._model.encode_query(question)
        passage_terms = index.passage_terms.scores(query_terms)
        sentence_terms = index.sentence_terms.scores(query_terms)
        if paragraph is None:
            passages = self._put_forward(query, passage_terms, sentence_terms)
        else:
            passages = np.flatnonzero([p.paragraph == paragraph for p in index.passages])
        sentences, starts = self._sentences_of(passages)
        return Candidates(
            passages=passages,
            passage_cosines=index.passage_vectors.cosines(query, passages),
            passage_terms=passage_terms[passages],
            sentence_cosines=index.sentence_vectors.cosines(query, sentences),
            sentence_terms=sentence_terms[sentences],
            starts=starts,
        )

    def _put_forward(
        self, query: FloatArray, passage_terms: FloatArray, sentence_terms: FloatArray
    ) -> IntArray:
        index, count = self._index, self._candidate_limit
        if len(index.passages) <= count:
            return np.arange(len(index.passages))
        sentences = np.concatenate(
            [index.sentence_vectors.search(query, count), _highest(sentence_terms, count)]
        )
        return np.unique(
            np.concatenate(
                [
                    index.passage_vectors.search(query, count),
                    _highest(passage_terms, count),
                    index.passages_of_sentences(sentences),
                ]
            )
        )

    def _sentences_of(self, passages: IntArray) -> tuple[IntArray, IntArray]:
        """Return the passages' sentences in a row, and where each passage's begin in it."""
        first = self._index.sentence_starts[passages]
        counts = self._index.sentence_starts[passages + 1] - first
        starts = np.concatenate([[0], np.cumsum(counts)])
        return np.arange(starts[-1]) + np.repeat(first - starts[:-1], counts), starts


def _highest(scores: FloatArray, count: int) -> IntArray:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.argpartition(scores, -count)[-count:]
