"""The articles' contents: files named by their checksums, each there whole or not at all."""

import hashlib
import json
import re
from collections.abc import Collection
from pathlib import Path

from index.article import Article
from index.files import write_atomically
from index.index_files import flush
from index.library.article_json import article_from_json, article_to_json

_SUFFIX = ".json"
# A file of ours, or what is left of one where its writer was killed.
_OURS = re.compile(r"(?:[0-9a-f]{64}\.json|\.[0-9a-f]{64}\.json\.\d+)")
_ONLY_OWNER = 0o700


class DamagedArticleError(Exception):
    """A file is missing or is not what was written; the message says which."""


class ArticleFiles:
    """A directory of articles. Who writes or sweeps holds the library's lock."""

    def __init__(self, directory: Path) -> None:
        """Use a directory; it is made when something is first written to it."""
        self._directory = directory

    def write(self, article: Article) -> str:
        """Write an article's content, unless it is there and whole; then wait for the disk.

        Returns:
            The file's checksum, by which it is read.

        Raises:
            OSError: if the disk does not take it.
        """
        text = json.dumps(article_to_json(article), ensure_ascii=False)
        # A lone surrogate becomes the escape that JSON has for it.
        raw = text.encode(errors="backslashreplace")
        checksum = hashlib.sha256(raw).hexdigest()
        if self._read(checksum) != raw:
            if not self._directory.is_dir():
                self._directory.mkdir(_ONLY_OWNER, parents=True, exist_ok=True)
                flush(self._directory.parent)
            write_atomically(self._path(checksum), text)
            flush(self._directory)
        return checksum

    def read(self, checksum: str, *, source: str, sha256: str, notices: tuple[str, ...]) -> Article:
        """Return an article, whole and unchanged since it was written.

        Args:
            checksum: as `write` returned it.
            source: what was opened.
            sha256: of the bytes that were read.
            notices: of how it was read.

        Raises:
            DamagedArticleError: if the file is missing or anything does not fit.
        """
        raw = self._read(checksum)
        if raw is None or hashlib.sha256(raw).hexdigest() != checksum:
            raise DamagedArticleError(self._path(checksum))
        try:
            return article_from_json(json.loads(raw), source=source, sha256=sha256, notices=notices)
        except (ValueError, KeyError, TypeError) as error:  # another version's
            raise DamagedArticleError(self._path(checksum)) from error

    def sweep(self, kept: Collection[str]) -> None:
        """Remove every file of ours but these, and what killed writers left behind.

        Raises:
            OSError: if one cannot be removed.
        """
        names = {f"{checksum}{_SUFFIX}" for checksum in kept}
        for path in sorted(self._directory.iterdir()) if self._directory.is_dir() else []:
            if _OURS.fullmatch(path.name) and path.name not in names:
                path.unlink(missing_ok=True)

    def _read(self, checksum: str) -> bytes | None:
        try:
            return self._path(checksum).read_bytes()
        except OSError:
            return None

    def _path(self, checksum: str) -> Path:
        return self._directory / f"{checksum}{_SUFFIX}"
