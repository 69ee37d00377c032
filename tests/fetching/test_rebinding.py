from collections.abc import Callable, Iterator

import pytest

from index.fetching.errors import AddressError
from index.fetching.fetcher import Fetched
from tests.fetching.dns_server import Answers, DnsResolver, NameServer
from tests.fetching.web import PUBLIC, Web, redirect, response

URL = "http://news.example/"
Start = Callable[[Answers], NameServer]


@pytest.fixture
def name_server() -> Iterator[Start]:
    started = []

    def start(answers: Answers) -> NameServer:
        started.append(NameServer(answers))
        return started[-1]

    yield start
    for server in started:
        server.close()


def first_public_then(second: str) -> Answers:
    return lambda _host, number: [PUBLIC if number == 0 else second]


@pytest.mark.parametrize("second", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_the_second_answer_of_a_name_server_is_never_asked_for(
    web: Web, name_server: Start, second: str
) -> None:
    server = name_server(first_public_then(second))
    web.serve("unused.example", response(b"Iraq"))

    fetched = web.fetcher(resolver=DnsResolver(server.port)).fetch(URL)

    assert fetched == Fetched(b"Iraq", URL)
    assert (server.asked, web.internet.dialed) == (["news.example"], [(PUBLIC, 80)])


@pytest.mark.parametrize("second", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_the_second_answer_is_refused_where_a_redirect_asks_for_it(
    web: Web, name_server: Start, second: str
) -> None:
    server = name_server(first_public_then(second))
    web.serve("unused.example", redirect("/next"))

    with pytest.raises(AddressError, match=r"^http://news\.example/next leads to "):
        web.fetcher(resolver=DnsResolver(server.port)).fetch(URL)

    assert (server.asked, web.internet.dialed) == (["news.example"] * 2, [(PUBLIC, 80)])


def test_a_mixed_answer_is_refused(web: Web, name_server: Start) -> None:
    server = name_server(lambda _host, _number: [PUBLIC, "127.0.0.1"])

    with pytest.raises(AddressError, match="leads to this machine itself"):
        web.fetcher(resolver=DnsResolver(server.port)).fetch(URL)

    assert web.internet.dialed == []
