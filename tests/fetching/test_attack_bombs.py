import gzip
import socket
import tracemalloc
from collections.abc import Callable, Iterable

import pytest

from index.fetching.budget import OVERHEAD_BYTES
from index.fetching.errors import ContentError, TooLargeError
from index.fetching.fetcher import FetchLimits
from tests.fetching.bombs import deflate_bomb, gzip_bomb
from tests.fetching.hostile import ONE_READ, SMALL, START, URL, refusal
from tests.fetching.web import Script, Web, endless, response


def stream_of(pieces: Callable[[], Iterable[bytes]], encoding: str) -> Script:
    def say(connection: socket.socket) -> None:
        connection.sendall(START + f"Content-Encoding: {encoding}\r\n\r\n".encode())
        for piece in pieces():
            connection.sendall(piece)

    return say


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", lambda: gzip_bomb(10_000_000_000)),
        ("deflate", lambda: deflate_bomb(10_000_000_000)),
    ],
)
def test_ten_gigabytes_in_a_small_file_are_unpacked_no_further_than_the_limit(
    web: Web, encoding: str, bomb: Callable[[], Iterable[bytes]]
) -> None:
    web.serve("news.example", stream_of(bomb, encoding))
    limits = FetchLimits(max_bytes=2_000_000)

    tracemalloc.start()
    try:
        error = refusal(web, limits)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert isinstance(error, TooLargeError)
    # 2 MB of zeros are 2 kB; one read of the network holds 64 MB of them.
    assert web.internet.bytes_read <= 2 * ONE_READ
    # The server's own block of 16 MB, made before, is not counted; twice the limit is ample.
    assert peak < 10_000_000


def test_a_bomb_of_the_limit_is_still_a_page(web: Web) -> None:
    web.serve("news.example", response(gzip.compress(bytes(100_000)), "Content-Encoding: gzip"))

    fetched = web.fetcher(SMALL).fetch(URL)

    assert fetched is not None
    assert fetched.raw == bytes(100_000)


@pytest.mark.parametrize(
    "headers",
    [("Content-Encoding: gzip, gzip",), ("Content-Encoding: gzip", "Content-Encoding: gzip")],
)
def test_a_bomb_in_a_bomb_is_not_opened(web: Web, headers: tuple[str, ...]) -> None:
    inner = gzip.compress(bytes(1_000_000))
    web.serve("news.example", response(gzip.compress(inner), *headers))

    error = refusal(web)

    assert isinstance(error, ContentError)
    assert "is packed 2 times over" in str(error)


def test_nothing_is_unpacked_that_was_not_asked_for(web: Web) -> None:
    web.serve("news.example", response(b"\x00" * 100, "Content-Encoding: br"))

    assert "is packed with 'br', which was not asked for" in str(refusal(web))


def test_a_pack_that_never_says_anything_ends_with_the_bytes(web: Web) -> None:
    # Empty stored blocks of deflate: five bytes each, and nothing comes out.
    start = START + b"Content-Encoding: deflate\r\n\r\n\x00\x00\x00\xff\xff"
    web.serve("news.example", endless(start, b"\x00\x00\x00\xff\xff" * 2_000))

    assert isinstance(refusal(web, SMALL), TooLargeError)
    assert web.internet.bytes_read <= 100_000 + OVERHEAD_BYTES + ONE_READ
