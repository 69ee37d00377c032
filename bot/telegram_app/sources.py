"""Where updates come from: the bot asks Telegram for them, or Telegram delivers them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from telegram.error import TelegramError

from bot.settings import Settings
from bot.telegram_app.connecting import Connecting
from bot.telegram_app.intake import AnyApplication, Intake
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.polling import Polling
from bot.telegram_app.web import WebServer, webhook_app
from bot.telegram_app.webhook_keys import open_webhook_keys

_LOGGER = logging.getLogger(__name__)


class Source(Protocol):
    """Brings updates into an application's queue, stored before."""

    async def start(self, connecting: Connecting) -> None:
        """Begin to bring updates; raises what `Connecting` raises."""
        ...

    async def ended(self) -> None:
        """Wait until it has ended by a bug, and raise that."""
        ...

    async def stop(self) -> None:
        """Bring no more."""
        ...

    async def close(self) -> None:
        """Do what is left once all updates are handled."""
        ...


class PollingSource:
    """Asks Telegram for updates."""

    def __init__(
        self,
        application: AnyApplication,
        allowed_updates: Sequence[str],
        on_error: Callable[[TelegramError], Awaitable[None]],
        metrics: Metrics,
    ) -> None:
        """Bring updates to an application.

        Args:
            application: handles them; not started yet.
            allowed_updates: the kinds that are asked for.
            on_error: is told of each failure.
            metrics: watch that polls succeed.
        """
        self._application = application
        self._polling = Polling(application.bot, allowed_updates, on_error)
        # From now on, also while Telegram is not reached at all.
        metrics.start_polling()
        self._task: asyncio.Task[None] | None = None

    async def start(self, connecting: Connecting) -> None:
        """Take back a webhook that may be set, for Telegram does not do both; then ask."""
        await connecting.until_done(self._application.bot.delete_webhook)
        self._task = asyncio.create_task(self._polling.run(self._application.update_queue))
        _LOGGER.info("polling")

    async def ended(self) -> None:
        """Wait until asking has ended by a bug."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def stop(self) -> None:
        """Ask no more; what was received is stored."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def close(self) -> None:
        """Tell Telegram what was received."""
        if self._task is not None:
            await self._polling.confirm()


class WebhookSource:
    """Has Telegram deliver updates."""

    def __init__(
        self,
        application: AnyApplication,
        allowed_updates: Sequence[str],
        intake: Intake,
        settings: Settings,
    ) -> None:
        """Bring updates to an application.

        Args:
            application: handles them; not started yet.
            allowed_updates: the kinds that are delivered.
            intake: stores them.
            settings: name the addresses.

        Raises:
            StoreError: if the data directory does not take the webhook's secrets.
        """
        own = settings.webhook_secret
        keys = open_webhook_keys(settings.data_dir, own.get_secret_value() if own else None)
        self._application = application
        self._allowed_updates = allowed_updates
        self._url = f"{(settings.webhook_url or '').rstrip('/')}{keys.path}"
        self._secret = keys.secret
        app = webhook_app(keys.path, keys.secret, lambda raw: intake.receive(raw, application))
        host, port = settings.webhook_listen, settings.webhook_port
        self._server = WebServer(app, host, port, "WEBHOOK_PORT")

    async def start(self, connecting: Connecting) -> None:
        """Listen, and only then tell Telegram where: it delivers at once."""
        port = await self._server.start()
        await connecting.until_done(
            lambda: self._application.bot.set_webhook(
                self._url, allowed_updates=self._allowed_updates, secret_token=self._secret
            )
        )
        _LOGGER.info("webhook set", extra={"port": port})

    async def ended(self) -> None:
        """Wait until the server has ended by a bug."""
        await self._server.ended()

    async def stop(self) -> None:
        """Take no more; Telegram keeps what it cannot deliver."""
        await self._server.stop()

    async def close(self) -> None:
        """Do nothing: the webhook stays set, for the next start."""
