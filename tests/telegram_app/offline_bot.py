"""A real bot whose requests never leave the process: they are recorded, checked and answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from telegram import LinkPreviewOptions
from telegram.ext import Defaults, ExtBot
from telegram.request import BaseRequest, RequestData

Json = dict[str, Any]

BOT_ID, BOT_NAME = 42, "article_bot"
DATE = 1_800_000_000
ANN: Json = {"id": 7, "is_bot": False, "first_name": "Ann", "last_name": "Lee"}
BOB: Json = {"id": 8, "is_bot": False, "first_name": "Bob"}
BOT: Json = {"id": BOT_ID, "is_bot": True, "first_name": "Article", "username": BOT_NAME}
PRIVATE: Json = {"id": 7, "type": "private", "first_name": "Ann"}
GROUP: Json = {"id": -100, "type": "supergroup", "title": "Readers"}

_LINK_PREVIEWS = Defaults(link_preview_options=LinkPreviewOptions(is_disabled=True))


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API, as Telegram would see it."""

    method: str
    parameters: Json


class Refused(Exception):
    """What Telegram answers to a call that it refuses."""

    def __init__(self, description: str, code: int = 400, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.answer = {
            "ok": False,
            "error_code": code,
            "description": description,
            "parameters": parameters or {},
        }
        self.code = code


@dataclass
class OfflineTelegram:
    """Answers the calls of a bot and remembers the messages of all chats.

    Attributes:
        calls: all calls that were made, refused ones too.
        messages: what stands in the chats, by chat and message id.
        refusals: what the next calls of a method are refused with; None lets one through.
        files: what people have sent, by the file's id.
        administrators: of every group.
    """

    calls: list[Call] = field(default_factory=list)
    messages: dict[tuple[int, int], Json] = field(default_factory=dict)
    refusals: dict[str, list[Refused | None]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    administrators: list[Json] = field(default_factory=list)
    _ids: "count[int]" = field(default_factory=lambda: count(1))

    def bot(self) -> ExtBot[None]:
        """Return a bot that talks to this Telegram."""
        request = _OfflineRequest(self)
        return ExtBot(
            f"{BOT_ID}:offline",
            base_url="http://offline/bot",
            request=request,
            get_updates_request=request,
            defaults=_LINK_PREVIEWS,
        )

    def refuse(self, method: str, description: str, **details: Any) -> None:  # noqa: ANN401
        """Refuse the next call of a method."""
        self.refusals.setdefault(method, []).append(Refused(description, **details))

    def made(self, method: str) -> list[Json]:
        """Return the parameters of all calls of a method."""
        return [call.parameters for call in self.calls if call.method == method]

    def put(self, chat: Json, sender: Json, text: str | None, **fields: Any) -> Json:  # noqa: ANN401
        """Put a message into a chat, as if it had been sent."""
        message_id = next(self._ids)
        message = {
            "message_id": message_id,
            "date": DATE,
            "chat": chat,
            "from": sender,
            **({} if text is None else {"text": text}),
            **fields,
        }
        self.messages[chat["id"], message_id] = message
        return message

    def by_bot(self, chat_id: int = PRIVATE["id"]) -> list[Json]:
        """Return the bot's messages that stand in a chat, in order."""
        found = sorted(self.messages.items())
        return [one for (where, _), one in found if where == chat_id and one["from"] == BOT]

    def answer(self, method: str, parameters: Json) -> Any:  # noqa: ANN401
        """Return the result of a call.

        Raises:
            Refused: as Telegram would.
        """
        self.calls.append(Call(method, parameters))
        waiting = self.refusals.get(method)
        refusal = waiting.pop(0) if waiting else None
        if refusal is not None:
            raise refusal
        handle = getattr(self, f"_{method}", None)
        return True if handle is None else handle(parameters)

    def _getMe(self, _parameters: Json) -> Json:  # noqa: N802
        return BOT

    def _sendMessage(self, parameters: Json) -> Json:  # noqa: N802
        _check_text(parameters)
        chat_id = parameters["chat_id"]
        chat = GROUP if chat_id < 0 else PRIVATE
        fields = {key: parameters[key] for key in ("entities", "reply_markup") if key in parameters}
        if "message_thread_id" in parameters:
            fields["message_thread_id"] = parameters["message_thread_id"]
            fields["is_topic_message"] = True
        self._check_reply(chat_id, parameters.get("reply_parameters"))
        return self.put({**chat, "id": chat_id}, BOT, parameters["text"], **fields)

    def _getFile(self, parameters: Json) -> Json:  # noqa: N802
        file_id = parameters["file_id"]
        if file_id not in self.files:
            raise Refused("Bad Request: wrong file_id or the file is temporarily unavailable")
        size = len(self.files[file_id])
        return {
            **{"file_id": file_id, "file_unique_id": file_id, "file_size": size},
            "file_path": f"documents/{file_id}",
        }

    def _getChatAdministrators(self, _parameters: Json) -> list[Json]:  # noqa: N802
        return [
            {"status": "creator", "user": person, "is_anonymous": False}
            for person in self.administrators
        ]

    def _check_reply(self, chat_id: int, reply: Json | None) -> None:
        if reply is None:
            return
        target = self.messages.get((chat_id, reply["message_id"]))
        if target is None:
            if reply.get("allow_sending_without_reply"):
                return
            raise Refused("Bad Request: message to be replied not found")
        if "quote" in reply:
            units = target["text"].encode("utf-16-le")
            start = 2 * reply["quote_position"]
            quote = reply["quote"].encode("utf-16-le")
            if len(quote) > 2 * 1024 or units[start : start + len(quote)] != quote:
                raise Refused("Bad Request: QUOTE_TEXT_INVALID")

    def _editMessageText(self, parameters: Json) -> Json:  # noqa: N802
        _check_text(parameters)
        return self._edit(parameters, ("text", "entities", "reply_markup"))

    def _editMessageReplyMarkup(self, parameters: Json) -> Json:  # noqa: N802
        return self._edit(parameters, ("reply_markup",))

    def _edit(self, parameters: Json, keys: tuple[str, ...]) -> Json:
        place = parameters["chat_id"], parameters["message_id"]
        before = self.messages.get(place)
        if before is None:
            raise Refused("Bad Request: message to edit not found")
        kept = {key: value for key, value in before.items() if key not in keys}
        after = {**kept, **{key: parameters[key] for key in keys if key in parameters}}
        if after == before:
            raise Refused("Bad Request: message is not modified: specified new message content")
        self.messages[place] = after
        return after

    def _deleteMessage(self, parameters: Json) -> bool:  # noqa: N802
        place = parameters["chat_id"], parameters["message_id"]
        if self.messages.pop(place, None) is None:
            raise Refused("Bad Request: message to delete not found")
        return True


class _OfflineRequest(BaseRequest):
    """Hands each request to an `OfflineTelegram`."""

    def __init__(self, offline: OfflineTelegram) -> None:
        self._offline = offline

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        *_timeouts: object,
        **_more_timeouts: object,
    ) -> tuple[int, bytes]:
        parameters = dict(request_data.parameters) if request_data is not None else {}
        if "/file/" in url:
            return 200, self._offline.files[url.rpartition("/")[2]]
        try:
            result = self._offline.answer(url.rpartition("/")[2], parameters)
        except Refused as refused:
            return refused.code, json.dumps(refused.answer).encode()
        return 200, json.dumps({"ok": True, "result": result}).encode()


def labels(message: Mapping[str, Any]) -> list[list[str]]:
    """Return what stands on a message's buttons, by row."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def button(message: Mapping[str, Any], label: str) -> Json:
    """Return the button with this label."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(one for row in rows for one in row if one["text"] == label)


def _check_text(parameters: Json) -> None:
    units = len(parameters["text"].encode("utf-16-le")) // 2
    if units > 4096:
        raise Refused("Bad Request: message is too long")
    if not parameters["text"].strip():
        raise Refused("Bad Request: message text is empty")
    if not parameters["link_preview_options"]["is_disabled"]:
        raise Refused("this bot shows no link previews")
    for entity in parameters.get("entities", []):
        if entity["length"] < 1 or entity["offset"] + entity["length"] > units:
            raise Refused("Bad Request: ENTITY_BOUNDS_INVALID")
