"""Updates on their way to the bot, by polling and by webhook."""

import asyncio
import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from lo_bot_api_emulator.updates import (  # type: ignore[import-untyped]
    UpdateQueues,
    allowed_updates,
    integer,
)

from tests.telegram_app.emulator.refusal import refusal

Update = dict[str, Any]

_RETRY_SECONDS = 0.05
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
    "running"
)


@dataclass(slots=True)
class Delivered:
    """How an update was taken by the webhook.

    Attributes:
        update_id: of the update.
        status: HTTP status; 0 where there was no answer.
    """

    update_id: int
    status: int


class Updates(UpdateQueues):  # type: ignore[misc]
    """The updates that the bot has not confirmed; all methods run on the server's event loop.

    As Telegram does it: a new poll ends the one before, an update that the webhook does not take
    is sent again until it does.

    Args:
        on_change: called when updates were confirmed or delivered.

    Attributes:
        deliveries: how often each is sent to the webhook.
        delivered: what the webhook said.
    """

    def __init__(self, on_change: Callable[[], None]) -> None:
        super().__init__(record=lambda _item: None, insecure_webhooks=True)
        self._on_change = on_change
        self.deliveries = 1
        self.delivered: list[Delivered] = []
        self._waiting: list[Update] = []
        self._old: dict[int, Update] = {}
        self._changed = asyncio.Condition()
        self._poll_number = 0
        self._next_id = 1000
        self._is_closing = False

    async def add(self, content: Update) -> int:
        """Send an update; return its number."""
        update = {"update_id": self._next_id, **copy.deepcopy(content)}
        self._next_id += 1
        await self._put([update])
        return int(update["update_id"])

    async def repeat(self, update_ids: Iterable[int]) -> None:
        """Send updates again that were sent before, with their old numbers."""
        await self._put([self._old[number] for number in update_ids])

    @property
    def unconfirmed(self) -> int:
        """How many the bot has not confirmed."""
        return len(self._waiting)

    async def poll(self, token: str, fields: Update, **_: object) -> list[Update]:
        """Answer `getUpdates`."""
        limit = integer(fields.get("limit", 100), 1, 100)
        timeout = integer(fields.get("timeout", 0), 0, 50)
        offset = integer(fields.get("offset", 0), 0, 2**63 - 1)
        state = self._state(token)
        if "allowed_updates" in fields:
            state.allowed = allowed_updates(fields["allowed_updates"])
        self._poll_number += 1
        mine = self._poll_number
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        async with self._changed:
            self._changed.notify_all()
            self._waiting = [one for one in self._waiting if one["update_id"] >= offset]
            self._on_change()
            while True:
                if mine != self._poll_number:
                    raise refusal(_CONFLICT, 409)
                if state.url:
                    raise refusal("Conflict: can't use getUpdates method while webhook is on", 409)
                found = [one for one in self._waiting if _is_allowed(one, state.allowed)][:limit]
                left = deadline - loop.time()
                if found or left <= 0 or self._is_closing:
                    return found
                await _wait(self._changed, left)

    async def deliver(self, token: str) -> int:
        """Have the webhook's deliveries look for work; they run in `deliver_forever`."""
        async with self._changed:
            self._changed.notify_all()
        return 0

    async def deliver_forever(self, token: str) -> None:
        """Send what waits to the webhook, where there is one, one after the other."""
        state = self._state(token)
        async with ClientSession(timeout=ClientTimeout(total=5)) as client:
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: bool(state.url and self._waiting))
                    update = self._waiting[0]
                if not _is_allowed(update, state.allowed):
                    self._waiting.remove(update)
                    continue
                headers = {"X-Telegram-Bot-Api-Secret-Token": state.secret} if state.secret else {}
                status = 0
                for _ in range(self.deliveries):
                    status = await _post(client, state.url, update, headers)
                    self.delivered.append(Delivered(update["update_id"], status))
                is_taken = status // 100 == 2
                if is_taken:
                    self._waiting.remove(update)
                self._on_change()
                if not is_taken:
                    await asyncio.sleep(_RETRY_SECONDS)

    async def close(self) -> None:
        """Let the polls that wait come back."""
        async with self._changed:
            self._is_closing = True
            self._changed.notify_all()

    def info(self, token: str) -> dict[str, Any]:
        """Answer `getWebhookInfo`."""
        return {**super().info(token), "pending_update_count": len(self._waiting)}

    async def _put(self, updates: list[Update]) -> None:
        async with self._changed:
            self._old |= {update["update_id"]: update for update in updates}
            self._waiting.extend(updates)
            self._changed.notify_all()


def _is_allowed(update: Update, allowed: list[str]) -> bool:
    return not allowed or any(kind in update for kind in allowed)


async def _wait(condition: asyncio.Condition, seconds: float) -> None:
    try:
        await asyncio.wait_for(condition.wait(), seconds)
    except TimeoutError:
        return


async def _post(client: ClientSession, url: str, update: Update, headers: dict[str, str]) -> int:
    headers = {**headers, "Content-Type": "application/json"}
    try:
        body = json.dumps(update).encode()
        async with client.post(url, data=body, headers=headers) as response:
            return response.status
    except (ClientError, TimeoutError):
        return 0
