"""`EmulatedTelegram`: the server, on a thread of its own."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from tests.telegram_app.emulator.bot_api import StrictBotApi
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.world import TOKEN, ApiCall, World

_Result = TypeVar("_Result")

_HOST = "127.0.0.1"
# Far more than anything takes here; a test that waits so long has failed.
PATIENCE = 20.0


class EmulatedTelegram:
    """A Telegram for one bot: `with EmulatedTelegram() as telegram: …`.

    Its methods may be called from any thread but its own.

    Attributes:
        world: all that it knows; read it inside of `wait_until`, or under `world.changed`.
        privacy: whether groups hide what is not meant for the bot, as is Telegram's default.
    """

    def __init__(self, *, privacy: bool = True) -> None:
        self.world = World()
        self.privacy = privacy
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="emulated-telegram")
        self._port = 0

    def __enter__(self) -> "EmulatedTelegram":
        """Begin to listen."""
        self._thread.start()
        self.call(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening and cut what is open."""
        self.call(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point a bot here."""
        address = f"http://{_HOST}:{self._port}"
        return {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_BASE_URL": f"{address}/bot",
            "TELEGRAM_BASE_FILE_URL": f"{address}/file/bot",
        }

    def url(self, method: str) -> str:
        """Return the address of a method."""
        return f"{self.environment['TELEGRAM_BASE_URL']}{TOKEN}/{method}"

    def call(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Have the server's thread do something, and return its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def wait_until(
        self, holds: Callable[[], object], what: str | Callable[[], str], patience: float = PATIENCE
    ) -> None:
        """Wait until something holds; it is looked at after every change.

        Args:
            holds: what is waited for.
            what: tells it, for the failure.
            patience: longest wait, in seconds.
        """
        with self.world.changed:
            if not self.world.changed.wait_for(holds, patience):
                told = what if isinstance(what, str) else what()
                raise AssertionError(f"after {patience:g} s, still not so: {told}")

    def stays_so(self, holds: Callable[[], object], what: str, seconds: float) -> None:
        """Fail if something does not hold for as long as this."""
        with self.world.changed:
            if self.world.changed.wait_for(lambda: not holds(), seconds):
                raise AssertionError(f"no longer so: {what}")

    def calls(self, method: str) -> list[ApiCall]:
        """Return the requests of a method so far."""
        with self.world.changed:
            return [call for call in self.world.calls if call.method == method]

    def refused(self) -> list[ApiCall]:
        """Return the requests that were the bot's own fault."""
        with self.world.changed:
            return [call for call in self.world.calls if call.status in {400, 403, 404, 501}]

    @property
    def webhook(self) -> dict[str, Any]:
        """What `getWebhookInfo` tells."""
        return self._api.updates.info(TOKEN)

    @property
    def unconfirmed(self) -> int:
        """How many updates the bot has not taken."""
        return self._api.updates.unconfirmed

    # How it can go wrong.

    def make(self, fault: Fault) -> None:
        """Have something go wrong with coming requests."""
        self.call(_soon(self._api.faults.add, fault))

    def clear_faults(self) -> None:
        """Have nothing more go wrong."""
        self.call(_soon(self._api.faults.clear))

    def go_dark(self) -> None:
        """Refuse every connection and cut those that are open."""
        self.call(self._stop_listening())

    def come_back(self) -> None:
        """Listen again, at the same address."""
        self.call(self._listen())

    def deliver_each(self, times: int) -> None:
        """Send each update to the webhook so many times."""
        self._api.updates.deliveries = times

    def repeat(self, *update_ids: int) -> None:
        """Send updates a second time, with their old numbers."""
        self.call(self._api.updates.repeat(update_ids))

    def webhook_statuses(self, update_id: int) -> list[int]:
        """Return what the webhook answered to an update."""
        taken = self._api.updates.delivered
        return [one.status for one in list(taken) if one.update_id == update_id]

    def send_update(self, content: dict[str, Any]) -> int:
        """Send an update; return its number."""
        return self.call(self._api.updates.add(content))

    async def _start(self) -> None:
        self._api = StrictBotApi(self.world)
        self._deliveries = asyncio.create_task(self._api.updates.deliver_forever(TOKEN))
        await self._listen()

    async def _listen(self) -> None:
        # Handlers that hang are cut: whoever asks has gone.
        self._runner = web.AppRunner(self._api.app(), access_log=None, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def _stop_listening(self) -> None:
        await self._runner.cleanup()

    async def _stop(self) -> None:
        await self._api.updates.close()
        await self._runner.cleanup()
        # Deliveries, and requests whose answers were to come late.
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)


async def _soon(work: Callable[..., object], *arguments: object) -> None:
    work(*arguments)
