"""One data directory serves one bot at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from bot.telegram_app.store.errors import StoreError


@contextmanager
def only_instance(data_dir: Path) -> Iterator[None]:
    """Hold a data directory; the lock ends with the process, however that ends.

    Raises:
        StoreError: if another process holds it, or it cannot be used.
    """
    lock = FileLock(data_dir / "telegram.lock")
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout:
        raise StoreError(
            f"Another article-bot telegram uses {data_dir}. Stop it, or set DATA_DIR to another "
            "directory."
        ) from None
    except OSError as error:
        raise StoreError(
            f"The data directory {data_dir} cannot be used: {error.strerror or error}. "
            "Set DATA_DIR to one that can be written to."
        ) from error
    try:
        yield
    finally:
        lock.release()
