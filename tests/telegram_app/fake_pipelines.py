"""Pipelines of a chat's articles without models: whole sentences, found by their words."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.pipeline import AnswerLimits, QAPipeline
from bot.reader.sentence_reader import SentenceReader
from bot.settings import Settings
from bot.telegram_app.chat_articles import ChatArticles
from bot.telegram_app.store.protocol import Store
from bot.telegram_app.wiring import Asked
from index.article import Article
from index.embedding import HashedWordsModel
from index.joined import join_articles, join_indexes
from index.library.entry import Entry
from index.library.library import Library
from index.passage_index import IndexSettings, PassageIndex, build_index
from index.reporter import Reporter
from index.retriever import Retriever


class FakePipelines:
    """Indexes an article whenever it is asked for.

    Attributes:
        opened: ids of the articles that were opened, in order.
        before: is called before an article is opened; may raise.
    """

    def __init__(self, library: Library) -> None:
        self.opened: list[str] = []
        self.before: Callable[[Entry], None] = lambda _entry: None
        self._library = library
        self._model = HashedWordsModel()

    def of(self, entry: Entry, reporter: Reporter | None = None) -> QAPipeline:
        self.before(entry)
        self.opened.append(entry.id)
        if reporter is not None:
            reporter.progress(1, 1)
        article = self._library.article(entry)
        return self._pipeline(article, self._index(article))

    def all_of(self, owner: str, reporter: Reporter | None = None) -> QAPipeline:
        articles = [self._library.article(entry) for entry in self._library.entries(owner)]
        joined = join_articles(articles, "all articles")
        indexes = [self._index(article) for article in articles]
        return self._pipeline(joined, join_indexes(joined, indexes, IndexSettings()))

    def _index(self, article: Article) -> PassageIndex:
        return build_index(article, self._model, IndexSettings())

    def _pipeline(self, article: Article, index: PassageIndex) -> QAPipeline:
        retriever = Retriever(index, self._model)
        return QAPipeline(article, retriever, SentenceReader(min_score=0.3), AnswerLimits())


def asked(default: QAPipeline, suggestions: Sequence[str], data_dir: Path) -> Asked:
    """Return what a bot asks whose chats' articles are in a data directory."""
    library = Library(data_dir)
    return Asked(default, suggestions, FakePipelines(library), library)


def chat_articles(pipeline: QAPipeline, settings: Settings, store: Store) -> ChatArticles:
    """Return the articles of chats, in a real library; one pipeline is the default."""
    library = Library(settings.data_dir)
    return ChatArticles(pipeline, FakePipelines(library), library, store)
