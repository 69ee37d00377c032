"""The scores of every paragraph of every article for every question, for the retrieval benches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray
from Stemmer import Stemmer

from bot.assembly import embedding_model, index_settings
from bot.console import ConsoleReporter
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import GoldQuestion, QuestionSet
from bot.settings import load_settings
from index.article import Article, ReadLimits, read_default_article
from index.embedding import EmbeddingModel, FloatArray
from index.index_store import IndexStore
from index.lexical import _STOP_WORDS
from index.passage_index import PassageIndex
from index.retriever import Retriever

Scores = NDArray[np.float64]

FUSED = ("passage_cosine", "passage_terms", "sentence_cosine", "sentence_terms")
_STEMMER = Stemmer("english")


@dataclass(frozen=True)
class ArticleScores:
    """One article and its questions.

    Attributes:
        key: of the article in its set.
        gold: index of each question's paragraph, shape `(questions,)`.
        fused: the four scores of the product, shape `(questions, paragraphs, 4)`.
        sentences: for each question, the four scores of each sentence, shape `(sentences, 4)`.
        stems: BM25 over stems only of paragraphs and of sentences, each a share of its highest,
            shape `(questions, paragraphs, 2)`.
    """

    key: str
    gold: NDArray[np.int64]
    fused: Scores
    sentences: list[Scores]
    stems: Scores


class RememberingModel:
    """The model, remembering its questions: they are asked of several articles."""

    def __init__(self, model: EmbeddingModel) -> None:
        self._model = model
        self._vectors: dict[str, FloatArray] = {}

    def encode_query(self, text: str) -> FloatArray:
        if text not in self._vectors:
            self._vectors[text] = self._model.encode_query(text)
        return self._vectors[text]

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)


class Searched:
    """An article with its index, as the product has it."""

    def __init__(self, article: Article, model: EmbeddingModel, store: IndexStore) -> None:
        self.article = article
        self.index: PassageIndex = store.open(article, model, index_settings(load_settings()))
        self.retriever = Retriever(self.index, model, candidate_limit=len(self.index.passages))
        self.paragraphs = np.array([passage.paragraph - 1 for passage in self.index.passages])
        texts = [article.text[p.start : p.end] for p in article.paragraphs]
        sentences = [article.quote(s) for passage in self.index.passages for s in passage.sentences]
        self.owners = np.repeat(self.paragraphs, np.diff(self.index.sentence_starts))
        self.stems = [_bm25(texts), _bm25(sentences)]

    def scores(self, question: str) -> tuple[Scores, Scores]:
        """Return the four scores of each paragraph, and of each sentence."""
        found = self.retriever.candidates(question)
        counts = np.diff(found.starts)
        sentences = np.stack(
            [
                np.repeat(found.passage_cosines, counts),
                np.repeat(found.passage_terms, counts),
                found.sentence_cosines,
                found.sentence_terms,
            ],
            axis=1,
        ).astype(np.float64)
        best = [
            found.passage_cosines,
            found.passage_terms,
            found.best_of_passages(found.sentence_cosines),
            found.best_of_passages(found.sentence_terms),
        ]
        return np.stack([self._best(scores, self.paragraphs) for scores in best], axis=1), sentences

    def stem_scores(self, question: str) -> Scores:
        query = _stems(question)
        of_paragraphs, of_sentences = (_share(index, query) for index in self.stems)
        return np.stack([of_paragraphs, self._best(of_sentences, self.owners)], axis=1)

    def _best(self, scores: NDArray[np.floating], owners: NDArray[np.int64]) -> Scores:
        best = np.full(len(self.article.paragraphs), -1.0)
        np.maximum.at(best, owners, scores)
        return best


def article_scores(path: str) -> Iterator[tuple[ArticleScores, list[GoldQuestion]]]:
    """Yield the scores of each article of a SQuAD file."""
    for searched, questions in searched_articles(path):
        rows = [searched.scores(question.text) for question in questions]
        yield (
            ArticleScores(
                key=questions[0].article,
                gold=np.array([question.paragraphs[0] - 1 for question in questions]),
                fused=np.stack([paragraphs for paragraphs, _ in rows]),
                sentences=[sentences for _, sentences in rows],
                stems=np.stack([searched.stem_scores(question.text) for question in questions]),
            ),
            questions,
        )


def searched_articles(path: str) -> Iterator[tuple[Searched, list[GoldQuestion]]]:
    """Yield each article of a SQuAD file with the questions whose paragraph is known."""
    settings = load_settings()
    model, reporter = RememberingModel(embedding_model(settings)), ConsoleReporter()
    store = IndexStore(settings.data_dir, reporter)
    question_set: QuestionSet = load_question_set(Path(path), read_default_article(), ReadLimits())
    for key, article in question_set.articles.items():
        questions = [q for q in question_set.questions if q.article == key and q.paragraphs]
        if questions:
            with reporter.working("Embedding"):
                yield Searched(article, model, store), questions


def ranks(scores: Scores, gold: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the rank of the right paragraph from 1; among equals the middle one."""
    right = scores[np.arange(len(gold)), gold][:, None]
    return 1 + (scores > right).sum(axis=1) + ((scores == right).sum(axis=1) - 1) / 2


def _bm25(texts: list[str]) -> bm25s.BM25:
    index = bm25s.BM25()
    index.index([_stems(text) for text in texts], show_progress=False)
    return index


def _stems(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [_STEMMER.stemWord(word) for word in words if word not in _STOP_WORDS]


def _share(index: bm25s.BM25, query: list[str]) -> Scores:
    known = [stem for stem in query if stem in index.vocab_dict]
    if not known:
        return np.zeros(index.scores["num_docs"])
    scores: Scores = index.get_scores(known).astype(np.float64)
    return scores / max(scores.max(), 1e-9)
