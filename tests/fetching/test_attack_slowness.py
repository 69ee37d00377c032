import gzip
import socket
import threading

import pytest

from index.fetching.errors import TooSlowError
from tests.fetching.hostile import SHORT, START, URL, refusal
from tests.fetching.test_budget import Clock
from tests.fetching.web import Web, redirect, then_silence


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"HTTP/1.1 200",
        START + b"X-A: a\r\n",
        START + b"\r\n",
        START + b"Content-Length: 10\r\n\r\nIraq",
        START + b"Transfer-Encoding: chunked\r\n\r\n5\r\nIr",
        START + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"Iraq")[:15],
    ],
)
def test_a_silence_is_not_waited_for(web: Web, said: bytes) -> None:
    web.serve("news.example", then_silence(said))

    error = refusal(web, SHORT)

    assert isinstance(error, TooSlowError)
    assert str(error) == (
        "http://news.example/ took longer than 0.2 seconds. "
        "Try again later, or raise FETCH_SECONDS."
    )


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"HTTP/1.1 200 ", b"a"),
        (START, b"X-A: a\r\n"),
        (START + b"\r\n", b"x"),
        (START + b"Content-Length: 999\r\n\r\n", b"x"),
        (START + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_a_drip_every_five_seconds_is_heard_for_half_a_minute(
    web: Web, start: bytes, piece: bytes
) -> None:
    clock = Clock()
    heard = threading.Semaphore(0)

    def drip(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(100):
            heard.acquire(timeout=10)
            clock.now += 5
            connection.sendall(piece)

    web.serve("news.example", drip)
    web.internet.heard = heard.release

    with pytest.raises(TooSlowError):
        web.fetcher(clock=clock).fetch(URL)

    # The start and six drips: what comes after the thirtieth second is not waited for.
    assert web.internet.bytes_read <= len(start) + 6 * len(piece)


def test_slow_redirects_share_one_time(web: Web) -> None:
    clock = Clock()
    turn = iter(range(2, 100))

    def say(connection: socket.socket) -> None:
        clock.now += 12
        connection.sendall(redirect(f"/{next(turn)}"))

    server = web.serve("news.example", say)

    with pytest.raises(TooSlowError):
        web.fetcher(clock=clock).fetch(URL)

    assert len(server.requests) == 3
