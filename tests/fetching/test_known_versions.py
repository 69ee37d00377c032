import pytest

from index.fetching.errors import StatusError
from index.fetching.fetcher import Fetched, Known
from tests.fetching.web import OTHER_PUBLIC, PAGE, Web, redirect, response


def test_a_page_that_did_not_change_is_not_sent_again(web: Web) -> None:
    server = web.serve("news.example", response(status="304 Not Modified", length=False))
    known = Known("http://news.example/a", '"v1"', "Mon, 02 Jan 2017 03:04:05 GMT")

    assert web.fetcher().fetch("http://news.example/a", known=known) is None
    assert b'\r\nIf-None-Match: "v1"\r\n' in server.requests[0]
    assert b"\r\nIf-Modified-Since: Mon, 02 Jan 2017 03:04:05 GMT\r\n" in server.requests[0]


def test_a_page_that_changed_is_fetched(web: Web) -> None:
    web.serve("news.example", response(PAGE, 'ETag: "v2"'))
    known = Known("http://news.example/", '"v1"')

    fetched = web.fetcher().fetch("http://news.example/", known=known)

    assert fetched == Fetched(PAGE, "http://news.example/", etag='"v2"')
    assert fetched.known == Known("http://news.example/", '"v2"')


@pytest.mark.parametrize(
    "known",
    [
        None,
        Known("http://news.example/"),
        Known("http://news.example/another", '"v1"'),
        Known("http://news.example/", "v1\r\nX-Evil: 1"),
    ],
)
def test_nothing_is_unchanged_that_was_not_asked_about(web: Web, known: Known | None) -> None:
    server = web.serve("news.example", response(status="304 Not Modified", length=False))

    with pytest.raises(StatusError, match=r"^http://news\.example/ .* \(status 304\)\. "):
        web.fetcher().fetch("http://news.example/", known=known)

    assert b"if-none-match" not in server.requests[0].lower()
    assert b"x-evil" not in server.requests[0].lower()


def test_the_address_at_the_end_is_asked_whether_it_changed(web: Web) -> None:
    first = web.serve("news.example", redirect("http://other.example/"))
    second = web.serve(
        "other.example",
        response(status="304 Not Modified", length=False),
        address=OTHER_PUBLIC,
    )

    known = Known("http://other.example/", '"v1"')
    assert web.fetcher().fetch("http://news.example/", known=known) is None
    assert [b"If-None-Match" in server.requests[0] for server in (first, second)] == [False, True]
