import asyncio
import json
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import pytest

from bot.telegram_app.metrics import Metrics
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.web import WebServer, monitoring_app, webhook_app
from index.errors import SettingsError

SECRET = "hunter2-hunter2"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {"update_id": 1}

Use = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


class Taken:
    """Takes updates, or fails to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.updates: list[Mapping[str, Any]] = []
        self.error = error

    async def __call__(self, update: Mapping[str, Any]) -> None:
        if self.error is not None:
            raise self.error
        self.updates.append(update)


def asked(app: Any, use: Use) -> httpx.Response:  # noqa: ANN401
    """Serve an application, use it over HTTP, and return the response."""

    async def serve() -> httpx.Response:
        server = WebServer(app, "127.0.0.1", 0, "PORT")
        port = await server.start()
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
                return await use(client)
        finally:
            await server.stop()

    return asyncio.run(serve())


def delivered(
    taken: Taken, content: bytes, path: str = "/path", secret: str | None = SECRET
) -> int:
    headers = {} if secret is None else {HEADER: secret}
    app = webhook_app("/path", SECRET, taken)
    return asked(
        app, lambda client: client.post(path, content=content, headers=headers)
    ).status_code


def test_an_update_with_the_secret_is_taken() -> None:
    taken = Taken()

    assert delivered(taken, json.dumps(UPDATE).encode()) == 200
    assert taken.updates == [UPDATE]


@pytest.mark.parametrize("secret", [None, "", "hunter2", SECRET + "x", "naïve"])
def test_without_the_secret_nothing_is_taken(secret: str | None) -> None:
    taken = Taken()
    headers = {} if secret is None else {HEADER: secret.encode()}
    app = webhook_app("/path", SECRET, taken)

    response = asked(app, lambda client: client.post("/path", json=UPDATE, headers=headers))

    assert response.status_code == 403
    assert taken.updates == []


def test_another_path_leads_nowhere() -> None:
    taken = Taken()

    assert delivered(taken, json.dumps(UPDATE).encode(), path="/other") == 404
    assert taken.updates == []


def test_updates_are_posted() -> None:
    app = webhook_app("/path", SECRET, Taken())

    response = asked(app, lambda client: client.get("/path", headers={HEADER: SECRET}))

    assert response.status_code == 405


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b"\xff\xfe", b'"text"'])
def test_what_is_no_update_is_refused(content: bytes) -> None:
    taken = Taken()

    assert delivered(taken, content) == 400
    assert taken.updates == []


def test_a_body_that_no_update_has_is_refused() -> None:
    taken = Taken()
    small, large = (json.dumps({"text": "x" * size}).encode() for size in (900_000, 1_000_000))

    assert (delivered(taken, small), delivered(taken, large)) == (200, 413)
    assert len(taken.updates) == 1


def test_an_update_that_is_not_stored_comes_again(caplog: pytest.LogCaptureFixture) -> None:
    assert delivered(Taken(StoreError("The disk is full.")), b"{}") == 503
    assert caplog.messages[0] == "An update was not taken, and comes again: The disk is full."


def test_health_follows_the_polls() -> None:
    now = [0.0]
    metrics = Metrics(lambda: now[0])
    app = monitoring_app(metrics)
    metrics.start_polling()
    healthy = asked(app, lambda client: client.get("/healthz"))
    now[0] = 91

    deaf = asked(app, lambda client: client.get("/healthz"))

    assert (healthy.status_code, healthy.text) == (200, "ok")
    assert deaf.status_code == 503


def test_figures_are_served_as_prometheus_reads_them() -> None:
    metrics = Metrics()
    metrics.questions.inc(5)

    response = asked(monitoring_app(metrics), lambda client: client.get("/metrics"))

    assert response.headers["content-type"].startswith("text/plain; version=")
    assert "article_bot_questions_total 5.0" in response.text.splitlines()


def test_a_response_does_not_say_what_serves_it() -> None:
    response = asked(monitoring_app(Metrics()), lambda client: client.get("/healthz"))

    assert "server" not in response.headers


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = WebServer(monitoring_app(Metrics()), "127.0.0.1", port, "METRICS_PORT")

        with pytest.raises(SettingsError, match=f"port {port} of 127.0.0.1: .* Set METRICS_PORT"):
            asyncio.run(server.start())


def test_an_address_of_no_machine_is_named() -> None:
    server = WebServer(monitoring_app(Metrics()), "no-such-host.invalid", 80, "WEBHOOK_PORT")

    with pytest.raises(SettingsError, match="port 80 of no-such-host.invalid: "):
        asyncio.run(server.start())


def test_a_server_leaves_the_signals_alone() -> None:
    told: list[int] = []

    async def serve() -> bool:
        server = WebServer(monitoring_app(Metrics()), "127.0.0.1", 0, "PORT")
        port = await server.start()
        os.kill(os.getpid(), signal.SIGTERM)
        async with httpx.AsyncClient() as client:
            response = await client.get(f"http://127.0.0.1:{port}/healthz")
        await server.stop()
        return response.is_success

    before = signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    try:
        assert asyncio.run(serve())
    finally:
        signal.signal(signal.SIGTERM, before)
    assert told == [signal.SIGTERM]


def test_a_server_that_was_not_started_may_be_stopped() -> None:
    server = WebServer(monitoring_app(Metrics()), "127.0.0.1", 0, "PORT")

    asyncio.run(server.stop())


def test_a_request_that_is_under_way_is_answered_before_the_end() -> None:
    async def serve() -> int:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slowly(_update: Mapping[str, Any]) -> None:
            begun.set()
            await go_on.wait()

        server = WebServer(webhook_app("/path", SECRET, slowly), "127.0.0.1", 0, "PORT")
        port = await server.start()
        async with httpx.AsyncClient() as client:
            url, headers = f"http://127.0.0.1:{port}/path", {HEADER: SECRET}
            asking = asyncio.create_task(client.post(url, json=UPDATE, headers=headers))
            await begun.wait()
            stopping = asyncio.create_task(server.stop())
            asyncio.get_running_loop().call_later(0.05, go_on.set)
            response, _ = await asyncio.gather(asking, stopping)
        return response.status_code

    assert asyncio.run(serve()) == 200
