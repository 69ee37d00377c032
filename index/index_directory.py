"""Where indexes are saved: a directory of them, each named by its key, with a lock for each key."""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.index_files import DamagedIndexError, read_identity
from index.index_identity import IndexIdentity

_KEY = re.compile("[0-9a-f]{32}")
_UNFINISHED = ".building-"
_LOCK_SUFFIX = ".lock"


class IndexDirectory:
    """The directories and locks of a data directory's indexes."""

    def __init__(self, root: Path) -> None:
        """Use a directory; it is made when something is first built."""
        self.root = root

    def path(self, key: str) -> Path:
        """Return where the index with this key is, if it is there."""
        return self.root / key

    def indexes(self) -> list[Path]:
        """Return where all indexes are, the latest first. Anything else there is not ours."""
        found = [path for path in self._directories() if _KEY.fullmatch(path.name)]
        return sorted(found, key=lambda path: -path.stat().st_mtime_ns)

    def unfinished(self) -> dict[Path, str]:
        """Return what was begun and not finished, and the key of the index that it is of."""
        return {
            path: path.name.removeprefix(_UNFINISHED).partition("-")[0]
            for path in self._directories()
            if path.name.startswith(_UNFINISHED)
        }

    def unfinished_prefix(self, key: str) -> str:
        """Return how the names begin of what is not yet, or no longer, the index with this key."""
        return f"{_UNFINISHED}{key}-"

    def saved(self) -> Iterator[IndexIdentity]:
        """Yield the identities of all indexes whose manifest can be read, the latest first."""
        for path in self.indexes():
            with suppress(DamagedIndexError):
                yield read_identity(path)

    def remove(self, key: str) -> None:
        """Remove an index. Killed in between, it is no index any more.

        Raises:
            OSError: if it cannot be removed.
        """
        removed = self.root / f"{self.unfinished_prefix(key)}removed"
        shutil.rmtree(removed, ignore_errors=True)
        self.path(key).rename(removed)
        shutil.rmtree(removed)

    def lock(self, key: str) -> FileLock:
        """Return the lock that whoever builds the index with this key holds."""
        return FileLock(self.root / f".{key}{_LOCK_SUFFIX}")

    def is_free(self, key: str) -> bool:
        """Return whether nobody is building the index with this key."""
        lock = self.lock(key)
        try:
            lock.acquire(blocking=False)
        except Timeout:
            return False
        lock.release()
        return True

    def _directories(self) -> list[Path]:
        if not self.root.is_dir():
            return []
        return sorted(path for path in self.root.iterdir() if path.is_dir())
