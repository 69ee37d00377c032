"""The process that parses a file: it gets bytes, gives a `Document`, and may use only so much.

The parent (`index.sources.sandbox`) writes one line of JSON and then the file to its standard
input. One JSON object comes back on standard output: a `document`, or why there is none (`nothing`
and `unopened` with a reason, `failed` with a sentence, `memory`, or `bug` with a traceback).
"""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from index.sources.document import Document
from index.sources.document_json import document_to_json
from index.sources.errors import NothingToReadError, ParsingError, UnopenedError

ReadDocument = Callable[..., Document]


def main(order: dict[str, Any]) -> None:
    """Read what comes on standard input and write what is in it to standard output.

    Args:
        order: `reader` ("module:function"), `arguments` (its keyword arguments), `seconds` and
            `memory_bytes` (how much may be used).
    """
    # Whatever a library prints must not get between.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    _limit(order["seconds"], order["memory_bytes"])
    answer = _answer(order)
    try:
        text = json.dumps(answer)
    except MemoryError:
        text = json.dumps({"memory": True})
    output.write(text)
    output.flush()
    # Nothing is left to do, and some libraries take long to close, or fail.
    os._exit(0)


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    try:
        read = _reader(order["reader"])
        _forbid_files()
        document = read(sys.stdin.buffer.read(), **order["arguments"])
        return {"document": document_to_json(document)}
    except NothingToReadError as error:
        return {"nothing": error.reason}
    except UnopenedError as error:
        return {"unopened": error.reason}
    except ParsingError as error:
        return {"failed": str(error)}
    except (MemoryError, RecursionError):
        return {"memory": True}
    except Exception:  # noqa: BLE001 - the parent tells a person, and writes it to the log
        return {"bug": traceback.format_exc()}


def _reader(name: str) -> ReadDocument:
    module, _, function = name.partition(":")
    read: ReadDocument = getattr(importlib.import_module(module), function)
    return read


def _limit(seconds: float, memory_bytes: int) -> None:
    """Have the system end this process where it uses more than it may; not all systems can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    whole = int(seconds) + 1
    for limit, value in (
        (resource.RLIMIT_CPU, whole),
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS knows no RLIMIT_AS
            resource.setrlimit(limit, (value, value))


def _forbid_files() -> None:
    """Let nothing be written to any file; what is imported by now has its bytecode saved."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
