"""`StrictBotApi`: the methods of the Bot API that the bot uses, over HTTP."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web
from lo_bot_api_emulator import ApiRefusal, LoBotApiEmulator  # type: ignore[import-untyped]
from lo_bot_api_emulator.updates import UpdateError  # type: ignore[import-untyped]

from tests.telegram_app.emulator import answering, sending
from tests.telegram_app.emulator.faults import Fault, Faults
from tests.telegram_app.emulator.refusal import refusal
from tests.telegram_app.emulator.updates import Updates
from tests.telegram_app.emulator.world import TOKEN, ApiCall, World

Fields = dict[str, Any]
Method = Callable[[World, Fields], Any]

_MESSAGE = {"chat_id", "text", "entities", "link_preview_options", "reply_markup"}
# What each method takes: any other parameter is a mistake, though Telegram overlooks it.
_METHODS: dict[str, tuple[Method, set[str]]] = {
    "getMe": (answering.get_me, set()),
    "getChat": (answering.get_chat, {"chat_id"}),
    "getChatAdministrators": (answering.get_administrators, {"chat_id", "return_bots"}),
    "getFile": (answering.get_file, {"file_id"}),
    "sendMessage": (
        sending.send_message,
        _MESSAGE | {"message_thread_id", "disable_notification", "reply_parameters"},
    ),
    "editMessageText": (sending.edit_text, _MESSAGE | {"message_id"}),
    "editMessageReplyMarkup": (
        sending.edit_keyboard,
        {"chat_id", "message_id", "reply_markup"},
    ),
    "deleteMessage": (sending.delete_message, {"chat_id", "message_id"}),
    "deleteMessages": (sending.delete_messages, {"chat_id", "message_ids"}),
    "sendChatAction": (sending.send_chat_action, {"chat_id", "message_thread_id", "action"}),
    "answerCallbackQuery": (
        answering.answer_press,
        {"callback_query_id", "text", "show_alert", "url", "cache_time"},
    ),
    "answerInlineQuery": (
        answering.answer_inline_query,
        {"inline_query_id", "results", "cache_time", "is_personal", "next_offset", "button"},
    ),
    "setMyCommands": (answering.set_commands, {"commands", "scope", "language_code"}),
    "deleteMyCommands": (answering.delete_commands, {"scope", "language_code"}),
    "setMyDescription": (answering.set_description, {"description", "language_code"}),
    "setMyShortDescription": (
        answering.set_short_description,
        {"short_description", "language_code"},
    ),
    "setChatMenuButton": (answering.set_menu_button, {"chat_id", "menu_button"}),
}
# How downloads are named among the requests; the API has no method for them.
DOWNLOAD = "download"
_JSON_FIELDS = {
    *("entities", "reply_markup", "reply_parameters", "link_preview_options", "message_ids"),
    *("commands", "scope", "allowed_updates", "results", "menu_button", "button", "chat_id"),
    *("message_id", "message_thread_id", "cache_time", "show_alert", "is_personal"),
    *("disable_notification", "drop_pending_updates"),
}


class StrictBotApi(LoBotApiEmulator):  # type: ignore[misc]
    """The Bot API of one bot. Runs on the server's event loop."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.updates = Updates(on_change=world.notify)
        self.faults = Faults()
        self._update_queues = self.updates

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, or make the fault that a test has asked for."""
        method = request.match_info["method"]
        try:
            raw, _uploads = await self.read_request(request)
        except ConnectionResetError:
            # Whoever asks has changed its mind, as "typing" does when there is an answer.
            return web.Response(status=400)
        fields = _parsed(raw)
        fault = self.faults.take(method, fields) or Fault(method)
        await asyncio.sleep(fault.delay)
        status, body = await self._answer(request.match_info["token"], fields, fault)
        if method != "getUpdates" or body.get("result") != []:
            shown = 0 if fault.cuts else status
            self.world.note(ApiCall(method, fields, shown, body.get("description", "")))
        await asyncio.sleep(fault.late)
        if fault.cuts and request.transport is not None:
            request.transport.abort()
        if fault.cuts:
            # There is nobody to send it to any more.
            return web.Response(status=500)
        return web.json_response(body, status=status)

    async def download(self, request: web.Request) -> web.StreamResponse:
        """Hand over a file that somebody has sent, or make the fault that a test has asked for."""
        path = request.match_info["path"]
        fault = self.faults.take(DOWNLOAD, {"path": path}) or Fault(DOWNLOAD)
        await asyncio.sleep(fault.delay)
        with self.world.changed:
            found = [one for one in self.world.files.values() if one.path == path]
        is_known = bool(found) and request.match_info["token"] == TOKEN
        status = fault.status or (200 if is_known else 404)
        self.world.note(ApiCall(DOWNLOAD, {"path": path}, status, ""))
        return web.Response(body=found[0].content if status == 200 else b"", status=status)

    async def _answer(self, token: str, fields: Fields, fault: Fault) -> tuple[int, Fields]:
        try:
            if token != TOKEN:
                raise refusal("invalid token", 401)
            if fault.status == 429:
                seconds = fault.retry_after or 1
                raise refusal(f"retry after {seconds}", 429, retry_after=seconds)
            if fault.status is not None:
                raise refusal("strict: as the test wants it", fault.status)
            return 200, {"ok": True, "result": await self._result(fault.method, fields)}
        except (ApiRefusal, UpdateError) as error:
            status: int = error.status
            body = {"ok": False, "error_code": status, "description": _description(error)}
            if getattr(error, "parameters", None):
                body["parameters"] = error.parameters
            return status, body

    async def _result(self, method: str, fields: Fields) -> Any:  # noqa: ANN401 - JSON
        if method in {"getUpdates", "setWebhook"}:
            self.world.polls += 1
            self.world.notify()
        if method == "getUpdates":
            return await self.updates.poll(TOKEN, fields)
        if method == "setWebhook":
            return await self.updates.set_webhook(TOKEN, fields)
        if method == "deleteWebhook":
            return await self.updates.set_webhook(TOKEN, {**fields, "url": ""})
        if method == "getWebhookInfo":
            return self.updates.info(TOKEN)
        if method not in _METHODS:
            raise refusal(f"strict: {method} is not emulated", 501)
        carry_out, known = _METHODS[method]
        if fields.keys() - known:
            raise refusal(f"strict: {method} has no {sorted(fields.keys() - known)}")
        with self.world.changed:
            return carry_out(self.world, fields)


def _parsed(raw: Fields) -> Fields:
    """Return the fields of a form as the JSON that they stand for."""
    return {
        name: _from_json(value) if name in _JSON_FIELDS and isinstance(value, str) else value
        for name, value in raw.items()
    }


def _from_json(value: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return json.loads(value)
    except ValueError:
        return value


def _description(error: Exception) -> str:
    return str(getattr(error, "description", None) or error)
