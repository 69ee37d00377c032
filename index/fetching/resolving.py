"""Looking up a name once, and refusing it unless every answer is admitted."""

import queue
import socket
import threading
from collections.abc import Sequence
from ipaddress import ip_address
from typing import Protocol

from index.fetching.addresses import AddressKind, AddressPolicy, IPAddress, address_kind
from index.fetching.budget import Budget
from index.fetching.errors import AddressError, UnreachableError
from index.fetching.urls import WebAddress

_PLACES: dict[AddressKind, str] = {
    "private": "a private network",
    "loopback": "this machine itself",
    "link-local": "the local network",
    "metadata": "the metadata service of a cloud",
    "multicast": "a multicast group",
    "tunnel": "a tunnel",
}


class Resolver(Protocol):
    """Looks names up."""

    def resolve(self, host: str, seconds: float) -> Sequence[IPAddress]:
        """Return all addresses of a name, the preferred first; never an empty sequence.

        Args:
            host: a name in ASCII.
            seconds: how long it may take.

        Raises:
            OSError: if it has none; a `TimeoutError` if it took too long.
        """


class SystemResolver:
    """Asks the operating system, which cannot be told how long it may take."""

    def resolve(self, host: str, seconds: float) -> Sequence[IPAddress]:
        """Return all addresses of a name, as `Resolver` says."""
        answers: queue.SimpleQueue[Sequence[IPAddress] | OSError] = queue.SimpleQueue()
        # A thread that outlives the wait ends with the system's own patience, or the process.
        threading.Thread(
            target=lambda: answers.put(_ask_system(host)), name="resolver", daemon=True
        ).start()
        try:
            answer = answers.get(timeout=seconds)
        except queue.Empty:
            raise TimeoutError(f"no answer for {host}") from None
        if isinstance(answer, OSError):
            raise answer
        return answer


def admitted_addresses(
    address: WebAddress, resolver: Resolver, admits: AddressPolicy, budget: Budget
) -> tuple[IPAddress, ...]:
    """Return the IP addresses that a web address may be fetched from, the preferred first.

    A name with one address that is not admitted is refused whole: no honest site mixes them.

    Raises:
        AddressError: if one of them is not admitted.
        UnreachableError: if the name has no address.
        TooSlowError: if the time is up.
    """
    literal = address.ip_address
    found = (literal,) if literal is not None else _look_up(address, resolver, budget)
    for one in found:
        if not admits(one, address.port):
            raise _refusal(address, one)
    return found


def _ask_system(host: str) -> Sequence[IPAddress] | OSError:
    try:
        # As bytes: a name in ASCII is to be sent as it is, and not encoded once more.
        answers = socket.getaddrinfo(host.encode("ascii"), None, type=socket.SOCK_STREAM)
    except OSError as error:
        return error
    return tuple(dict.fromkeys(ip_address(answer[4][0]) for answer in answers))


def _look_up(address: WebAddress, resolver: Resolver, budget: Budget) -> tuple[IPAddress, ...]:
    try:
        found = tuple(resolver.resolve(address.host, budget.seconds_left()))
    except TimeoutError as error:
        raise budget.too_slow() from error
    except OSError as error:
        raise _unknown_name(address) from error
    if not found:
        raise _unknown_name(address)
    return found


def _unknown_name(address: WebAddress) -> UnreachableError:
    return UnreachableError(
        f"The name of the site in {address} cannot be looked up. "
        "Check its spelling and the connection to the internet."
    )


def _refusal(address: WebAddress, found: IPAddress) -> AddressError:
    # Where exactly it leads is not said: that would tell strangers how a network is laid out.
    place = _PLACES.get(address_kind(found), "a part of the internet that is set aside")
    return AddressError(
        f"{address} leads to {place}, and only public sites are read. Use a public address."
    )
