"""Reading a file of this machine, or one clear sentence on why not."""

from pathlib import Path

from index.errors import ArticleError


def read_file(path: Path, max_bytes: int) -> bytes:
    """Return what is in a file.

    Args:
        path: of the file.
        max_bytes: largest file that is read.

    Raises:
        ArticleError: if there is no such file, it may not be read, or is too large.
    """
    try:
        if path.is_dir():
            raise ArticleError(f"{path} is a directory. Name a file in it.")
        if not path.is_file():
            raise ArticleError(f"There is no file {path}. Check the path of the article.")
        refuse_large(path.stat().st_size, str(path), max_bytes)
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise ArticleError(
            f"{str(path)!r} cannot be read: {reason}. Check the path and its permissions."
        ) from error


def refuse_large(size: int, source: str, max_bytes: int) -> None:
    """Let pass what is no larger than allowed.

    Raises:
        ArticleError: if it is larger.
    """
    if size > max_bytes:
        raise ArticleError(
            f"{source} is {size / 1e6:.0f} MB, and the limit is {max_bytes / 1e6:.0f} MB. "
            "Raise MAX_ARTICLE_BYTES or cut the file."
        )
