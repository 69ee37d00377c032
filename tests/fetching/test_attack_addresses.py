import pytest

from index.fetching.errors import AddressError
from index.fetching.fetcher import Fetched
from tests.fetching.hostile import METADATA, URL, refusal
from tests.fetching.web import OTHER_PUBLIC, PUBLIC, Web, redirect, response


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
