import pytest

from index.fetching.budget import OVERHEAD_BYTES
from index.fetching.errors import TooLargeError, UnreachableError
from tests.fetching.hostile import ONE_READ, SMALL, START, refusal
from tests.fetching.web import Web, endless


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (START, b"X-A: " + b"a" * 1_000 + b"\r\n"),
        (START + b"X-A: ", b"a" * 10_000),
        (b"HTTP/1.1 200 ", b"a" * 10_000),
        (b"HTTP/1.1", b" " * 10_000),
        (b"\r\n", b"\r\n" * 5_000),
        (START + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 10_000),
        (START + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a" * 10_000),
        (START + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: a\r\n" * 1_000),
    ],
)
def test_headers_without_an_end_are_not_read_to_it(web: Web, start: bytes, piece: bytes) -> None:
    web.serve("news.example", endless(start, piece))

    assert isinstance(refusal(web, SMALL), UnreachableError | TooLargeError)
    assert web.internet.bytes_read <= 100_000 + OVERHEAD_BYTES + ONE_READ


def test_a_site_that_says_wait_for_ever_is_not_waited_for(web: Web) -> None:
    web.serve("news.example", endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n" * 100))

    assert isinstance(refusal(web, SMALL), TooLargeError)
    assert web.internet.bytes_read <= 100_000 + OVERHEAD_BYTES + ONE_READ
