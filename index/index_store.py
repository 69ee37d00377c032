"""The data directory's indexes: each is built once, and loaded ever after.

An index is a directory named by its key. It is written under another name, flushed, and renamed: it
is there whole or not at all. Who builds holds the key's lock, so that two processes that want the
same index build it once.
"""

import logging
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.article import Article
from index.embedding import EmbeddingModel, FloatArray
from index.errors import IndexStoreError
from index.index_files import DamagedIndexError, flush, read_identity, read_index, write_index
from index.index_identity import IndexIdentity, difference, identity_of, replaces, still_fits
from index.passage_index import IndexSettings, PassageIndex, build_index
from index.reporter import Reporter

_LOGGER = logging.getLogger(__name__)

_KEY = re.compile("[0-9a-f]{32}")
_UNFINISHED = ".building-"
_LOCK_SUFFIX = ".lock"


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
        self._root = data_dir / "indexes"
        self._reporter = reporter or Reporter()
        self._origin_of = origin_of

    def open(
        self,
        article: Article,
        model: EmbeddingModel,
        settings: IndexSettings,
        *,
        rebuild: bool = False,
    ) -> PassageIndex:
        """Return an article's index: loaded if there is one that fits, else built and saved.

        Args:
            article: what to index.
            model: embeds it; only loaded if something has to be built.
            settings: how to build.
            rebuild: build even if there is one that fits.

        Raises:
            EmbeddingModelError: if the model cannot be loaded.
            IndexStoreError: if the data directory cannot be used.
        """
        index = None if rebuild else self.load(article, model, settings)
        return index or self.build(article, model, settings, rebuild=rebuild)

    def load(
        self, article: Article, model: EmbeddingModel, settings: IndexSettings
    ) -> PassageIndex | None:
        """Return the saved index that fits, or None: there is none, or it is damaged (a notice).

        Raises:
            EmbeddingModelError: if a model of the hub is not here yet, and cannot be fetched.
            IndexStoreError: if the data directory cannot be used.
        """
        identity = self._identity(article, model, settings)
        directory = self._root / identity.key
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
    ) -> PassageIndex:
        """Build and save an index, unless another process has just done so.

        Arguments and errors are those of `open`.
        """
        identity = self._identity(article, model, settings)
        # Before anything is written: a model that fails leaves nothing behind.
        model.load()
        with self._in_use(), self._locked(identity.key):
            directory = self._root / identity.key
            if directory.is_dir() and not rebuild:
                with suppress(DamagedIndexError):
                    # Another process may have built it while this one waited.
                    return _read_index_of(article, directory)
            return self._build(article, model, settings, identity, reuse=not rebuild)

    def drop(self, origin: str) -> None:
        """Remove the indexes of an article that is gone.

        Args:
            origin: what they are known by.

        Raises:
            OSError: if one cannot be removed.
        """
        for identity in self._saved():
            if identity.origin == origin:
                _LOGGER.info("removing the index %s", identity.key)
                # Another name first: killed here, it is no index any more.
                unfinished = self._root / f"{_UNFINISHED}{identity.key}-removed"
                shutil.rmtree(unfinished, ignore_errors=True)
                (self._root / identity.key).rename(unfinished)
                shutil.rmtree(unfinished)

    def clean(self, is_kept: Callable[[IndexIdentity], bool] = lambda _: False) -> list[Path]:
        """Remove the indexes that no longer fit anything, and return where they were.

        Those are the ones whose article is gone or has changed, whose model is gone or has
        changed, that are of another version or damaged, and what a killed process left behind.

        Args:
            is_kept: whether an index's article is there, wherever it came from.

        Raises:
            IndexStoreError: if something cannot be removed.
        """
        removed: list[Path] = []
        try:
            for path in sorted(self._root.iterdir()) if self._root.is_dir() else []:
                if path.is_dir() and self._is_of_no_use(path, is_kept):
                    shutil.rmtree(path)
                    removed.append(path)
        except OSError as error:
            raise IndexStoreError(
                f"{error.filename} cannot be removed: {error.strerror}. Remove it by hand."
            ) from error
        return removed

    def _build(
        self,
        article: Article,
        model: EmbeddingModel,
        settings: IndexSettings,
        identity: IndexIdentity,
        *,
        reuse: bool,
    ) -> PassageIndex:
        model.verify()
        previous = self._previous(identity) if reuse else None
        known: dict[str, FloatArray] = {}
        if previous is not None:
            self._reporter.notice(f"{difference(previous, identity)}: building its index again.")
            if previous.fingerprint == identity.fingerprint:
                known = _known_vectors(self._root / previous.key)
        index = build_index(article, model, settings, known=known, progress=self._reporter.progress)
        self._save(index, identity)
        if previous is not None and replaces(identity, previous):
            shutil.rmtree(self._root / previous.key, ignore_errors=True)
        return index

    def _save(self, index: PassageIndex, identity: IndexIdentity) -> None:
        for leftover in self._root.glob(f"{_UNFINISHED}{identity.key}-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        prefix = f"{_UNFINISHED}{identity.key}-"
        with tempfile.TemporaryDirectory(dir=self._root, prefix=prefix) as unfinished:
            new, old = Path(unfinished, "new"), Path(unfinished, "old")
            new.mkdir()
            write_index(index, identity, new)
            directory = self._root / identity.key
            if directory.exists():
                directory.rename(old)
            new.rename(directory)
            flush(self._root)

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
            for other in self._saved()
            if other.origin == identity.origin and other.key != identity.key
        ]
        same_model = [other for other in found if other.fingerprint == identity.fingerprint]
        return next(iter(same_model or found), None)

    def _saved(self) -> Iterator[IndexIdentity]:
        """Yield what is saved, the latest first."""
        paths = self._root.iterdir() if self._root.is_dir() else ()
        directories = [path for path in paths if _is_index(path)]
        for path in sorted(directories, key=lambda path: -path.stat().st_mtime_ns):
            with suppress(DamagedIndexError):
                yield read_identity(path)

    @contextmanager
    def _in_use(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise IndexStoreError(
                f"The index cannot be kept in {self._root}: {error.strerror or error}. "
                "Make room there, or set DATA_DIR to a directory that can be written to."
            ) from error

    @contextmanager
    def _locked(self, key: str) -> Iterator[None]:
        self._root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._lock_path(key))
        try:
            lock.acquire(blocking=False)
        except Timeout:
            self._reporter.notice("Another process is building this index; waiting for it.")
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _lock_path(self, key: str) -> Path:
        return self._root / f".{key}{_LOCK_SUFFIX}"

    def _is_of_no_use(self, path: Path, is_kept: Callable[[IndexIdentity], bool]) -> bool:
        if not _is_index(path):
            key = path.name.removeprefix(_UNFINISHED).partition("-")[0]
            return path.name.startswith(_UNFINISHED) and self._is_free(key)
        try:
            read_index(path)
            identity = read_identity(path)
            return not still_fits(identity, article_is_kept=is_kept(identity))
        except DamagedIndexError:
            return self._is_free(path.name)

    def _is_free(self, key: str) -> bool:
        lock = FileLock(self._lock_path(key))
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        lock.release()
        return True


def _read_index_of(article: Article, directory: Path) -> PassageIndex:
    index = read_index(directory)
    for passage in index.passages:
        if article.text[passage.start : passage.end] != passage.text:
            raise DamagedIndexError("its passages are not the article's")
    return index


def _known_vectors(directory: Path) -> dict[str, FloatArray]:
    try:
        index = read_index(directory)
    except DamagedIndexError:
        return {}
    sentences = [
        passage.text[span.start - passage.start : span.end - passage.start]
        for passage in index.passages
        for span in passage.sentences
    ]
    texts = [passage.text for passage in index.passages]
    vectors = np.concatenate(
        [
            index.passage_vectors.vectors(np.arange(len(texts))),
            index.sentence_vectors.vectors(np.arange(len(sentences))),
        ]
    )
    return dict(zip([*texts, *sentences], vectors, strict=True))


def _is_index(path: Path) -> bool:
    # Anything of another name is not ours, and never removed.
    return path.is_dir() and _KEY.fullmatch(path.name) is not None
