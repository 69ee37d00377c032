"""`PassageIndex`: an article's passages, their vectors and their terms, built as one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Article
from index.embedding import EmbeddingModel, FloatArray, Progress
from index.lexical import LexicalIndex
from index.passages import Passage, split_passages
from index.vectors import IntArray, VectorIndex

# Chosen on `train/`: a sentence says a thing once, so that repetition counts less in it. They are
# baked into a saved index: whoever changes them raises `LEXICAL_VERSION`.
_PASSAGE_BM25 = {"k1": 1.2, "b": 0.75}
_SENTENCE_BM25 = {"k1": 0.6, "b": 0.5}

# What is already embedded: text → its vector, shape `(dimension,)`.
KnownVectors = Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """What an index is built with; a part of its key.

    Attributes:
        max_passage_tokens: longest passage in the model's tokens; the model's own limit holds too.
        exact_search_limit: most vectors that are searched exactly.
    """

    max_passage_tokens: int = 256
    exact_search_limit: int = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class PassageIndex:
    """The passages of one article and what finds them.

    Attributes:
        passages: in the article's order.
        passage_vectors: a row for each passage.
        sentence_vectors: a row for each sentence, passage by passage.
        passage_terms: a text for each passage.
        sentence_terms: a text for each sentence.
        sentence_starts: the row of each passage's first sentence, and behind the last one the
            number of sentences; shape `(len(passages) + 1,)`.
    """

    passages: tuple[Passage, ...]
    passage_vectors: VectorIndex
    sentence_vectors: VectorIndex
    passage_terms: LexicalIndex
    sentence_terms: LexicalIndex
    sentence_starts: IntArray

    def passages_of_sentences(self, rows: IntArray) -> IntArray:
        """Return the number of the passage that each of these sentences is in."""
        return np.searchsorted(self.sentence_starts, rows, side="right") - 1


def sentence_starts(passages: Sequence[Passage]) -> IntArray:
    """Return the row of each passage's first sentence, and the number of sentences."""
    counts = [len(passage.sentences) for passage in passages]
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)]).astype(np.int64)


def sentence_texts(article: Article, passages: Sequence[Passage]) -> list[str]:
    """Return the sentences of all passages, in order."""
    return [article.quote(span) for passage in passages for span in passage.sentences]


def vectors_by_text(index: PassageIndex) -> dict[str, FloatArray]:
    """Return the vector of each passage and each sentence by its text."""
    texts = [passage.text for passage in index.passages]
    sentences = [
        passage.text[span.start - passage.start : span.end - passage.start]
        for passage in index.passages
        for span in passage.sentences
    ]
    vectors = np.concatenate(
        [
            index.passage_vectors.vectors(np.arange(len(texts))),
            index.sentence_vectors.vectors(np.arange(len(sentences))),
        ]
    )
    return dict(zip([*texts, *sentences], vectors, strict=True))


def build_index(
    article: Article,
    model: EmbeddingModel,
    settings: IndexSettings,
    *,
    known: KnownVectors | None = None,
    progress: Progress | None = None,
) -> PassageIndex:
    """Cut an article into passages and index them.

    Args:
        article: what to index.
        model: turns passages and sentences into vectors.
        settings: how to cut and search.
        known: vectors of texts that need not be embedded again.
        progress: told how many texts are embedded.
    """
    max_tokens = min(settings.max_passage_tokens, model.max_tokens)
    passages = split_passages(article, model.count_tokens, max_tokens)
    texts = [passage.text for passage in passages]
    sentences = sentence_texts(article, passages)
    vectors = _embed([*texts, *sentences], model, known or {}, progress)
    return index_of_vectors(article, passages, vectors, settings)


def index_of_vectors(
    article: Article, passages: tuple[Passage, ...], vectors: FloatArray, settings: IndexSettings
) -> PassageIndex:
    """Return the index of passages that are embedded already.

    Args:
        article: that they are of.
        passages: in order.
        vectors: a row for each passage, then one for each sentence of each passage.
        settings: how to search.
    """
    texts = [passage.text for passage in passages]
    sentences = sentence_texts(article, passages)
    limit = settings.exact_search_limit
    return PassageIndex(
        passages=passages,
        passage_vectors=VectorIndex.build(vectors[: len(texts)], limit),
        sentence_vectors=VectorIndex.build(vectors[len(texts) :], limit),
        passage_terms=LexicalIndex.build(texts, **_PASSAGE_BM25),
        sentence_terms=LexicalIndex.build(sentences, **_SENTENCE_BM25),
        sentence_starts=sentence_starts(passages),
    )


def _embed(
    texts: Sequence[str], model: EmbeddingModel, known: KnownVectors, progress: Progress | None
) -> FloatArray:
    """Embed each different text once, and none that is known."""
    fresh = [text for text in dict.fromkeys(texts) if text not in known]
    rows = dict(zip(fresh, model.encode_passages(fresh, progress), strict=True))
    return np.stack([rows[text] if text in rows else known[text] for text in texts])
