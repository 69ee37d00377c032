"""`ArticlePipelines`: a pipeline for whichever article is asked; the models are loaded once."""

import threading
from contextlib import suppress
from functools import partial

from bot import assembly
from bot.assembly import Parts
from bot.open_once import OpenOnce
from bot.pipeline import QAPipeline
from bot.settings import Settings
from index.article import Article
from index.index_store import IndexStore
from index.joined import join_articles, join_indexes
from index.library.entry import Entry
from index.library.errors import LibraryError
from index.library.indexes import library_indexes
from index.library.library import Library
from index.passage_index import PassageIndex
from index.reporter import Reporter

ALL = "all articles"


class ArticlePipelines:
    """Opens what is asked for and keeps the last few open. Threads may use it at once."""

    def __init__(self, settings: Settings, library: Library, reporter: Reporter) -> None:
        """Take the parts; nothing is loaded yet.

        Args:
            settings: of the pipelines.
            library: where the articles are.
            reporter: is told of loading and indexing, where a call names no other.

        Raises:
            EmbeddingModelError: if the embedding model is a path and nothing is there.
            ReaderModelError: likewise for the reader's.
        """
        self._settings = settings
        self._library = library
        self._reporter = reporter
        self._model = assembly.embedding_model(settings)
        self._reader = assembly.reader_of(settings)
        self._loading = threading.Lock()
        self._default: OpenOnce[str, QAPipeline] = OpenOnce(1)
        self._opened: OpenOnce[tuple[str, ...], QAPipeline] = OpenOnce(settings.open_articles)
        # One index for all owners of the same content.
        self._indexes: OpenOnce[str, PassageIndex] = OpenOnce(settings.open_articles)

    def load(self) -> None:
        """Load the models now rather than when the first question needs them.

        Raises:
            EmbeddingModelError: if the embedding model cannot be loaded.
            ReaderModelError: if the reader's cannot.
        """
        with self._loading:
            self._model.load()
            self._reader.load()

    def default(self, reporter: Reporter | None = None) -> QAPipeline:
        """Return the pipeline of the article that the settings name, or of the one shipped.

        Args:
            reporter: is told of progress, instead of the one that all share.

        Raises:
            ArticleBotError: if the article, a model or the data directory cannot be used.
        """

        def open_it() -> QAPipeline:
            return self.of_article(assembly.open_article(self._settings), reporter)

        return self._default.get("default", open_it)

    def of_article(self, article: Article, reporter: Reporter | None = None) -> QAPipeline:
        """Return the pipeline of an article that is not in the library; it is not kept open.

        Arguments and errors are those of `default`.
        """
        store = IndexStore(self._settings.data_dir, reporter or self._reporter)
        return self._pipeline(article, self._index(article, store))

    def prepare(
        self, article: Article, earlier: Entry | None = None, reporter: Reporter | None = None
    ) -> None:
        """Build the index of an article before it is added, so that it can be asked at once.

        Args:
            article: that will be in the library.
            earlier: what it replaces: what it still says need not be embedded again.
            reporter: is told of progress, instead of the one that all share.

        Raises:
            ArticleBotError: if a model or the data directory cannot be used.
        """
        before = None
        if earlier is not None:
            with suppress(LibraryError):  # damaged, or gone meanwhile
                before = self._library.article(earlier)
        self._index(article, self._store(reporter), before)

    def of(self, entry: Entry, reporter: Reporter | None = None) -> QAPipeline:
        """Return the pipeline of an article in the library, ready to answer.

        Its index is built where there is none yet, which is when progress is told.

        Args:
            entry: of the library.
            reporter: is told of progress, instead of the one that all share.

        Raises:
            LibraryError: if its owner does not have it any more, or its file is damaged.
            ArticleBotError: if a model or the data directory cannot be used.
        """

        def open_it() -> QAPipeline:
            article = self._library.article(entry)
            store = self._store(reporter)
            index = self._indexes.get(entry.id, lambda: self._index(article, store))
            return self._pipeline(article, index)

        return self._opened.get(self._key(entry), open_it)

    def all_of(self, owner: str, reporter: Reporter | None = None) -> QAPipeline:
        """Return one pipeline over all the articles of an owner.

        Args:
            owner: whose articles.
            reporter: is told of progress, instead of the one that all share.

        Raises:
            LibraryError: if the owner has none, or one is damaged.
            ArticleBotError: if a model or the data directory cannot be used.
        """
        # In the order in which they were added, so that ties always fall alike.
        entries = self._library.entries(owner)[::-1]
        if not entries:
            raise LibraryError("There are no articles yet. Add one first.")
        if len(entries) == 1:
            return self.of(entries[0], reporter)
        keys = [part for entry in entries for part in self._key(entry)]
        return self._opened.get((ALL, *keys), partial(self._join, entries, reporter))

    def _join(self, entries: tuple[Entry, ...], reporter: Reporter | None) -> QAPipeline:
        self.load()  # takes the longest, and opening is told
        store, told = self._store(reporter), reporter or self._reporter
        articles: list[Article] = []
        indexes: list[PassageIndex] = []
        for number, entry in enumerate(entries, 1):
            articles.append(self._library.article(entry))
            indexes.append(self._index(articles[-1], store))
            told.progress(number, len(entries), "Opening")
        joined = join_articles(articles, ALL)
        index = join_indexes(joined, indexes, assembly.index_settings(self._settings))
        return self._pipeline(joined, index)

    def _key(self, entry: Entry) -> tuple[str, ...]:
        """Return what changes when an entry is read again; refuse one that is gone."""
        return (entry.owner, entry.id, entry.source, self._library.latest_sha256(entry))

    def _store(self, reporter: Reporter | None) -> IndexStore:
        return library_indexes(self._settings.data_dir, reporter or self._reporter)

    def _index(
        self, article: Article, store: IndexStore, earlier: Article | None = None
    ) -> PassageIndex:
        settings = assembly.index_settings(self._settings)
        return store.open(article, self._model, settings, earlier=earlier)

    def _pipeline(self, article: Article, index: PassageIndex) -> QAPipeline:
        self.load()
        parts = Parts(index, self._model, self._reader)
        return assembly.pipeline_of(self._settings, article, parts)
