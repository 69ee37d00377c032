"""The bot's web servers: for updates that Telegram delivers, and for an operator's monitoring."""

import asyncio
import contextlib
import hmac
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Generator, Mapping
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.telegram_app.metrics import Metrics
from bot.telegram_app.store.errors import StoreError
from index.errors import SettingsError

_LOGGER = logging.getLogger(__name__)

# Telegram's updates have some kilobytes; the longest message has 4096 characters and 100 entities.
_MAX_BODY_BYTES = 1_000_000
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Requests that are under way when a server stops are given so many seconds.
_GRACE_SECONDS = 5

Receive = Callable[[Mapping[str, Any]], Awaitable[None]]


def webhook_app(path: str, secret: str, receive: Receive) -> Starlette:
    """Return what takes the updates that Telegram delivers.

    Telegram delivers an update again until it is answered with 200: that is answered only once the
    update is stored.

    Args:
        path: of the address that Telegram knows, with a slash in front.
        secret: that Telegram sends along; without it nothing is read.
        receive: stores an update, and has it handled; raises `StoreError` if it cannot.
    """

    async def take(request: Request) -> Response:
        given = request.headers.get(_SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("wrong secret", 403)
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
        except ValueError:
            update = None
        if not isinstance(update, dict):
            return PlainTextResponse("no update", 400)
        try:
            await receive(update)
        except StoreError as error:
            _LOGGER.error("An update was not taken, and comes again: %s", error)
            return PlainTextResponse("not stored", 503)
        return PlainTextResponse("taken")

    return Starlette(routes=[Route(path, take, methods=["POST"])])


def monitoring_app(metrics: Metrics) -> Starlette:
    """Return what serves `/healthz` (200, or 503 when polls stopped) and `/metrics`."""

    async def health(_request: Request) -> Response:
        if metrics.is_healthy():
            return PlainTextResponse("ok")
        return PlainTextResponse("no answer from Telegram for a while", 503)

    async def figures(_request: Request) -> Response:
        content, content_type = metrics.page()
        return Response(content, media_type=content_type)

    return Starlette(routes=[Route("/healthz", health), Route("/metrics", figures)])


class WebServer:
    """Serves an application on one address, in the running event loop."""

    def __init__(self, app: Starlette, host: str, port: int, setting: str) -> None:
        """Prepare a server.

        Args:
            app: what is served.
            host: address of this machine.
            port: 0 for any that is free.
            setting: the setting that names the port, for the error message.
        """
        self._app = app
        self._host, self._port, self._setting = host, port, setting
        self._server: _Server | None = None
        self._serving: asyncio.Task[None] | None = None

    async def start(self) -> int:
        """Begin to serve.

        Returns:
            The port.

        Raises:
            SettingsError: if the address cannot be listened on.
        """
        listener = self._listener()
        # No access log: the webhook's path is a secret. Nor a line about what serves.
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            lifespan="off",
            ws="none",
            http="h11",
            server_header=False,
            timeout_graceful_shutdown=_GRACE_SECONDS,
        )
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve(sockets=[listener]))
        ready = asyncio.create_task(self._server.ready.wait())
        await asyncio.wait({self._serving, ready}, return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if self._serving.done():
            await self._serving  # raises what went wrong
        port: int = listener.getsockname()[1]
        return port

    async def ended(self) -> None:
        """Wait until it has ended, and raise what ended it."""
        if self._serving is not None:
            await asyncio.shield(self._serving)

    async def stop(self) -> None:
        """End, once the requests that are under way are answered."""
        if self._server is not None and self._serving is not None:
            self._server.should_exit = True
            await asyncio.gather(self._serving, return_exceptions=True)

    def _listener(self) -> socket.socket:
        try:
            family, _, _, _, address = socket.getaddrinfo(
                self._host, self._port, type=socket.SOCK_STREAM
            )[0]
            return socket.create_server(address[:2], family=family)
        except OSError as error:
            raise SettingsError(
                f"Nothing can listen on port {self._port} of {self._host}: "
                f"{error.strerror or error}. Set {self._setting} to a free one."
            ) from error


class _Server(uvicorn.Server):
    """Leaves the process's signals alone, and tells when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


async def _body(request: Request) -> bytes | None:
    """Return a request's body, or None if it is larger than any update."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _MAX_BODY_BYTES:
            return None
    return bytes(body)
