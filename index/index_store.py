"""The data directory's indexes: each is built once, and loaded ever after.

An index is a directory named by its key. It is written under another name, flushed, and renamed: it
is there whole or not at all. Who builds holds the key's lock, so that two processes that want the
same index build it once.
"""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from index.article import Article
from index.embedding import EmbeddingModel, FloatArray
from index.errors import EmbeddingModelError, IndexStoreError
from index.index_files import (
    FORMAT_VERSION,
    DamagedIndexError,
    IndexIdentity,
    flush,
    read_identity,
    read_index,
    write_index,
)
from index.lexical import LEXICAL_VERSION
from index.model_files import find_model
from index.passage_index import IndexSettings, PassageIndex, build_index
from index.passages import SPLITTING_VERSION
from index.reporter import Reporter

_LOGGER = logging.getLogger(__name__)

_UNFINISHED = ".building-"
_LOCK_SUFFIX = ".lock"


class IndexStore:
    """The indexes of a data directory."""

    def __init__(self, data_dir: Path, reporter: Reporter | None = None) -> None:
        """Use a data directory; it is made when something is first written to it."""
        self._root = data_dir / "indexes"
        self._reporter = reporter or Reporter()

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
        identity = _identity(article, model, settings)
        directory = self._root / identity.key
        try:
            index = None if rebuild else self._load(directory, article)
            if index is None:
                # Before anything is written: a model that fails leaves nothing behind.
                model.load()
                with self._locked(identity.key):
                    index = self._build(article, model, settings, identity, rebuild=rebuild)
            return index
        except OSError as error:
            raise IndexStoreError(
                f"The index cannot be kept in {self._root}: {error.strerror or error}. "
                "Make room there, or set DATA_DIR to a directory that can be written to."
            ) from error

    def is_saved(self, article: Article, model: EmbeddingModel, settings: IndexSettings) -> bool:
        """Return whether there is an index that fits; its files are not checked."""
        return (self._root / _identity(article, model, settings).key).is_dir()

    def clean(self) -> list[Path]:
        """Remove the indexes that no longer fit anything, and return where they were.

        Those are the ones whose article is gone or has changed, whose model is gone or has
        changed, that are of another version or damaged, and what a killed process left behind.

        Raises:
            IndexStoreError: if something cannot be removed.
        """
        removed: list[Path] = []
        try:
            for path in sorted(self._root.iterdir()) if self._root.is_dir() else []:
                if path.is_dir() and self._is_of_no_use(path):
                    shutil.rmtree(path)
                    removed.append(path)
        except OSError as error:
            raise IndexStoreError(
                f"{error.filename} cannot be removed: {error.strerror}. Remove it by hand."
            ) from error
        return removed

    def _load(self, directory: Path, article: Article) -> PassageIndex | None:
        if not directory.is_dir():
            return None
        try:
            index = _read_index_of(article, directory)
        except DamagedIndexError as error:
            self._reporter.notice(f"The saved index is damaged ({error}); building it again.")
            return None
        _LOGGER.info("loaded the index %s", directory)
        return index

    def _build(
        self,
        article: Article,
        model: EmbeddingModel,
        settings: IndexSettings,
        identity: IndexIdentity,
        *,
        rebuild: bool,
    ) -> PassageIndex:
        directory = self._root / identity.key
        if directory.is_dir() and not rebuild:
            with suppress(DamagedIndexError):
                # Another process may have built it while this one waited.
                return _read_index_of(article, directory)
        model.verify()
        previous = self._previous(identity)
        known: dict[str, FloatArray] = {}
        if previous is not None:
            self._reporter.notice(f"{_difference(previous, identity)}: building its index again.")
            if previous.fingerprint == identity.fingerprint:
                known = _known_vectors(self._root / previous.key)
        index = build_index(article, model, settings, known=known, progress=self._reporter.progress)
        self._save(index, identity)
        if previous is not None and _replaces(identity, previous):
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
        directories = [path for path in self._root.iterdir() if _is_index(path)]
        for path in sorted(directories, key=lambda path: -path.stat().st_mtime_ns):
            with suppress(DamagedIndexError):
                yield read_identity(path)

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

    def _is_of_no_use(self, path: Path) -> bool:
        if not _is_index(path):
            key = path.name.removeprefix(_UNFINISHED).partition("-")[0]
            return path.name.startswith(_UNFINISHED) and self._is_free(key)
        try:
            read_index(path)
            identity = read_identity(path)
            return not (_article_is_unchanged(identity) and _model_is_unchanged(identity))
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


def _identity(article: Article, model: EmbeddingModel, settings: IndexSettings) -> IndexIdentity:
    spans = [(part.start, part.end, part.kind) for part in article.paragraphs]
    parts = [
        FORMAT_VERSION,
        SPLITTING_VERSION,
        version("sentencex"),  # it cuts differently from one release to the next
        LEXICAL_VERSION,
        hashlib.sha256(article.text.encode()).hexdigest(),
        spans,
        model.fingerprint,
        asdict(settings),
    ]
    source = article.source
    return IndexIdentity(
        key=hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32],
        origin=source if "://" in source else str(Path(source).absolute()),
        article_sha256=article.sha256,
        model=model.name,
        fingerprint=model.fingerprint,
        max_passage_tokens=settings.max_passage_tokens,
        exact_search_limit=settings.exact_search_limit,
    )


def _difference(previous: IndexIdentity, identity: IndexIdentity) -> str:
    if previous.article_sha256 != identity.article_sha256:
        return "The article has changed since it was indexed"
    if previous.fingerprint != identity.fingerprint:
        return f"The article was indexed with another embedding model ({previous.model})"
    return "The article was indexed with other settings"


def _replaces(identity: IndexIdentity, previous: IndexIdentity) -> bool:
    """Whether the previous index is of a text that is no longer there."""
    return (
        previous.article_sha256 != identity.article_sha256
        and previous.fingerprint == identity.fingerprint
        and previous.max_passage_tokens == identity.max_passage_tokens
        and previous.exact_search_limit == identity.exact_search_limit
    )


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
    return path.is_dir() and not path.name.startswith(".")


def _article_is_unchanged(identity: IndexIdentity) -> bool:
    if "://" in identity.origin:
        return True
    try:
        raw = Path(identity.origin).read_bytes()
    except OSError:
        return False
    return hashlib.sha256(raw).hexdigest() == identity.article_sha256


def _model_is_unchanged(identity: IndexIdentity) -> bool:
    try:
        return find_model(identity.model).fingerprint == identity.fingerprint
    except EmbeddingModelError:
        return False
