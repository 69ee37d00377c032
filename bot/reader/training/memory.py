"""Keeping freed memory for the next step, which asks for as much again."""

import ctypes
import sys
from typing import Any

_M_TRIM_THRESHOLD, _M_MMAP_MAX = -1, -4  # of mallopt(3)
_NEVER = 2**31 - 1


def keep_freed_memory() -> None:
    """Tell the C library of Linux not to give large blocks back to the system.

    Getting them back, page after page, takes a fifth of the time of training.
    """
    mallopt = _of_c_library("mallopt")
    if mallopt is not None:
        mallopt(_M_MMAP_MAX, 0)
        mallopt(_M_TRIM_THRESHOLD, _NEVER)


def return_freed_memory() -> None:
    """Give back what was kept: blocks of ever other sizes leave ever more gaps between them.

    Without that, an hour of training takes tens of GB.
    """
    malloc_trim = _of_c_library("malloc_trim")
    if malloc_trim is not None:
        malloc_trim(0)


def _of_c_library(name: str) -> Any:  # noqa: ANN401 - a foreign function
    # Not every C library has these: musl lacks both.
    return getattr(ctypes.CDLL(None), name, None) if sys.platform == "linux" else None
