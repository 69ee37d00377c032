"""What hostile sites and addresses do: each is refused, having read no more than it must."""

import gzip
import socket
import struct
import threading
import tracemalloc
from collections.abc import Callable

import pytest

from index.fetching.budget import OVERHEAD_BYTES
from index.fetching.errors import (
    AddressError,
    ContentError,
    FetchError,
    RedirectError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from index.fetching.fetcher import Fetched, FetchLimits
from tests.fetching.bombs import deflate_bomb, gzip_bomb
from tests.fetching.test_budget import Clock
from tests.fetching.web import (
    OTHER_PUBLIC,
    PUBLIC,
    Script,
    Web,
    endless,
    redirect,
    response,
    then_silence,
)

URL = "http://news.example/"
SMALL = FetchLimits(max_bytes=100_000)
# Silence is waited for this long, so that it is not waited for in vain.
SHORT = FetchLimits(total_seconds=0.2)
# What one read from the network may bring beyond what is looked at.
ONE_READ = 65_536
METADATA = "169.254.169.254"
START = b"HTTP/1.1 200 OK\r\n"


def refusal(web: Web, limits: FetchLimits | None = None, url: str = URL) -> FetchError:
    with pytest.raises(FetchError) as raised:
        web.fetcher(limits).fetch(url)
    assert str(raised.value).isprintable()
    assert len(str(raised.value)) < 400
    return raised.value


# Addresses


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::1]",
        "[::]",
        "0.0.0.0",
        "0",
        "2130706433",
        "0x7f000001",
        "017700000001",
        "0177.1",
        "0x7f.1",
        "127.1",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "%31%32%37.0.0.1",
        METADATA,
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "2852039166",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "user:password@127.0.0.1",
        f"{PUBLIC}@127.0.0.1",
    ],
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_connection_is_made_to_what_is_not_public(web: Web, scheme: str, host: str) -> None:
    web.names.answers["localhost"] = [["127.0.0.1", "::1"]]

    assert isinstance(refusal(web, url=f"{scheme}://{host}/"), AddressError)
    assert web.internet.dialed == []


@pytest.mark.parametrize(
    "answers", [["127.0.0.1"], ["::ffff:127.0.0.1"], [PUBLIC, "127.0.0.1"], [PUBLIC, METADATA]]
)
def test_a_public_name_of_a_private_address_is_refused(web: Web, answers: list[str]) -> None:
    web.names.answers["news.example"] = [answers]

    assert isinstance(refusal(web), AddressError)
    assert web.internet.dialed == []


@pytest.mark.parametrize("second", [["127.0.0.1"], ["::1"], [METADATA], ["10.0.0.1"]])
def test_a_name_is_looked_up_once_and_what_it_says_next_is_not_heard(
    web: Web, second: list[str]
) -> None:
    web.serve("news.example", response(b"Iraq"))
    web.names.answers["news.example"] = [[PUBLIC], second]

    assert web.fetcher().fetch(URL) == Fetched(b"Iraq", URL)
    assert web.names.asked == ["news.example"]
    assert web.internet.dialed == [(PUBLIC, 80)]


def test_a_name_that_changes_its_answer_before_a_redirect_is_checked_anew(web: Web) -> None:
    server = web.serve("news.example", redirect("/next"))
    web.names.answers["news.example"] = [[PUBLIC], ["127.0.0.1"]]

    assert isinstance(refusal(web), AddressError)
    assert web.names.asked == ["news.example", "news.example"]
    assert (len(server.requests), web.internet.dialed) == (1, [(PUBLIC, 80)])


def test_a_name_that_changes_its_answer_between_two_addresses_of_one_fetch(web: Web) -> None:
    # The first address refuses; the second of the same answer is taken, nothing is asked again.
    web.serve("news.example", response(b"Iraq"), address=OTHER_PUBLIC)
    web.names.answers["news.example"] = [[PUBLIC, OTHER_PUBLIC], ["127.0.0.1"]]

    assert web.fetcher().fetch(URL) == Fetched(b"Iraq", URL)
    assert web.internet.dialed == [(PUBLIC, 80), (OTHER_PUBLIC, 80)]


# Redirects


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


# Bodies


def stream_of(pieces: Callable[[], object], encoding: str) -> Script:
    def say(connection: socket.socket) -> None:
        connection.sendall(START + f"Content-Encoding: {encoding}\r\n\r\n".encode())
        for piece in pieces():  # type: ignore[attr-defined]
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
    web: Web, encoding: str, bomb: Callable[[], object]
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


# Headers


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


# Time


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
