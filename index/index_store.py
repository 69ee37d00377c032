"""The data directory's indexes: each is built once, and loaded ever after.

An index is a directory named by its key. It is written under another name, flushed, and renamed: it
is there whole or not at all. Who builds holds the key's lock, so that two processes that want the
same index build it once.
"""

import logging
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import Timeout

from index.article import Article
from index.embedding import EmbeddingModel, FloatArray
from index.errors import IndexStoreError
from index.index_cleaning import IsKept, clean_indexes, drop_indexes
from index.index_directory import IndexDirectory
from index.index_files import DamagedIndexError, flush, read_index, write_index
from index.index_identity import IndexIdentity, difference, identity_of, replaces
from index.passage_index import IndexSettings, PassageIndex, build_index, vectors_by_text
from index.reporter import Reporter

_LOGGER = logging.getLogger(__name__)


class IndexStore:
    """The indexes of a data directory."""

    def __init__(
        self,
        data_dir: Path,
        reporter: Reporter | None = None,
        *,
        origin_of: Callable[[Article], str] | None = None,
    ) -> None:
        """Use a data directory; it is made when something is first written to it.

        Args:
            data_dir: holds the indexes.
            reporter: is told what a person should know.
            origin_of: what an article's indexes are known by, whatever its text becomes; its path
                or address if None.
        """
        self._directory = IndexDirectory(data_dir / "indexes")
        self._reporter = reporter or Reporter()
        self._origin_of = origin_of

    def open(
        self,
        article: Article,
        model: EmbeddingModel,
        settings: IndexSettings,
        *,
        rebuild: bool = False,
        earlier: Article | None = None,
    ) -> PassageIndex:
        """Return an article's index: loaded if there is one that fits, else built and saved.

        Args:
            article: what to index.
            model: embeds it; only loaded if something has to be built.
            settings: how to build.
            rebuild: build even if there is one that fits.
            earlier: the article as it was: what it says still need not be embedded again.

        Raises:
            EmbeddingModelError: if the model cannot be loaded.
            IndexStoreError: if the data directory cannot be used.
        """
        index = None if rebuild else self.load(article, model, settings)
        return index or self.build(article, model, settings, rebuild=rebuild, earlier=earlier)

    def load(
        self, article: Article, model: EmbeddingModel, settings: IndexSettings
    ) -> PassageIndex | None:
        """Return the saved index that fits, or None: there is none, or it is damaged (a notice).

        Raises:
            EmbeddingModelError: if a model of the hub is not here yet, and cannot be fetched.
            IndexStoreError: if the data directory cannot be used.
        """
        identity = self._identity(article, model, settings)
        directory = self._directory.path(identity.key)
        with self._in_use():
            if not directory.is_dir():
                return None
            try:
                index = _read_index_of(article, directory)
            except DamagedIndexError as error:
                self._reporter.notice(f"The saved index is damaged ({error}); building it again.")
                return None
            _LOGGER.info("loaded the index %s", directory)
            return index

    def build(
        self,
        article: Article,
        model: EmbeddingModel,
        settings: IndexSettings,
        *,
        rebuild: bool = False,
        earlier: Article | None = None,
    ) -> PassageIndex:
        """Build and save an index, unless another process has just done so.

        Arguments and errors are those of `open`.
        """
        identity = self._identity(article, model, settings)
        # Before anything is written: a model that fails leaves nothing behind.
        model.load()
        with self._in_use(), self._locked(identity.key):
            directory = self._directory.path(identity.key)
            if directory.is_dir() and not rebuild:
                with suppress(DamagedIndexError):
                    # Another process may have built it while this one waited.
                    return _read_index_of(article, directory)
            model.verify()
            previous = None if rebuild else self._previous(identity)
            if previous is not None:
                change = difference(previous, identity)
                self._reporter.notice(f"{change}: building its index again.")
            before = None if earlier is None else self._identity(earlier, model, settings)
            known = {} if rebuild else self._known_vectors(identity, (before, previous))
            index = build_index(
                article, model, settings, known=known, progress=self._reporter.progress
            )
            self._save(index, identity)
            if previous is not None and replaces(identity, previous):
                shutil.rmtree(self._directory.path(previous.key), ignore_errors=True)
            return index

    def drop(self, origins: Collection[str]) -> None:
        """Remove the indexes of articles that are gone, by what they are known by.

        What killed processes left behind goes as well.

        Raises:
            OSError: if one cannot be removed.
        """
        drop_indexes(self._directory, origins)

    def clean(self, is_kept: IsKept = lambda _: False) -> list[Path]:
        """Remove the indexes that no longer fit anything, and return where they were.

        Args:
            is_kept: whether an index's article is there, though not where it was read from.

        Raises:
            IndexStoreError: if something cannot be removed.
        """
        return clean_indexes(self._directory, is_kept)

    def _save(self, index: PassageIndex, identity: IndexIdentity) -> None:
        root, prefix = self._directory.root, self._directory.unfinished_prefix(identity.key)
        for leftover in root.glob(f"{prefix}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=prefix) as unfinished:
            new, old = Path(unfinished, "new"), Path(unfinished, "old")
            new.mkdir()
            write_index(index, identity, new)
            directory = self._directory.path(identity.key)
            if directory.exists():
                directory.rename(old)
            new.rename(directory)
            flush(root)

    def _identity(
        self, article: Article, model: EmbeddingModel, settings: IndexSettings
    ) -> IndexIdentity:
        identity = identity_of(article, model, settings)
        if self._origin_of is None:
            return identity
        return replace(identity, origin=self._origin_of(article))

    def _previous(self, identity: IndexIdentity) -> IndexIdentity | None:
        """Return the index of the same article as it was, or as it was indexed, before."""
        found = [
            other
            for other in self._directory.saved()
            if other.origin == identity.origin and other.key != identity.key
        ]
        same_model = [other for other in found if other.fingerprint == identity.fingerprint]
        return next(iter(same_model or found), None)

    def _known_vectors(
        self, identity: IndexIdentity, others: Iterable[IndexIdentity | None]
    ) -> dict[str, FloatArray]:
        """Return what is embedded already, in other indexes of the same model."""
        known: dict[str, FloatArray] = {}
        for other in others:
            if other is not None and other.fingerprint == identity.fingerprint:
                with suppress(DamagedIndexError):
                    known |= vectors_by_text(read_index(self._directory.path(other.key)))
        return known

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexStoreError(
                f"The index cannot be kept in {self._directory.root}: {error.strerror or error}. "
                "Make room there, or set DATA_DIR to a directory that can be written to."
            ) from error

    @contextmanager
    def _locked(self, key: str) -> Iterator[None]:
        self._directory.root.mkdir(parents=True, exist_ok=True)
        lock = self._directory.lock(key)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            self._reporter.notice("Another process is building this index; waiting for it.")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()


def _read_index_of(article: Article, directory: Path) -> PassageIndex:
    index = read_index(directory)
    for passage in index.passages:
        if article.text[passage.start : passage.end] != passage.text:
            raise DamagedIndexError("its passages are not the article's")
    return index
