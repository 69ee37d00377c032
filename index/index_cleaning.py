"""Removing indexes: those of an article that is gone, and those that fit nothing any more."""

import logging
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

from index.errors import IndexStoreError
from index.index_directory import IndexDirectory
from index.index_files import DamagedIndexError, read_identity, read_index
from index.index_identity import IndexIdentity, still_fits

_LOGGER = logging.getLogger(__name__)

# Whether an index's article is there, wherever it came from.
IsKept = Callable[[IndexIdentity], bool]


def drop_indexes(directory: IndexDirectory, origins: Collection[str]) -> None:
    """Remove the indexes of articles that are gone, and what killed processes left behind.

    Args:
        directory: of the indexes.
        origins: what they are known by.

    Raises:
        OSError: if one cannot be removed.
    """
    for identity in directory.saved() if origins else ():
        if identity.origin in origins:
            _LOGGER.info("removing the index %s", identity.key)
            directory.remove(identity.key)
    sweep_unfinished(directory)


def sweep_unfinished(directory: IndexDirectory) -> list[Path]:
    """Remove what killed processes have left behind, and return where it was.

    Raises:
        OSError: if something cannot be removed.
    """
    left = [path for path, key in directory.unfinished().items() if directory.is_free(key)]
    for path in left:
        shutil.rmtree(path)
    return left


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
    try:
        left = sweep_unfinished(directory)
        useless = [path for path in directory.indexes() if _fits_nothing(directory, path, is_kept)]
        for path in useless:
            shutil.rmtree(path)
    except OSError as error:
        raise IndexStoreError(
            f"{error.filename} cannot be removed: {error.strerror}. Remove it by hand."
        ) from error
    return sorted([*left, *useless])


def _fits_nothing(directory: IndexDirectory, path: Path, is_kept: IsKept) -> bool:
    try:
        read_index(path)
        identity = read_identity(path)
    except DamagedIndexError:
        return directory.is_free(path.name)
    return not still_fits(identity, article_is_kept=is_kept(identity))
