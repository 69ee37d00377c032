"""Readers for the tests of the process that they run in: some of them behave badly."""

import os
import signal
import sys
import threading
from pathlib import Path

from index.sources.document import Block, Document, Metadata
from index.sources.errors import NothingToReadError, ParsingError, UnopenedError


def read_words(raw: bytes, **arguments: str | None) -> Document:
    """Read the words, and tell the arguments as metadata."""
    return Document(
        (Block("text", raw.decode()),),
        Metadata(url=arguments.get("url"), site=arguments.get("charset")),
    )


def hang(raw: bytes) -> Document:
    threading.Event().wait()
    raise AssertionError


def spin(raw: bytes) -> Document:
    while True:
        pass


def start_a_child_and_hang(raw: bytes) -> Document:
    if os.fork() == 0:
        threading.Event().wait()
    threading.Event().wait()
    raise AssertionError


def eat_memory(raw: bytes) -> Document:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def recurse(raw: bytes) -> Document:
    return recurse(raw)


def die(raw: bytes) -> Document:
    os.kill(os.getpid(), signal.SIGSEGV)
    raise AssertionError


def leave(raw: bytes) -> Document:
    sys.exit(0)


def fail(raw: bytes) -> Document:
    return read_words(str(1 // 0).encode())


def say_something_else(raw: bytes) -> Document:
    os.write(1, b"nothing that counts")
    print("nor this")  # noqa: T201
    return read_words(raw)


def say_a_document_that_is_none(raw: bytes) -> Document:
    return Document((Block("picture", "One."),))  # type: ignore[arg-type]


def write_a_file(raw: bytes) -> Document:
    Path(raw.decode()).write_text("written")
    return read_words(raw)


def tell_the_environment(raw: bytes) -> Document:
    return read_words(" ".join(sorted(os.environ)).encode())


def find_nothing(raw: bytes) -> Document:
    raise NothingToReadError("scan")


def open_nothing(raw: bytes) -> Document:
    raise UnopenedError("password")


def give_up(raw: bytes) -> Document:
    raise ParsingError("It has too many pages.\x1b")


def half_a_character(raw: bytes) -> Document:
    return Document((Block("text", "a \ud800 b"),))
