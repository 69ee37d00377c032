import socket
import struct

import pytest

from index.fetching.budget import OVERHEAD_BYTES
from index.fetching.errors import FetchError, TooLargeError, UnreachableError
from index.fetching.fetcher import Fetched, FetchLimits
from tests.fetching.hostile import ONE_READ, SMALL, START, URL, refusal
from tests.fetching.web import Web, endless, then_silence


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (START + b"\r\n", b"x" * 10_000),
        (START + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4_096 + b"\r\n"),
        (START + b"Content-Type: multipart/x-mixed-replace\r\n\r\n", b"--a\r\n\r\n" + b"x" * 5_000),
    ],
)
def test_a_body_without_an_end_ends_at_the_limit(web: Web, start: bytes, piece: bytes) -> None:
    web.serve("news.example", endless(start, piece))

    assert isinstance(refusal(web, SMALL), TooLargeError)
    assert web.internet.bytes_read <= 100_000 + 3 * ONE_READ


@pytest.mark.parametrize(
    "piece",
    [
        b"1\r\nx\r\n" * 1_000,
        b"1;" + b"a" * 5_000 + b"\r\nx\r\n",
        b"0" * 15 + b"1\r\nx\r\n",
    ],
)
def test_a_body_that_is_nearly_all_wrapping_ends_too(web: Web, piece: bytes) -> None:
    web.serve("news.example", endless(START + b"Transfer-Encoding: chunked\r\n\r\n", piece * 10))

    assert isinstance(refusal(web, FetchLimits(max_bytes=2_000_000)), TooLargeError)
    assert web.internet.bytes_read <= 2 * OVERHEAD_BYTES + ONE_READ


def test_a_body_that_is_said_to_be_too_long_is_not_read(web: Web) -> None:
    web.serve("news.example", endless(START + b"Content-Length: 100001\r\n\r\n", b"x" * 10_000))

    error = refusal(web, SMALL)

    assert isinstance(error, TooLargeError)
    assert "is 0.1 MB, above the 0.1 MB that are read" in str(error)
    assert web.internet.bytes_read <= ONE_READ


@pytest.mark.parametrize("length", ["9" * 18, "9" * 20])
def test_a_body_that_is_said_to_be_endless_is_not_read(web: Web, length: str) -> None:
    web.serve("news.example", then_silence(START + f"Content-Length: {length}\r\n\r\n".encode()))

    assert isinstance(refusal(web), TooLargeError)


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: " + b"9" * 21,
        b"Content-Length: " + b"9" * 5_000,
        b"Content-Length: -1",
        b"Content-Length: +4",
        b"Content-Length: 0x10",
        b"Content-Length: 4, 5",
        b"Content-Length: 4\r\nContent-Length: 5",
        "Content-Length: ４".encode(),
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        b"X\x00: a",
        b" folded: first",
        b"no colon",
    ],
)
def test_headers_that_can_be_read_in_two_ways_are_not_read(web: Web, headers: bytes) -> None:
    web.serve("news.example", START + headers + b"\r\n\r\nIraq")

    assert isinstance(refusal(web), UnreachableError)


def test_a_body_shorter_than_it_says_is_no_page(web: Web) -> None:
    web.serve("news.example", START + b"Content-Length: 5\r\n\r\nIraq")

    assert str(refusal(web)) == (
        "The connection to http://news.example/ broke before the whole page had come. "
        "Try again; if it stays so, the site is at fault."
    )


def test_a_body_longer_than_it_says_is_cut_there(web: Web) -> None:
    web.serve("news.example", START + b"Content-Length: 4\r\n\r\nIraq and more")

    assert web.fetcher().fetch(URL) == Fetched(b"Iraq", URL)


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200", START + b"Content-Length: 9\r\n\r\nIraq"])
def test_a_connection_that_is_reset_is_told_as_such(web: Web, said: bytes) -> None:
    def say(connection: socket.socket) -> None:
        connection.sendall(said)
        # With what was not read or not waited for, closing resets.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    web.serve("news.example", say)

    assert "broke before the whole page had come" in str(refusal(web))


@pytest.mark.parametrize(
    "said",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n",
        b"\x16\x03\x01\x00\x00",
        b"HTTP/1.1 2000 OK\r\n\r\n",
        b"<p>no headers at all",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    ],
)
def test_what_is_no_web_site_is_told_as_such(web: Web, said: bytes) -> None:
    web.serve("news.example", said)

    assert isinstance(refusal(web), FetchError)
