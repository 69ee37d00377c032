"""A Bot API without a network: a request class that answers from what a test has prepared."""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from telegram.request import BaseRequest, RequestData

BOT = {"id": 7, "is_bot": True, "first_name": "Bot", "username": "article_bot"}
TOKEN = "7:token"

Answer = Exception | tuple[int, object]


class OfflineRequest(BaseRequest):
    """Records calls, and answers them: as prepared, else as Telegram does when all is well.

    A poll for which no updates are prepared waits, as a long poll does.

    Attributes:
        calls: method and parameters of each call that was made.
        prepared: for each method, the answers to the next calls.
        batches: what the next polls bring.
        before: is told of each call before it is answered.
    """

    def __init__(self, batches: Sequence[list[dict[str, Any]]] = ()) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.prepared: dict[str, deque[Answer]] = defaultdict(deque)
        self.batches = deque(batches)
        self.before: Callable[[str], None] = lambda method: None
        self._last_message = 100

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    def texts(self) -> list[tuple[int, str]]:
        """Return what was sent: chat and text."""
        sent = [parameters for method, parameters in self.calls if method == "sendMessage"]
        return [(parameters["chat_id"], parameters["text"]) for parameters in sent]

    async def do_request(  # type: ignore[override]
        self, url: str, method: str, request_data: RequestData | None = None, **_timeouts: object
    ) -> tuple[int, bytes]:
        name = urlsplit(url).path.rpartition("/")[2]
        parameters = dict(request_data.parameters) if request_data else {}
        self.calls.append((name, parameters))
        self.before(name)
        status, answer = 200, await self._result(name, parameters)
        if self.prepared[name]:
            prepared = self.prepared[name].popleft()
            if isinstance(prepared, Exception):
                raise prepared
            status, answer = prepared
        return status, json.dumps(answer).encode()

    async def _result(self, name: str, parameters: dict[str, Any]) -> dict[str, Any]:
        result: object = True
        if name == "getMe":
            result = BOT
        elif name == "getUpdates" and not self.prepared[name]:
            if not self.batches:
                await asyncio.Event().wait()
            result = self.batches.popleft()
        elif name == "sendMessage":
            self._last_message += 1
            chat = {"id": parameters["chat_id"], "type": "private"}
            result = {"message_id": self._last_message, "date": 1, "chat": chat, "text": "sent"}
        return {"ok": True, "result": result}


def text_update(update_id: int, text: str = "Who?", chat_id: int = 1) -> dict[str, Any]:
    """Return an update as Telegram sends it: a person's message in a private chat."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_700_000_000,
            "chat": {"id": chat_id, "type": "private", "first_name": "Ann"},
            "from": {"id": chat_id, "is_bot": False, "first_name": "Ann"},
            "text": text,
        },
    }


def inline_update(update_id: int) -> dict[str, Any]:
    """Return an update in which somebody types into another chat's line."""
    person = {"id": 5, "is_bot": False, "first_name": "Ann"}
    return {
        "update_id": update_id,
        "inline_query": {"id": "q", "from": person, "query": "Who?", "offset": ""},
    }


def counted(page: bytes, name: str) -> float:
    """Return a figure of `Metrics.page()`."""
    lines = page.decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))
