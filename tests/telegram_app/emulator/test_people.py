import pytest

from tests.telegram_app.emulator.conftest import Api
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person

KEYBOARD = {"inline_keyboard": [[{"text": "Yes", "callback_data": "v1:y"}]]}


def reply(api: Api, chat: Chat, text: str, to: int) -> None:
    answer = api(
        "sendMessage",
        chat_id=chat.id,
        text=text,
        reply_parameters={"message_id": to},
        reply_markup=KEYBOARD,
    )
    assert answer["ok"]


def test_a_chat_reads_from_top_to_bottom(api: Api, chat: Chat) -> None:
    asked = chat.say("/start now")
    reply(api, chat, "Hello", asked.message_id)
    assert [message.text for message in chat.messages] == ["/start now", "Hello"]
    assert chat.reply_to(asked).text == "Hello"
    assert chat.replies_to(asked) == chat.from_bot
    update = api("getUpdates")["result"][0]
    assert update["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


def test_people_in_a_group(api: Api, ada: Person, telegram: EmulatedTelegram) -> None:
    group = ada.group(topics=(5,))
    asked = group.say("@emulated_article_bot who?", by=Person(telegram, "Grace"), topic=5)
    reply(api, group, "Ada", asked.message_id)
    group.say("and when?", reply_to=group.from_bot[0])
    received = api("getUpdates")["result"]
    assert received[1]["message"]["from"]["first_name"] == "Grace"
    assert received[2]["message"]["reply_to_message"]["text"] == "Ada"


def test_a_button_is_found_by_what_it_says(api: Api, chat: Chat) -> None:
    asked = chat.say("Really?")
    reply(api, chat, "Sure", asked.message_id)
    chat.press_only(chat.from_bot[0], "Yes")
    assert api("getUpdates")["result"][1]["callback_query"]["data"] == "v1:y"
    with pytest.raises(AssertionError, match="no button 'No' among"):
        chat.press_only(chat.from_bot[0], "No")


def test_waiting_in_vain_shows_the_chat(chat: Chat) -> None:
    asked = chat.say("Anybody there?")
    with pytest.raises(AssertionError, match=r"reply to .*\n1 Ada: 'Anybody there\?'"):
        chat.reply_to(asked, patience=0.01)


def test_something_stays_so(telegram: EmulatedTelegram, chat: Chat) -> None:
    telegram.stays_so(lambda: not chat.from_bot, "the bot is silent", 0.01)
    with pytest.raises(AssertionError, match="no longer so"):
        telegram.stays_so(lambda: chat.from_bot, "the bot speaks", 0.01)


def test_ids_of_two_chats_are_alike(ada: Person, telegram: EmulatedTelegram) -> None:
    ids = [Person(telegram).private_chat().say("Hi").message_id for _ in range(2)]
    assert ids == [1, 1]
    assert ada.private_chat().id == ada.id
