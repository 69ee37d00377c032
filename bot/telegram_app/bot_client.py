"""`DurableBot`: the client of the Bot API, which stores updates before it hands them over."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import LinkPreviewOptions
from telegram.error import TelegramError
from telegram.ext import AIORateLimiter, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.settings import Settings
from bot.telegram_app.intake import Intake
from bot.telegram_app.metrics import Metrics
from bot.telegram_app.raw_updates import parsed
from bot.telegram_app.store.errors import StoreError
from index.errors import SettingsError

_GET_UPDATES = "getUpdates"
_NOT_THROTTLED = "sendChatAction"

_CONNECT_SECONDS = 10.0
_READ_SECONDS = 20.0
_POOL_SECONDS = 10.0
_CONNECTIONS = 64
# One would do, were it not that a poll that was torn down in mid-flight can block its connection:
# the bot would be alive and deaf.
_POLLING_CONNECTIONS = 8

Json = dict[str, Any]


class DurableBot(ExtBot["MessageRateLimiter"]):
    """A bot whose updates are stored before Telegram hears that they were received.

    Asking for updates confirms those of the time before: an update that was only in memory then is
    lost with the process.
    """

    def __init__(self, token: str, intake: Intake, metrics: Metrics, **options: Any) -> None:  # noqa: ANN401 - those of ExtBot
        """Make a client.

        Args:
            token: of the bot.
            intake: stores updates.
            metrics: notes when updates were last received.
            options: of `ExtBot`.
        """
        super().__init__(token, **options)
        self._intake = intake
        self._metrics = metrics
        self._next_update: int | None = None

    async def _do_post(
        self,
        endpoint: str,
        data: Json,
        **timeouts: Any,  # noqa: ANN401 - those of Bot
    ) -> bool | Json | list[Json]:
        # Every call of the API goes through here; `get_updates` itself shows no raw updates.
        if endpoint != _GET_UPDATES:
            return await super()._do_post(endpoint, data, **timeouts)
        if self._next_update is not None:
            # Whoever polls only knows of the updates that were handed over: if all were known
            # before, the same ones would come again and again.
            data = {**data, "offset": self._next_update}
        raw = await super()._do_post(endpoint, data, **timeouts)
        return await self._stored(raw) if isinstance(raw, list) else raw

    async def _stored(self, raw: list[Json]) -> list[Json]:
        """Store updates and return those that are new.

        Raises:
            TelegramError: if that fails; they are then not confirmed, and come again.
        """
        readable = [update for update in raw if parsed(update, self) is not None]
        try:
            new = set(await self._intake.take(readable)) if readable else set()
        except StoreError as error:
            raise TelegramError(str(error)) from error
        numbers = [n for n in (update.get("update_id") for update in raw) if isinstance(n, int)]
        if numbers:
            self._next_update = numbers[-1] + 1
        self._metrics.poll_succeeded()
        return [update for update in readable if update["update_id"] in new]


class MessageRateLimiter(AIORateLimiter):
    """Keeps to Telegram's limits for messages.

    "typing" counts for none of them, and would use up the few messages a minute of a group. Where
    Telegram asks to wait in spite of it, `Outbox` does so, for that one message, and ends with the
    bot: this class would have all others wait, too.
    """

    def __init__(self) -> None:
        """Take the limits that Telegram documents."""
        super().__init__(max_retries=0)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | Json | list[Json]]],
        args: Any,  # noqa: ANN401
        kwargs: Json,
        endpoint: str,
        data: Json,
        rate_limit_args: int | None,
    ) -> bool | Json | list[Json]:
        """Call the API as soon as the limits allow it; see the base class."""
        if endpoint == _NOT_THROTTLED:
            return await callback(*args, **kwargs)
        return await super().process_request(
            callback, args, kwargs, endpoint, data, rate_limit_args
        )


def durable_bot(settings: Settings, intake: Intake, metrics: Metrics) -> DurableBot:
    """Return the client that the settings describe.

    Args:
        settings: token and addresses.
        intake: stores updates.
        metrics: notes when updates were last received.

    Raises:
        SettingsError: if there is no token.
    """
    if settings.telegram_token is None:
        raise SettingsError("There is no TELEGRAM_TOKEN. Set it to the token from @BotFather.")
    return DurableBot(
        settings.telegram_token.get_secret_value(),
        intake,
        metrics,
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=request_of(_CONNECTIONS),
        get_updates_request=request_of(_POLLING_CONNECTIONS),
        defaults=Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True)),
        rate_limiter=MessageRateLimiter(),
    )


def request_of(connections: int) -> HTTPXRequest:
    """Return what carries requests, with patience for a slow network.

    Args:
        connections: how many at a time.
    """
    return HTTPXRequest(
        connection_pool_size=connections,
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        write_timeout=_READ_SECONDS,
        pool_timeout=_POOL_SECONDS,
    )
