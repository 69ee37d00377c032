"""Removing indexes: those of an article that is gone, and those that fit nothing any more."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from index.errors import IndexStoreError
from index.index_directory import IndexDirectory
from index.index_files import DamagedIndexError, read_identity, read_index
from index.index_identity import IndexIdentity, still_fits

_LOGGER = logging.getLogger(__name__)

# Whether an index's article is there, wherever it came from.
IsKept = Callable[[IndexIdentity], bool]


def drop_indexes(directory: IndexDirectory, origin: str) -> None:
    """Remove the indexes of an article that is gone.

    Args:
        directory: of the indexes.
        origin: what they are known by.

    Raises:
        OSError: if one cannot be removed.
    """
    for identity in directory.saved():
        if identity.origin == origin:
            _LOGGER.info("removing the index %s", identity.key)
            directory.remove(identity.key)


def clean_indexes(directory: IndexDirectory, is_kept: IsKept) -> list[Path]:
    """Remove the indexes that no longer fit anything, and return where they were.

    Those are the ones whose article is gone or has changed, whose model is gone or has changed,
    that are of another version or damaged, and what a killed process left behind.

    Args:
        directory: of the indexes.
        is_kept: whether an index's article is there, wherever it came from.

    Raises:
        IndexStoreError: if something cannot be removed.
    """
    removed: list[Path] = []
    try:
        left = [path for path, key in directory.unfinished().items() if directory.is_free(key)]
        useless = [path for path in directory.indexes() if _fits_nothing(directory, path, is_kept)]
        for path in sorted([*left, *useless]):
            shutil.rmtree(path)
            removed.append(path)
    except OSError as error:
        raise IndexStoreError(
            f"{error.filename} cannot be removed: {error.strerror}. Remove it by hand."
        ) from error
    return removed


def _fits_nothing(directory: IndexDirectory, path: Path, is_kept: IsKept) -> bool:
    try:
        read_index(path)
        identity = read_identity(path)
    except DamagedIndexError:
        return directory.is_free(path.name)
    return not still_fits(identity, article_is_kept=is_kept(identity))
