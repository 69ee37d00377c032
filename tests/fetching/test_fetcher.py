import gzip
import zlib

import pytest

from index.errors import ArticleError
from index.fetching.addresses import IPAddress
from index.fetching.errors import (
    AddressError,
    ContentError,
    StatusError,
    TooLargeError,
    UnreachableError,
)
from index.fetching.fetcher import Fetched, Fetcher, FetchLimits, Known, fetch, fetch_if_changed
from tests.fetching.web import OTHER_PUBLIC, PAGE, PUBLIC, PUBLIC_IPV6, Web, redirect, response
from tests.test_architecture import loaded_by

HTML = "Content-Type: text/html; charset=UTF-8"


def test_a_page_comes_with_what_the_site_says_of_it(web: Web) -> None:
    web.serve(
        "news.example",
        response(PAGE, HTML, 'ETag: "v1"', "Last-Modified: Mon, 02 Jan 2017 03:04:05 GMT"),
    )

    fetched = web.fetcher().fetch("http://News.Example/a?b=c#d")

    assert fetched == Fetched(
        raw=PAGE,
        url="http://news.example/a?b=c",
        content_type="text/html",
        charset="utf-8",
        etag='"v1"',
        last_modified="Mon, 02 Jan 2017 03:04:05 GMT",
    )


def test_a_site_that_says_nothing_of_its_page(web: Web) -> None:
    web.serve("news.example", response(PAGE))

    assert web.fetcher().fetch("http://news.example") == Fetched(PAGE, "http://news.example/")


def test_the_request_is_polite_and_says_no_more_than_it_must(web: Web) -> None:
    server = web.serve("news.example", response(PAGE))

    web.fetcher(FetchLimits(user_agent="article-bot/9")).fetch("http://news.example/ä?q=1#secret")

    assert server.requests == [
        b"GET /%C3%A4?q=1 HTTP/1.1\r\n"
        b"Host: news.example\r\n"
        b"User-Agent: article-bot/9\r\n"
        b"Accept: text/html,application/xhtml+xml,application/pdf;q=0.9,text/markdown;q=0.9,"
        b"text/plain;q=0.9,*/*;q=0.5\r\n"
        b"Accept-Encoding: gzip, deflate\r\n"
        b"Connection: close\r\n\r\n"
    ]


def test_the_environment_has_no_say(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    web.serve("news.example", response(PAGE))

    assert web.fetcher().fetch("http://news.example/") is not None
    assert web.internet.dialed == [(PUBLIC, 80)]


def test_no_cookie_is_kept(web: Web) -> None:
    first = web.serve(
        "news.example",
        response(b"", "Location: http://other.example/", "Set-Cookie: a=b", status="302 Found"),
    )
    second = web.serve("other.example", response(PAGE), address=OTHER_PUBLIC)

    fetcher = web.fetcher()
    fetcher.fetch("http://news.example/")
    fetcher.fetch("http://news.example/")

    assert b"cookie" not in b"".join([*first.requests, *second.requests]).lower()


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("x-gzip", gzip.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE)),
        ("identity", PAGE),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-15)),
    ],
)
def test_a_packed_page_is_unpacked(web: Web, encoding: str, packed: bytes) -> None:
    web.serve("news.example", response(packed, f"Content-Encoding: {encoding}"))

    fetched = web.fetcher().fetch("http://news.example/")

    assert fetched is not None
    assert fetched.raw == PAGE


def test_a_page_in_chunks(web: Web) -> None:
    body = b"5\r\nIraq \r\n8\r\ncaptured\r\n0\r\n\r\n"
    web.serve("news.example", response(b"", "Transfer-Encoding: chunked", length=False) + body)

    fetched = web.fetcher().fetch("http://news.example/")

    assert fetched is not None
    assert fetched.raw == b"Iraq captured"


def test_progress_counts_the_bytes_that_come(web: Web) -> None:
    web.serve("news.example", response(b"x" * 200_000))
    told: list[tuple[int, int | None]] = []

    web.fetcher().fetch("http://news.example/", progress=lambda *said: told.append(said))

    assert told[-1] == (200_000, 200_000)
    assert [done for done, _ in told] == sorted({done for done, _ in told})


def test_a_redirect_is_followed_and_the_last_address_named(web: Web) -> None:
    web.serve("news.example", redirect("//other.example/b", "301 Moved Permanently"))
    server = web.serve("other.example", response(PAGE), address=OTHER_PUBLIC)

    fetched = web.fetcher().fetch("http://news.example/a")

    assert fetched == Fetched(PAGE, "http://other.example/b")
    assert b"\r\nHost: other.example\r\n" in server.requests[0]
    assert web.names.asked == ["news.example", "other.example"]
    assert web.internet.dialed == [(PUBLIC, 80), (OTHER_PUBLIC, 80)]


def test_the_next_address_is_tried_if_one_refuses(web: Web) -> None:
    web.serve("news.example", response(PAGE), address=PUBLIC)
    web.names.answers["news.example"] = [[PUBLIC_IPV6, PUBLIC]]

    fetched = web.fetcher().fetch("http://news.example/")

    assert fetched == Fetched(PAGE, "http://news.example/")
    assert web.internet.dialed == [(PUBLIC_IPV6, 80), (PUBLIC, 80)]


def test_an_address_of_numbers_is_not_looked_up(web: Web) -> None:
    server = web.serve("unused.example", response(PAGE), address=PUBLIC_IPV6)

    web.fetcher().fetch(f"http://[{PUBLIC_IPV6.upper()}]/")

    assert web.names.asked == []
    assert f"\r\nHost: [{PUBLIC_IPV6}]\r\n".encode() in server.requests[0]


def test_a_status_is_told_before_the_kind(web: Web) -> None:
    web.serve("news.example", response(b"", "Content-Type: image/png", status="404 Not Found"))

    with pytest.raises(StatusError) as raised:
        web.fetcher().fetch("http://news.example/")

    assert str(raised.value) == "http://news.example/ is not there (status 404). Check the address."
    assert raised.value.status == 404


def test_an_image_is_refused_before_it_is_read(web: Web) -> None:
    web.serve("news.example", response(b"\x89PNG" * 1_000_000, "Content-Type: image/png"))

    with pytest.raises(ContentError, match=r"^http://news\.example/a\.png is an image, "):
        web.fetcher().fetch("http://news.example/a.png")

    assert web.internet.bytes_read <= 2 * 65_536


def test_a_page_of_the_limit_is_read_and_one_byte_more_is_not(web: Web) -> None:
    limits = FetchLimits(max_bytes=1_000)
    web.serve("news.example", response(b"x" * 1_000))
    web.serve("other.example", response(b"x" * 1_001), address=OTHER_PUBLIC)

    fetched = web.fetcher(limits).fetch("http://news.example/")
    assert fetched is not None
    assert len(fetched.raw) == 1_000

    with pytest.raises(TooLargeError, match=r"is 0\.001001 MB, above the 0\.001 MB that are read"):
        web.fetcher(limits).fetch("http://other.example/")


def test_nobody_there(web: Web) -> None:
    web.names.answers["news.example"] = [[PUBLIC]]

    with pytest.raises(UnreachableError) as raised:
        web.fetcher().fetch("http://news.example/")

    assert str(raised.value) == (
        "The site of http://news.example/ refuses connections. "
        "Check the address, or try again later."
    )


def test_no_such_name(web: Web) -> None:
    with pytest.raises(UnreachableError) as raised:
        web.fetcher().fetch("http://nwes.example/")

    assert str(raised.value) == (
        "The name of the site in http://nwes.example/ cannot be looked up. "
        "Check its spelling and the connection to the internet."
    )


def test_the_real_network_with_a_policy_for_one_port(web: Web) -> None:
    server = web.serve("unused.example", response(PAGE))
    other = web.serve("unused.example", response(PAGE))

    def admits(address: IPAddress, port: int) -> bool:
        return (str(address), port) == ("127.0.0.1", server.port)

    limits = FetchLimits(allowed_ports=frozenset({server.port, other.port}))
    fetcher = Fetcher(limits, admits=admits)

    fetched = fetcher.fetch(f"http://127.0.0.1:{server.port}/")
    assert fetched == Fetched(PAGE, f"http://127.0.0.1:{server.port}/")
    with pytest.raises(AddressError):
        fetcher.fetch(f"http://127.0.0.1:{other.port}/")
    assert other.requests == []


def test_who_hosts_the_pages_may_fetch_from_this_machine(web: Web) -> None:
    server = web.serve("unused.example", response(PAGE, 'ETag: "v1"'))
    ports = frozenset({server.port})
    url = f"http://localhost:{server.port}/"

    with pytest.raises(AddressError, match="leads to this machine itself"):
        fetch(url, FetchLimits(allowed_ports=ports))
    assert server.requests == []

    limits = FetchLimits(allowed_ports=ports, allow_private=True)
    assert fetch(url, limits).raw == PAGE
    changed = fetch_if_changed(url, Known(url, '"v0"'), limits)
    assert changed is not None
    assert changed.etag == '"v1"'


def test_every_error_is_one_of_an_article() -> None:
    with pytest.raises(ArticleError):
        fetch("ftp://news.example/")


def test_nothing_of_the_network_is_loaded_before_something_is_fetched() -> None:
    assert {"httpcore", "httpx", "h11", "certifi", "idna"} & loaded_by(
        "index.fetching.fetcher"
    ) == set()
