"""The network and Telegram fail in all the ways that they have."""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from tests.telegram_app.blackbox.bot_process import Gate
from tests.telegram_app.blackbox.conftest import MakeBot
from tests.telegram_app.blackbox.outcomes import ALL_FINE, outcome_of, wait_for_all
from tests.telegram_app.blackbox.scripted_pipeline import READ_SECONDS
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Chat, Person

Fields = dict[str, Any]

WORDS = ("1874", "1931", "1988", "Porto", "Forty workers")


@pytest.fixture
def chat(telegram: EmulatedTelegram) -> Chat:
    return Person(telegram).private_chat()


def test_too_many_requests(telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat) -> None:
    bot = make_bot().start()
    telegram.make(Fault("sendMessage", status=429, retry_after=1))
    asked = {chat: [chat.say(f"«{words}»") for words in WORDS]}
    wait_for_all(asked)
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)


def test_a_server_that_fails(telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat) -> None:
    bot = make_bot().start()
    asked: dict[Chat, list[Message]] = {chat: []}
    for number, status in enumerate((500, 502, 504), start=1):
        telegram.make(Fault("sendMessage", status=status))
        asked[chat] += [chat.say(f"«{words}»") for words in WORDS[:2]]
        wait_for_all(asked)
        # Whether it was delivered nobody could know: the possibility is counted.
        assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, number)


@pytest.mark.parametrize("fault", [Fault("sendMessage", cuts=True), Fault("sendMessage", late=5)])
def test_delivered_and_the_bot_does_not_hear_of_it(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat, fault: Fault
) -> None:
    bot = make_bot(**{READ_SECONDS: "0.5"}).start()
    fault.times = 1
    telegram.make(fault)
    question = chat.say("«1874»")
    chat.wait_until(lambda: len(chat.replies_to(question)) == 2, "the second answer")
    chat.ask("«1931»")
    # The one window that the protocol leaves.
    assert (len(chat.replies_to(question)), bot.possible_duplicates) == (2, 1)


def test_a_network_that_is_gone_for_a_while(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(**gate.environment).start()
    questions = [chat.say("held: «1874»"), chat.say("«1931»")]
    gate.wait()
    telegram.go_dark()
    gate.open()
    questions.append(chat.say("«1988»"))
    threading.Event().wait(1)
    telegram.come_back()
    asked = {chat: questions}
    wait_for_all(asked)
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)


def test_telegram_is_not_there_when_the_bot_starts(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    bot = make_bot()
    telegram.go_dark()
    asked = {chat: [chat.say("«1874»")]}
    bot.start_only()
    threading.Event().wait(1)
    telegram.come_back()
    wait_for_all(asked)
    assert (outcome_of(asked), bot.is_running) == (ALL_FINE, True)


def test_all_at_once(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    bot = make_bot().start()
    chance = random.Random(5)
    chats = [Person(telegram).private_chat() for _ in range(12)]
    asked: dict[Chat, list[Message]] = {chat: [] for chat in chats}
    faults: tuple[Fields, ...] = (
        {"status": 429, "retry_after": 1},
        {"status": 502},
        {"cuts": True},
        {"delay": 0.2},
    )
    for fault in faults:
        telegram.make(Fault("sendMessage", **fault, times=2, where=_fails_now_and_then(chance)))
    telegram.make(Fault("getUpdates", status=502, where=_fails_now_and_then(chance)))
    for _ in range(60):
        chat = chance.choice(chats)
        asked[chat].append(chat.say(f"«{chance.choice(WORDS)}»"))
    wait_for_all(asked)
    outcome = outcome_of(asked)
    assert (outcome.lost, outcome.out_of_order) == (0, 0)
    # What came twice was counted as possible: it can come from nowhere else.
    assert outcome.repeated <= bot.possible_duplicates


def _fails_now_and_then(chance: random.Random) -> Callable[[Fields], bool]:
    return lambda _fields: chance.random() < 0.2
