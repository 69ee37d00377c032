import time

import httpx
import pytest

from tests.telegram_app.emulator.conftest import Api
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Chat


def test_too_many_requests(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    telegram.make(Fault("sendMessage", status=429, retry_after=7))
    answer = api("sendMessage", chat_id=chat.id, text="Hi")
    assert (answer["error_code"], answer["parameters"]) == (429, {"retry_after": 7})
    assert chat.from_bot == []
    assert api("sendMessage", chat_id=chat.id, text="Hi")["ok"]
    assert len(chat.from_bot) == 1


def test_a_fault_of_some_requests(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    telegram.make(Fault("sendMessage", 502, times=2, where=lambda fields: fields["text"] == "b"))
    answers = [api("sendMessage", chat_id=chat.id, text=text)["ok"] for text in "abbb"]
    assert answers == [True, False, False, True]
    telegram.make(Fault("getMe", status=500))
    telegram.clear_faults()
    assert api("getMe")["ok"]


def test_delivered_and_no_answer(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    telegram.make(Fault("sendMessage", cuts=True))
    with pytest.raises(httpx.TransportError):
        api("sendMessage", chat_id=chat.id, text="Hi")
    assert [message.text for message in chat.from_bot] == ["Hi"]
    assert [call.status for call in telegram.calls("sendMessage")] == [0]


def test_a_slow_request(telegram: EmulatedTelegram, api: Api) -> None:
    telegram.make(Fault("getMe", delay=0.05))
    begin = time.monotonic()
    assert api("getMe")["ok"]
    assert time.monotonic() - begin >= 0.05


def test_dark(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    telegram.go_dark()
    with pytest.raises(httpx.ConnectError):
        httpx.post(telegram.url("getMe"))
    chat.say("while you were away")
    telegram.come_back()
    assert api("getUpdates")["result"][0]["message"]["text"] == "while you were away"


def test_an_answer_that_comes_late(telegram: EmulatedTelegram, api: Api, chat: Chat) -> None:
    telegram.make(Fault("sendMessage", late=30))
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(telegram.url("sendMessage"), json={"chat_id": chat.id, "text": "a"}, timeout=0.1)
    assert [message.text for message in chat.from_bot] == ["a"]
