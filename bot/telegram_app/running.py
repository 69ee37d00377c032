"""`article-bot telegram`: starting, running and stopping the bot."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.article_pipelines import ArticlePipelines
from bot.console import ConsoleReporter
from bot.settings import Settings
from bot.telegram_app.connecting import Connecting, refuse_bad_token
from bot.telegram_app.instance import only_instance
from bot.telegram_app.intake import set_aside
from bot.telegram_app.logging_setup import service_log
from bot.telegram_app.menu import announce
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.question_queue import QuestionQueue
from bot.telegram_app.retention import forget_daily
from bot.telegram_app.signals import stopped_by_signals
from bot.telegram_app.stopping import Stopping
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from bot.telegram_app.suggestions import suggested_questions
from bot.telegram_app.web import WebServer, monitoring_app
from bot.telegram_app.wiring import Asked, Parts, assemble
from index.errors import ArticleBotError
from index.library.library import Library

_LOGGER = logging.getLogger(__name__)
_LOOPBACK = "127.0.0.1"
_FAILED = 2


def run(settings: Settings, token: str) -> int:
    """Run the bot until it is told to stop by SIGTERM or SIGINT.

    Index and models are loaded before the first update is taken.

    Args:
        settings: of the bot.
        token: of the bot, the one in the settings.

    Returns:
        The exit code: 0, or 2 after a bug, which is in the log.

    Raises:
        ArticleBotError: if something that the settings name cannot be used.
    """
    secrets = [token]
    if settings.webhook_secret is not None:
        secrets.append(settings.webhook_secret.get_secret_value())
    with service_log(secrets):
        try:
            with only_instance(settings.data_dir):
                asyncio.run(refuse_bad_token(settings, token))
                asyncio.run(_until_signalled(settings, _load(settings)))
        except ArticleBotError:
            raise
        except Exception:
            # Here, where the token is hidden.
            _LOGGER.critical("a bug ended article-bot; please report this line", exc_info=True)
            return _FAILED
    return 0


def _load(settings: Settings) -> Asked:
    reporter, library = ConsoleReporter(), Library(settings.data_dir)
    pipelines = ArticlePipelines(settings, library, reporter)
    with reporter.working("Loading the model"):
        default = pipelines.default()
        return Asked(default, suggested_questions(default), pipelines, library)


async def _until_signalled(settings: Settings, asked: Asked) -> None:
    stop = asyncio.Event()
    with stopped_by_signals(stop):
        await serve(settings, asked, stop)


async def serve(settings: Settings, asked: Asked, stop: asyncio.Event) -> None:
    """Answer what is asked until told to stop; what was begun is brought to its end.

    Args:
        settings: of the bot, with a token.
        asked: what is asked.
        stop: ends the bot when it is set.

    Raises:
        ArticleBotError: if something that the settings name cannot be used.
    """
    asyncio.get_running_loop().set_exception_handler(_log_failed_task)
    store = SqliteStore.open(store_path(settings.data_dir))
    try:
        running = assemble(settings, asked, store)
        async with _monitored(settings, running.services.metrics):
            watching = asyncio.create_task(_stop_queue(stop, running.services.queue))
            try:
                await _run(settings, running, stop)
            except Stopping:
                _LOGGER.info("stopped before Telegram was reached")
            finally:
                watching.cancel()
                await _end(running)
    finally:
        await store.close()
    _LOGGER.info("stopped")


async def _run(settings: Settings, running: Parts, stop: asyncio.Event) -> None:
    """Start, and return when told to stop."""
    application, queue = running.application, running.services.queue
    connecting = Connecting(settings, queue.stopping)
    await connecting.initialize(application)
    # What was taken before the last end comes first.
    await running.intake.replay(application)
    await application.start()
    await running.source.start(connecting)
    _LOGGER.info("ready", extra={"bot": f"@{application.bot.username}"})
    async with _in_background(
        announce(application.bot, takes_articles=settings.allow_uploads),
        forget_daily(running.services),
    ):
        ended = asyncio.create_task(running.source.ended())
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait({ended, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if ended.done():
            ended.result()  # raises what ended it
        ended.cancel()


async def _end(running: Parts) -> None:
    """Bring to its end what was begun; the store keeps the rest for the next start."""
    application, queue = running.application, running.services.queue
    _LOGGER.info("stopping", extra={"waiting": queue.waiting})
    queue.stop()
    await running.source.stop()
    set_aside(application)
    if application.running:
        await application.stop()
    await running.source.close()
    await running.notes.close()
    await application.shutdown()
    await application.bot.shutdown()  # where the application never got ready
    queue.close()


def _log_failed_task(_loop: asyncio.AbstractEventLoop, what: dict[str, Any]) -> None:
    # asyncio's own line shows the exception's message, which may be what a person wrote.
    error = what.get("exception")
    _LOGGER.error("a task failed; please report this line", exc_info=error or False)


async def _stop_queue(stop: asyncio.Event, queue: QuestionQueue) -> None:
    """Have whatever waits know at once that the bot stops."""
    await stop.wait()
    queue.stop()


@asynccontextmanager
async def _monitored(settings: Settings, metrics: Metrics) -> AsyncIterator[None]:
    """Serve health and figures, if the settings name a port, to the very end."""
    if settings.metrics_port is None:
        yield
        return
    server = WebServer(monitoring_app(metrics), _LOOPBACK, settings.metrics_port, "METRICS_PORT")
    await server.start()
    try:
        yield
    finally:
        await server.stop()


@asynccontextmanager
async def _in_background(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
