"""A small internet of this machine: names, public addresses, and servers that say anything."""

import contextlib
import socket
import socketserver
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address

import httpcore

from index.fetching.addresses import IPAddress
from index.fetching.fetcher import Fetcher, FetchLimits
from tests.fetching.serving import Serving

PUBLIC = "93.184.216.34"
OTHER_PUBLIC = "151.101.1.140"
PAGE = b"<p>Iraq captured east Mosul in late January.</p>"
PUBLIC_IPV6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"

# Says something into a connection, after the request was read.
Script = Callable[[socket.socket], None]


def response(
    body: bytes = b"", *headers: str, status: str = "200 OK", length: bool = True
) -> bytes:
    """Return a response as it goes over the wire."""
    lines = [f"HTTP/1.1 {status}", *headers]
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode() + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return response(b"", f"Location: {location}", status=status)


def endless(start: bytes, piece: bytes, times: int = 20_000) -> Script:
    """Say a piece again and again, until nobody listens; bounded, should somebody do so."""

    def say(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in range(times):
            connection.sendall(piece)

    return say


def then_silence(start: bytes) -> Script:
    """Say something and wait for the other side to give up."""

    def say(connection: socket.socket) -> None:
        connection.sendall(start)
        connection.recv(1)

    return say


class Server(Serving):
    """Answers each connection with its script; loopback only."""

    def __init__(
        self, script: Script | bytes, tls: ssl.SSLContext | None = None, greeting: bytes = b""
    ) -> None:
        self.requests: list[bytes] = []
        self._greeting = greeting
        self._script = script
        self._tls = tls
        owner = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError):
                    owner._answer(self.request)

        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        super().__init__(server)

    def _answer(self, connection: socket.socket) -> None:
        # What nobody ends is ended here: a test that fails is not to hang.
        connection.settimeout(30)
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_side=True)
        with connection:
            connection.sendall(self._greeting)
            request = b""
            while b"\r\n\r\n" not in request:
                piece = connection.recv(65_536)
                if not piece:
                    return
                request += piece
            self.requests.append(request)
            if isinstance(self._script, bytes):
                connection.sendall(self._script)
            else:
                self._script(connection)


@dataclass
class Names:
    """A resolver: each name has its answers, one for each time it is asked; the last one stays."""

    answers: dict[str, list[Sequence[str]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, seconds: float) -> Sequence[IPAddress]:
        self.asked.append(host)
        if host not in self.answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        turns = self.answers[host]
        return [ip_address(one) for one in (turns.pop(0) if len(turns) > 1 else turns[0])]


class CountingStream(httpcore.NetworkStream):
    """Counts what is read."""

    def __init__(self, stream: httpcore.NetworkStream, count: Callable[[int], None]) -> None:
        self._stream, self._count = stream, count

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, timeout)
        self._count(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout)

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        return CountingStream(
            self._stream.start_tls(ssl_context, server_hostname, timeout), self._count
        )

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@dataclass
class Internet(httpcore.NetworkBackend):
    """Connects public addresses to servers of this machine; all others refuse."""

    routes: dict[tuple[str, int], Server] = field(default_factory=dict)
    dialed: list[tuple[str, int]] = field(default_factory=list)
    bytes_read: int = 0
    heard: Callable[[], None] = lambda: None

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.dialed.append((host, port))
        server = self.routes.get((host, port))
        if server is None:
            raise httpcore.ConnectError("refused") from ConnectionRefusedError()
        stream = httpcore.SyncBackend().connect_tcp("127.0.0.1", server.port, timeout)
        return CountingStream(stream, self._count)

    def _count(self, size: int) -> None:
        self.bytes_read += size
        self.heard()


@dataclass
class Web:
    """Names, addresses and servers; a fetcher over them has the real policy."""

    names: Names = field(default_factory=Names)
    internet: Internet = field(default_factory=Internet)
    servers: list[Server] = field(default_factory=list)

    def serve(
        self,
        host: str,
        script: Script | bytes,
        *,
        address: str = PUBLIC,
        port: int = 80,
        tls: ssl.SSLContext | None = None,
        greeting: bytes = b"",
    ) -> Server:
        """Put a server behind a name at a public address."""
        server = Server(script, tls, greeting)
        self.servers.append(server)
        self.names.answers[host] = [[address]]
        self.internet.routes[address, port] = server
        return server

    def fetcher(self, limits: FetchLimits | None = None, **parts: object) -> Fetcher:
        parts = {"resolver": self.names, "dialer": self.internet, **parts}
        return Fetcher(limits or FetchLimits(), **parts)  # type: ignore[arg-type]

    def close(self) -> None:
        for server in self.servers:
            server.close()
