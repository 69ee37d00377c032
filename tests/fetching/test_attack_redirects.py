import socket

import pytest

from index.fetching.errors import AddressError, RedirectError, UnreachableError
from index.fetching.fetcher import Fetched
from tests.fetching.hostile import METADATA, ONE_READ, URL, refusal
from tests.fetching.web import OTHER_PUBLIC, PUBLIC, Script, Web, endless, redirect, response


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "//127.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        f"http://{METADATA}/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://2852039166/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://192.168.0.1/",
        "http://intranet/",
        "https://127.0.0.1/",
        "http://127.0.0.1:6379/",
        "http://other.example:6379/",
        "http://me:secret@other.example/",
        f"http://{PUBLIC}@127.0.0.1/",
        "http://other.example\\@127.0.0.1/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "data:text/html,<p>hello",
        "dict://127.0.0.1:11211/stat",
        "ftp://other.example/",
        "javascript:alert(1)",
        "http://other.example/\x01",
        "http://" + "a" * 30_000 + "/",
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 Other", "307 Same", "308 Same"])
def test_a_redirect_to_what_is_not_fetched_is_not_followed(
    web: Web, location: str, status: str
) -> None:
    web.serve("news.example", redirect(location, status))
    web.names.answers["localhost"] = [["127.0.0.1"]]
    web.names.answers["intranet"] = [["10.1.2.3"]]

    error = refusal(web)

    assert isinstance(error, AddressError | RedirectError | UnreachableError)
    assert "secret" not in str(error)
    assert "10.1.2.3" not in str(error)
    assert web.internet.dialed == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "locations",
    [("/",), ("/#again",), ("http://NEWS.example:80/",), ("//other.example/",)],
)
def test_a_circle_is_noticed(web: Web, locations: tuple[str]) -> None:
    server = web.serve("news.example", redirect(locations[0]))
    web.serve("other.example", redirect(URL), address=OTHER_PUBLIC)

    error = refusal(web)

    assert isinstance(error, RedirectError)
    assert str(error) == (
        "http://news.example/ leads round in a circle, as pages do that insist on cookies. "
        "Save the page in a browser and read the saved file."
    )
    assert len(server.requests) == 1


def counting(hops: int) -> Script:
    """Lead on from /1 to /2 and so on, then say something."""
    turn = iter(range(2, hops + 2))

    def say(connection: socket.socket) -> None:
        number = next(turn, None)
        connection.sendall(redirect(f"/{number}") if number else response(b"Iraq"))

    return say


def test_a_hundred_redirects_are_followed_five_times(web: Web) -> None:
    server = web.serve("news.example", counting(100))

    error = refusal(web)

    assert isinstance(error, RedirectError)
    assert str(error) == (
        "http://news.example/ leads on more than 5 times. "
        "Open it in a browser and use the address at which it ends."
    )
    assert len(server.requests) == 6


def test_five_redirects_are_followed(web: Web) -> None:
    web.serve("news.example", counting(5))

    assert web.fetcher().fetch(URL) == Fetched(b"Iraq", "http://news.example/6")


def test_the_body_of_a_redirect_is_not_read(web: Web) -> None:
    start = b"HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\n\r\n"
    web.serve("news.example", endless(start, b"x" * 10_000))
    web.serve("other.example", response(b"Iraq"), address=OTHER_PUBLIC)

    assert web.fetcher().fetch(URL) == Fetched(b"Iraq", "http://other.example/")
    assert web.internet.bytes_read <= 2 * ONE_READ
