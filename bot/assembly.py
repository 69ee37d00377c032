"""Putting the parts together as the settings say."""

from dataclasses import dataclass

from bot.choosing import Chooser
from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.opening import open_reader
from bot.reader.protocol import Reader
from bot.reader.sentence_reader import SentenceReader
from bot.settings import Settings
from index.article import Article
from index.embedding import EmbeddingModel
from index.index_store import IndexStore
from index.library.library import Library
from index.passage_index import IndexSettings, PassageIndex
from index.reporter import Reporter
from index.retriever import Retriever
from index.sentence_transformers_model import SentenceTransformersModel

# `READER_MODEL` for no model at all.
NO_READER = "none"


def open_article(settings: Settings, reporter: Reporter | None = None) -> Article:
    """Read the article that the settings name, or the one that is shipped.

    Args:
        settings: may name a path, an address, or an article of the library.
        reporter: is told where it is not what it was.

    Raises:
        ArticleBotError: if it cannot be read, or nothing is called so.
    """
    chooser = Chooser(settings, Library(settings.data_dir), reporter or Reporter())
    return chooser.default().article


def embedding_model(settings: Settings) -> EmbeddingModel:
    """Return the embedding model that the settings name; nothing is loaded yet.

    Raises:
        EmbeddingModelError: if it is a path and nothing is there.
    """
    return SentenceTransformersModel(
        settings.embedding_model, batch_size=settings.embedding_batch_size
    )


def index_settings(settings: Settings) -> IndexSettings:
    """Return what an index is built with."""
    return IndexSettings(
        max_passage_tokens=settings.max_passage_tokens,
        exact_search_limit=settings.exact_search_limit,
    )


def open_index(
    settings: Settings, article: Article, model: EmbeddingModel, reporter: Reporter
) -> PassageIndex:
    """Load the article's index, or build and save it.

    Raises:
        EmbeddingModelError: if the model cannot be loaded.
        IndexStoreError: if the data directory cannot be used.
    """
    store = IndexStore(settings.data_dir, reporter)
    return store.open(article, model, index_settings(settings))


def open_pipeline(settings: Settings, article: Article, reporter: Reporter) -> QAPipeline:
    """Return a pipeline that is ready to answer: index and model are loaded.

    Raises:
        EmbeddingModelError: if the embedding model cannot be loaded.
        ReaderModelError: if the reader model cannot be loaded.
        IndexStoreError: if the data directory cannot be used.
    """
    model, reader = embedding_model(settings), reader_of(settings)
    index = open_index(settings, article, model, reporter)
    model.load()
    reader.load()
    return pipeline_of(settings, article, Parts(index, model, reader))


def reader_of(settings: Settings) -> Reader:
    """Return the reader that the settings name; nothing is loaded yet.

    Raises:
        ReaderModelError: if it is a path and nothing is there, or its calibration is damaged.
    """
    if settings.reader_model.lower() == NO_READER:
        return SentenceReader(settings.min_score)
    return open_reader(settings.reader_model, max_wrong=settings.max_wrong)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a pipeline is made of.

    Attributes:
        index: of the article.
        model: that the index was embedded with.
        reader: reads what is retrieved.
    """

    index: PassageIndex
    model: EmbeddingModel
    reader: Reader


def pipeline_of(
    settings: Settings, article: Article, parts: Parts, *, retrieved: int = 0
) -> QAPipeline:
    """Return a pipeline over an index that is open.

    Args:
        settings: of the pipeline.
        article: what is asked.
        parts: open.
        retrieved: passages that are retrieved, where that should be more than are read.
    """
    return QAPipeline(
        article,
        Retriever(parts.index, parts.model, candidate_limit=settings.candidate_limit),
        parts.reader,
        AnswerLimits(settings.top_k, settings.max_question_length, retrieved),
    )
