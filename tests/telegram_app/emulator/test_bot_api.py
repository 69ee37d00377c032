from typing import Any

import httpx
import pytest

from tests.telegram_app.emulator.conftest import Api
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person
from tests.telegram_app.emulator.world import BOT

Fields = dict[str, Any]


def description(answer: Fields) -> str:
    assert answer["ok"] is False
    told: str = answer["description"]
    return told


def keyboard(*rows: Fields) -> Fields:
    return {"inline_keyboard": [[row] for row in rows]}


BUTTON = {"text": "More", "callback_data": "v1:c:x"}


def test_who_the_bot_is(api: Api) -> None:
    assert api("getMe") == {"ok": True, "result": BOT}


def test_another_token_is_refused(telegram: EmulatedTelegram) -> None:
    url = telegram.url("getMe").replace("4711", "4712")
    assert httpx.post(url).status_code == 401


def test_a_message_is_in_the_chat(api: Api, chat: Chat) -> None:
    bold = {"type": "bold", "offset": 0, "length": 2}
    copied = {"text": "Copy", "copy_text": {"text": "“Hi”"}}
    sent = api(
        "sendMessage",
        chat_id=chat.id,
        text="Hi there",
        entities=[bold],
        reply_markup=keyboard(BUTTON, copied),
        link_preview_options={"is_disabled": True},
    )["result"]
    message = chat.from_bot[0]
    assert (sent["message_id"], sent["chat"]["id"]) == (message.message_id, chat.id)
    assert (message.text, message.words("bold")) == ("Hi there", ["Hi"])
    assert message.labels == ["More", "Copy"]
    assert message.button("Copy").value == "“Hi”"
    assert sent["reply_markup"] == keyboard(BUTTON, copied)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"chat_id": 1}, "Bad Request: chat not found"),
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"txt": "Hi"}, "Bad Request: strict: sendMessage has no ['txt']"),
        ({"parse_mode": "HTML"}, "Bad Request: strict: sendMessage has no ['parse_mode']"),
        ({"message_thread_id": 3}, "Bad Request: message thread not found"),
        (
            {"reply_markup": keyboard({"text": "x", "callback_data": "é" * 33})},
            "Bad Request: invalid reply_markup",
        ),
        (
            {"reply_markup": keyboard({"text": "x", "copy_text": {"text": "👍" * 129}})},
            "Bad Request: BUTTON_COPY_TEXT_INVALID",
        ),
        (
            {"reply_parameters": {"message_id": 77}},
            "Bad Request: message to be replied not found",
        ),
        (
            {"link_preview_options": {"disabled": True}},
            "Bad Request: can't parse link preview options JSON object",
        ),
    ],
)
def test_messages_that_are_refused(api: Api, chat: Chat, fields: Fields, expected: str) -> None:
    answer = api("sendMessage", **({"chat_id": chat.id, "text": "Hi"} | fields))
    assert description(answer) == expected
    assert chat.from_bot == []


def test_a_reply_to_nothing_is_sent_where_that_is_allowed(api: Api, chat: Chat) -> None:
    reply = {"message_id": 77, "allow_sending_without_reply": True}
    assert api("sendMessage", chat_id=chat.id, text="Hi", reply_parameters=reply)["ok"]
    assert chat.from_bot[0].reply is None


def article(api: Api, chat: Chat) -> int:
    text = "👩‍🚀 The Title\n\nA sentence. Another sentence."
    bold = {"type": "bold", "offset": 0, "length": 15}
    sent = api("sendMessage", chat_id=chat.id, text=text, entities=[bold])
    number: int = sent["result"]["message_id"]
    return number


@pytest.mark.parametrize(
    "quote",
    [
        {"quote": "Another sentence.", "quote_position": 29},
        {
            "quote": "Title\n\nA sent",
            "quote_position": 10,
            "quote_entities": [{"type": "bold", "offset": 0, "length": 5}],
        },
    ],
)
def test_a_quote_that_is_in_the_message(api: Api, chat: Chat, quote: Fields) -> None:
    reply = {"message_id": article(api, chat), **quote}
    sent = api("sendMessage", chat_id=chat.id, text="Hi", reply_parameters=reply)
    assert sent["result"]["quote"]["text"] == quote["quote"]
    shown = chat.from_bot[1].reply
    assert shown is not None
    assert (shown.quote, shown.position) == (quote["quote"], quote["quote_position"])


@pytest.mark.parametrize(
    "quote",
    [
        {"quote": "Another sentence.", "quote_position": 28},
        {"quote": "Another sentence.", "quote_position": -1},
        {"quote": "another sentence.", "quote_position": 29},
        {"quote": "Another sentence. ", "quote_position": 29},
        {"quote": "", "quote_position": 29},
        {"quote": "Title", "quote_position": 10},
        {
            "quote": "Title",
            "quote_position": 10,
            "quote_entities": [{"type": "italic", "offset": 0, "length": 5}],
        },
        {"quote_position": 29},
    ],
)
def test_a_quote_that_is_not_in_the_message(api: Api, chat: Chat, quote: Fields) -> None:
    reply = {
        "message_id": article(api, chat),
        "allow_sending_without_reply": True,
        **quote,
    }
    assert not api("sendMessage", chat_id=chat.id, text="Hi", reply_parameters=reply)["ok"]
    assert len(chat.from_bot) == 1


def test_an_edit_knows_its_message(api: Api, chat: Chat) -> None:
    asked = chat.say("Hello?")
    sent = api("sendMessage", chat_id=chat.id, text="Hi", reply_markup=keyboard(BUTTON))["result"]
    edit = {"chat_id": chat.id, "message_id": sent["message_id"], "text": "Hi"}
    same = api("editMessageText", **edit, reply_markup=keyboard(BUTTON))
    assert "message is not modified" in description(same)
    assert "edit_date" not in api("editMessageText", **edit)["result"]
    assert (chat.from_bot[0].labels, chat.from_bot[0].is_edited) == ([], False)
    assert api("editMessageText", **(edit | {"text": "Hello"}))["result"]["edit_date"]
    assert (chat.from_bot[0].text, chat.from_bot[0].earlier) == ("Hello", ["Hi"])
    other = api("editMessageText", **(edit | {"message_id": asked.message_id}))
    assert description(other) == "Bad Request: message can't be edited"
    nothing = api("editMessageText", **(edit | {"message_id": 9}))
    assert description(nothing) == "Bad Request: message to edit not found"


def test_a_keyboard_is_edited_alone(api: Api, chat: Chat) -> None:
    sent = api("sendMessage", chat_id=chat.id, text="Hi")["result"]
    edit = {"chat_id": chat.id, "message_id": sent["message_id"]}
    assert api("editMessageReplyMarkup", **edit, reply_markup=keyboard(BUTTON))["ok"]
    assert chat.from_bot[0].labels == ["More"]
    again = api("editMessageReplyMarkup", **edit, reply_markup=keyboard(BUTTON))
    assert "message is not modified" in description(again)


def test_deleting(api: Api, chat: Chat) -> None:
    first, second = (
        api("sendMessage", chat_id=chat.id, text=text)["result"]["message_id"] for text in "ab"
    )
    assert api("deleteMessage", chat_id=chat.id, message_id=first)["ok"]
    again = api("deleteMessage", chat_id=chat.id, message_id=first)
    assert description(again) == "Bad Request: message to delete not found"
    assert api("deleteMessages", chat_id=chat.id, message_ids=[first, second, 99])["ok"]
    assert chat.from_bot == []


def test_who_blocked_the_bot_hears_nothing(api: Api, chat: Chat) -> None:
    chat.member_changed("member", "kicked")
    answer = api("sendMessage", chat_id=chat.id, text="Hi")
    assert (answer["error_code"], description(answer)) == (
        403,
        "Forbidden: bot was blocked by the user",
    )


def test_a_group_moves(api: Api, ada: Person) -> None:
    group = ada.group()
    new = group.become_supergroup()
    answer = api("sendMessage", chat_id=group.id, text="Hi")
    assert answer["parameters"] == {"migrate_to_chat_id": new.id}
    assert api("sendMessage", chat_id=new.id, text="Hi")["ok"]


def test_a_press_is_answered_once(api: Api, chat: Chat) -> None:
    api("sendMessage", chat_id=chat.id, text="Hi", reply_markup=keyboard(BUTTON))
    press = chat.press_only(chat.from_bot[0], "More")
    fields = {"callback_query_id": press.id, "text": "A sentence.", "show_alert": True}
    assert not api("answerCallbackQuery", **(fields | {"text": "👍" * 101}))["ok"]
    assert api("answerCallbackQuery", **fields)["ok"]
    assert (press.popup, press.is_alert) == ("A sentence.", True)
    assert "query is too old" in description(api("answerCallbackQuery", **fields))


def test_inline_results(api: Api, ada: Person) -> None:
    query = ada.ask_inline("who")
    content = {"message_text": "Ada", "entities": [{"type": "bold", "offset": 0, "length": 3}]}
    result = {"type": "article", "id": "1", "title": "Ada", "input_message_content": content}
    wrong = {**result, "input_message_content": {**content, "message_text": "A"}}
    assert not api("answerInlineQuery", inline_query_id=query.id, results=[wrong])["ok"]
    assert api("answerInlineQuery", inline_query_id=query.id, results=[result])["ok"]
    assert query.results == [result]
    assert not api("answerInlineQuery", inline_query_id=query.id, results=[result])["ok"]


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        ("setMyCommands", {"commands": [{"command": "/start", "description": "Begin"}]}),
        ("setMyCommands", {"commands": [{"command": "Start", "description": "Begin"}]}),
        ("setMyCommands", {"commands": [{"command": "start", "description": ""}]}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
        ("sendPhoto", {"chat_id": 1}),
    ],
)
def test_profiles_that_are_refused(api: Api, method: str, fields: Fields) -> None:
    assert not api(method, **fields)["ok"]


def test_the_profile_is_kept(api: Api, telegram: EmulatedTelegram) -> None:
    commands = [{"command": "start", "description": "Begin"}]
    assert api("setMyCommands", commands=commands)["ok"]
    assert telegram.world.profile == {"setMyCommands": [{"commands": commands}]}
