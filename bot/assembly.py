"""Putting the parts together as the settings say."""

from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.sentence_reader import SentenceReader
from bot.settings import Settings
from index.article import Article, ReadLimits, read_article, read_default_article
from index.embedding import EmbeddingModel
from index.index_store import IndexStore
from index.passage_index import IndexSettings, PassageIndex
from index.reporter import Reporter
from index.retriever import Retriever
from index.sentence_transformers_model import SentenceTransformersModel


def open_article(settings: Settings) -> Article:
    """Read the article that the settings name, or the one that is shipped.

    Raises:
        ArticleError: if it cannot be read.
    """
    if settings.article is None:
        return read_default_article()
    return read_article(settings.article, read_limits(settings))


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
        EmbeddingModelError: if the model cannot be loaded.
        IndexStoreError: if the data directory cannot be used.
    """
    model = embedding_model(settings)
    index = open_index(settings, article, model, reporter)
    model.load()
    return pipeline_of(settings, article, index, model)


def pipeline_of(
    settings: Settings,
    article: Article,
    index: PassageIndex,
    model: EmbeddingModel,
    *,
    retrieved: int = 0,
) -> QAPipeline:
    """Return a pipeline over an index that is open.

    Args:
        settings: of the pipeline.
        article: what is asked.
        index: of the article.
        model: that the index was embedded with.
        retrieved: passages that are retrieved, where that should be more than are read.
    """
    return QAPipeline(
        article,
        Retriever(index, model, candidate_limit=settings.candidate_limit),
        SentenceReader(settings.min_score),
        AnswerLimits(settings.top_k, settings.max_question_length, retrieved),
    )


def read_limits(settings: Settings) -> ReadLimits:
    """Return which articles are refused."""
    return ReadLimits(settings.max_article_bytes, settings.min_article_words)
