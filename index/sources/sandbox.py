"""Parsing a file in a process of its own, which may use only so much time and memory.

A parser of PDF or XML is a large program that is fed with files from anywhere. Whatever becomes of
it (it hangs, eats memory, dies), one error comes out, and this process goes on.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, get_args

from index.errors import ArticleError
from index.normalise import normalise
from index.sources.document import Document
from index.sources.document_json import document_from_json
from index.sources.errors import (
    NothingReason,
    NothingToReadError,
    ParsingError,
    UnopenedError,
    UnopenedReason,
)

_LOGGER = logging.getLogger(__name__)

# The child takes its modules from where this process has them: it need not be installed.
_START = (
    "import json, sys; order = json.loads(sys.stdin.buffer.readline()); "
    "sys.path[:] = order['path']; from index.sources.child import main; main(order)"
)
# All that the child may see of the environment: no token, no other secret.
_VARIABLES = ("LANG", "LC_ALL", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_MAX_MESSAGE = 500
# A document is never much more than the file; what is longer than that comes from no reader.
_MAX_OUTPUT_BYTES = 500_000_000


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """What parsing one file may use.

    Attributes:
        seconds: of time, as a clock on the wall shows it, and of a processor's.
        memory_bytes: address space of the process; most systems keep to it, macOS does not.
    """

    seconds: float = 60
    memory_bytes: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class ReadOrder:
    """What is to be done with a file.

    Attributes:
        reader: what reads it, as "module:function"; it takes the bytes and keyword arguments.
        source: what messages call the file.
        arguments: the reader's keyword arguments.
    """

    reader: str
    source: str
    arguments: Mapping[str, str | None] = field(default_factory=dict)


def read_in_child(
    order: ReadOrder,
    raw: bytes,
    limits: ParseLimits = ParseLimits(),  # noqa: B008 - frozen
) -> Document:
    """Have a process of its own read a file.

    Args:
        order: what reads it, and how.
        raw: the file.
        limits: what it may use.

    Raises:
        NothingToReadError: if nothing in the file is an article.
        UnopenedError: if the file is protected or damaged, or built to harm.
        ParsingError: if reading it fails, or takes more than it may.
    """
    line = json.dumps(
        {
            "path": [os.path.abspath(entry) for entry in sys.path],  # noqa: PTH100 - "" is here
            "reader": order.reader,
            "arguments": order.arguments,
            "seconds": limits.seconds,
            "memory_bytes": limits.memory_bytes,
        }
    )
    output = _run(line.encode() + b"\n" + raw, order.source, limits)
    try:
        answer = json.loads(output)
        if "document" in answer:
            return document_from_json(answer["document"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _broken_off(order.source) from error
    raise _error(answer, order.source, limits)


def _run(stdin: bytes, source: str, limits: ParseLimits) -> bytes:
    """Return what a child writes to its standard output before it ends."""
    is_late = threading.Event()

    def end(process: "subprocess.Popen[bytes]") -> None:
        is_late.set()
        _kill(process)

    with _started() as process:
        watchdog = threading.Timer(limits.seconds, end, [process])
        feeder = threading.Thread(target=_feed, args=[process, stdin], daemon=True)
        watchdog.start()
        feeder.start()
        try:
            assert process.stdout is not None
            output = process.stdout.read(_MAX_OUTPUT_BYTES)
        finally:
            watchdog.cancel()
            _kill(process)
            feeder.join()
    if is_late.is_set() or process.returncode == -getattr(signal, "SIGXCPU", 0):
        raise ParsingError(
            f"Reading {source} takes longer than {limits.seconds:g} seconds. "
            "Raise PARSE_SECONDS or use a shorter version."
        )
    if not output:
        _LOGGER.warning("the process that reads %s ended with %s", source, process.returncode)
        raise _broken_off(source)
    return output


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", _START],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={
            **{name: os.environ[name] for name in _VARIABLES if name in os.environ},
            # A thread for each processor would take more address space than the file.
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        start_new_session=True,  # Ctrl-C is for the parent, which ends the child
    )


def _feed(process: "subprocess.Popen[bytes]", stdin: bytes) -> None:
    """Write all of it; a child that has enough, or is dead, is seen elsewhere."""
    assert process.stdin is not None
    with suppress(OSError), process.stdin:
        process.stdin.write(stdin)


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """End a child and whatever it has started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _error(answer: dict[str, Any], source: str, limits: ParseLimits) -> ArticleError:
    """Return the error that a child tells of."""
    if answer.get("nothing") in get_args(NothingReason):
        return NothingToReadError(answer["nothing"])
    if answer.get("unopened") in get_args(UnopenedReason):
        return UnopenedError(answer["unopened"])
    if "memory" in answer:
        return ParsingError(
            f"Reading {source} takes more than {limits.memory_bytes / 1e6:,.0f} MB of memory. "
            "Raise PARSE_MEMORY_BYTES or use a shorter version."
        )
    if "failed" in answer:
        return ParsingError(normalise(str(answer["failed"]))[:_MAX_MESSAGE])
    _LOGGER.error("a bug in the process that reads %s:\n%s", source, answer.get("bug"))
    return _broken_off(source)


def _broken_off(source: str) -> ParsingError:
    return ParsingError(
        f"{source} cannot be read: it is damaged, or takes more memory than it may. "
        "Save it anew or in another format."
    )
