import socket
import threading
from ipaddress import ip_address

import pytest

from index.fetching.addresses import public_only
from index.fetching.budget import Budget
from index.fetching.errors import AddressError, TooSlowError, UnreachableError
from index.fetching.limits import FetchLimits
from index.fetching.resolving import SystemResolver, admitted_addresses
from index.fetching.urls import WebAddress
from tests.fetching.web import OTHER_PUBLIC, PUBLIC, PUBLIC_IPV6, Names

PAGE = WebAddress("http", "news.example", 80, "/")


def admitted(answers: list[str], page: WebAddress = PAGE) -> list[str]:
    names = Names({"news.example": [answers]})
    budget = Budget(FetchLimits(), "http://news.example/", lambda: 0.0)
    return [str(one) for one in admitted_addresses(page, names, public_only, budget)]


def test_all_answers_are_used_in_their_order() -> None:
    answers = [PUBLIC_IPV6, OTHER_PUBLIC, PUBLIC]

    assert admitted(answers) == answers


@pytest.mark.parametrize(
    ("bad", "place"),
    [
        ("10.0.0.1", "a private network"),
        ("::ffff:10.0.0.1", "a private network"),
        ("100.64.0.1", "a private network"),
        ("127.0.0.1", "this machine itself"),
        ("::1", "this machine itself"),
        ("169.254.1.1", "the local network"),
        ("169.254.169.254", "the metadata service of a cloud"),
        ("fd00:ec2::254", "the metadata service of a cloud"),
        ("224.0.0.1", "a multicast group"),
        ("2002:7f00:1::1", "a tunnel"),
        ("0.0.0.0", "a part of the internet that is set aside"),
        ("192.0.2.1", "a part of the internet that is set aside"),
    ],
)
@pytest.mark.parametrize("others", [([], []), ([PUBLIC], []), ([], [PUBLIC]), ([PUBLIC], [PUBLIC])])
def test_one_answer_that_is_not_admitted_is_enough(
    bad: str, place: str, others: tuple[list[str], list[str]]
) -> None:
    with pytest.raises(AddressError) as raised:
        admitted([*others[0], bad, *others[1]])

    assert str(raised.value) == (
        f"http://news.example/ leads to {place}, and only public sites are read. "
        "Use a public address."
    )


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "::ffff:7f00:1", "169.254.169.254"])
def test_an_address_of_numbers_is_checked_without_a_question(host: str) -> None:
    with pytest.raises(AddressError):
        admitted([PUBLIC], WebAddress("http", host, 80, "/"))


def test_a_name_without_an_address_is_unknown() -> None:
    with pytest.raises(UnreachableError, match="cannot be looked up"):
        admitted([])


def test_the_system_knows_this_machine() -> None:
    found = SystemResolver().resolve("localhost", 10)

    assert set(found) <= {ip_address("127.0.0.1"), ip_address("::1")}
    assert found


def test_the_system_is_asked_for_the_name_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def answer(host: object, *_more: object, **_named: object) -> list[object]:
        asked.append(host)
        return [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("fe80::1%1", 0, 0, 1)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0)),
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)

    assert SystemResolver().resolve("xn--bcher-kva.example", 10) == (
        ip_address("fe80::1%1"),
        ip_address(PUBLIC),
    )
    assert asked == [b"xn--bcher-kva.example"]


def test_a_failure_of_the_system_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object, **_named: object) -> None:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fail)

    with pytest.raises(socket.gaierror):
        SystemResolver().resolve("news.example", 10)


def test_a_system_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def wait(*_given: object, **_named: object) -> list[object]:
        over.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", wait)
    budget = Budget(FetchLimits(total_seconds=0.05), "http://news.example/", lambda: 0.0)

    with pytest.raises(TooSlowError, match=r"^http://news\.example/ took longer than 0\.05 sec"):
        admitted_addresses(PAGE, SystemResolver(), public_only, budget)

    over.set()
