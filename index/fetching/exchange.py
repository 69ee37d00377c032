"""One request and its response over one connection that is closed afterwards."""

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

import httpcore

from index.fetching.budget import Budget
from index.fetching.connecting import PinnedBackend
from index.fetching.errors import UnreachableError
from index.fetching.urls import WebAddress


class _OfThread(threading.local):
    """A context for each thread: httpcore writes to it before each handshake."""

    def __init__(self) -> None:
        self.context = httpcore.default_ssl_context()


@cache
def _trust() -> _OfThread:
    return _OfThread()


def tls_context() -> ssl.SSLContext:
    """Return whom this thread trusts: the system's authorities and those of certifi."""
    return _trust().context


@dataclass(frozen=True, slots=True)
class Response:
    """What a site answers; its body is still on the way.

    Attributes:
        status: the HTTP status code.
        headers: by their names in lower case; values that came several times are joined by ", ".
        chunks: the body as it was sent, packed or not.
    """

    status: int
    headers: Mapping[str, str]
    chunks: Iterator[bytes]

    @property
    def length(self) -> int | None:
        """Size that the body is said to have, in bytes."""
        length = self.headers.get("content-length", "")
        return int(length) if length.isascii() and length.isdigit() else None


@contextmanager
def exchange(
    address: WebAddress,
    headers: Mapping[str, str],
    backend: PinnedBackend,
    tls: ssl.SSLContext,
    budget: Budget,
) -> Iterator[Response]:
    """Ask for an address; the connection is closed when the block is left, read to the end or not.

    Raises:
        UnreachableError: if there is no connection, no trust, or it broke; in the block too.
        TooSlowError: if the time is up; in the block too.
        TooLargeError: if the bytes are too many; in the block too.
    """
    url = httpcore.URL(
        scheme=address.scheme, host=address.host, port=address.port, target=address.target
    )
    # No pool: it would hide what an error came from, and nothing is asked twice.
    connection = httpcore.HTTPConnection(url.origin, tls, network_backend=backend)
    named = {"Host": address.authority, **headers, "Connection": "close"}
    try:
        with connection, connection.stream("GET", url, headers=list(named.items())) as response:
            yield Response(response.status, _by_name(response.headers), response.iter_stream())
    except httpcore.ConnectTimeout as error:
        budget.seconds_left()
        raise _silent(address) from error
    except httpcore.ConnectError as error:
        raise _no_connection(address, error) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise UnreachableError(
            f"The connection to {address} broke before the whole page had come. "
            "Try again; if it stays so, the site is at fault."
        ) from error


def _by_name(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), _text(raw_value)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _text(raw: bytes) -> str:
    # Sites write addresses into headers as browsers read them: in UTF-8.
    try:
        return raw.decode("utf-8").strip()
    except UnicodeDecodeError:
        return raw.decode("latin-1").strip()


def _silent(address: WebAddress) -> UnreachableError:
    return UnreachableError(
        f"The site of {address} does not answer. Check the address, or try again later."
    )


def _no_connection(address: WebAddress, error: httpcore.ConnectError) -> UnreachableError:
    cause = error.__cause__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return UnreachableError(
            f"The site of {address} cannot prove that it is the one it is named after "
            f"({cause.verify_message.rstrip('.')}). Check the address."
        )
    if isinstance(cause, ssl.SSLError):
        return UnreachableError(
            f"No safe connection to {address} can be made: the site does not speak TLS as it "
            "should. Check the address."
        )
    if isinstance(cause, ConnectionRefusedError):
        return UnreachableError(
            f"The site of {address} refuses connections. Check the address, or try again later."
        )
    return UnreachableError(
        f"No connection to {address} can be made. Check the connection to the internet, or try "
        "again later."
    )
