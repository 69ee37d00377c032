"""Connecting to the addresses that were checked, and to nothing else, within the budget."""

import ssl
from collections.abc import Iterable, Sequence
from typing import Any

import httpcore

from index.fetching.addresses import IPAddress
from index.fetching.budget import Budget

Connection = httpcore.NetworkStream


class PinnedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses, whatever name it is asked for."""

    def __init__(
        self, addresses: Sequence[IPAddress], dialer: httpcore.NetworkBackend, budget: Budget
    ) -> None:
        """Pin the addresses.

        Args:
            addresses: tried in this order, until one answers.
            dialer: opens a connection to an IP address.
            budget: what it may take.
        """
        self._addresses = addresses
        self._dialer = dialer
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> Connection:
        """Open a connection to the first checked address that answers; `host` is not looked at.

        Raises:
            httpcore.ConnectError: if none of them answers; also `httpcore.ConnectTimeout`.
            TooSlowError: if the time is up.
        """
        failure: Exception = httpcore.ConnectError("no address")
        for address in self._addresses:
            try:
                stream = self._dialer.connect_tcp(
                    str(address), port, self._budget.connect_seconds()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return BudgetedStream(stream, self._budget)
        raise failure


class BudgetedStream(Connection):
    """A connection whose every byte and second is counted; timeouts it is asked for are not."""

    def __init__(self, stream: Connection, budget: Budget) -> None:
        """Count what goes through a stream."""
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return the next bytes, none at the end.

        Raises:
            TooLargeError: if they are too many.
            TooSlowError: if the time is up, however steadily they drip.
            httpcore.ReadError: if the connection broke.
        """
        try:
            received = self._stream.read(max_bytes, self._budget.seconds_left())
        except httpcore.ReadTimeout as error:
            raise self._budget.too_slow() from error
        self._budget.receive(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes.

        Raises:
            TooSlowError: if the time is up.
            httpcore.WriteError: if the connection broke.
        """
        try:
            self._stream.write(buffer, self._budget.seconds_left())
        except httpcore.WriteTimeout as error:
            raise self._budget.too_slow() from error

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> Connection:
        """Return the connection with TLS on it, checked for this name.

        Raises:
            httpcore.ConnectError: if the handshake fails; also `httpcore.ConnectTimeout`.
            TooSlowError: if the time is up.
        """
        try:
            seconds = self._budget.connect_seconds()
            stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        except BaseException:
            # Whoever asked for it only knows the stream that it did not get.
            self.close()
            raise
        return BudgetedStream(stream, self._budget)

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as the base class has it
        """Return what the stream underneath knows of itself."""
        return self._stream.get_extra_info(info)
