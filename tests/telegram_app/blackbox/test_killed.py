"""The process ends in the middle of its work: killed, told to stop, or by a question itself."""

import pytest

from bot.telegram_app import messages
from tests.telegram_app.blackbox.bot_process import Gate
from tests.telegram_app.blackbox.conftest import MakeBot, webhook_settings
from tests.telegram_app.blackbox.outcomes import ALL_FINE, outcome_of, wait_for_all
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Chat, Person

HELD = "held: «1874»"
KILLED = -9


def taken(telegram: EmulatedTelegram) -> None:
    """Wait until Telegram keeps nothing: whatever was asked is in the bot's hands."""
    telegram.wait_until(lambda: telegram.unconfirmed == 0, "the updates are confirmed")


@pytest.fixture
def chat(telegram: EmulatedTelegram) -> Chat:
    return Person(telegram).private_chat()


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_killed_between_taking_and_answering(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat, way: str
) -> None:
    more = webhook_settings() if way == "webhook" else {}
    bot = make_bot(ANSWER_THREADS="1", **gate.environment, **more).start()
    questions = [chat.say(HELD), chat.say("«1931»"), chat.say("«1988»")]
    gate.wait()
    taken(telegram)
    bot.kill()
    gate.open()
    assert chat.from_bot == []
    bot.start()
    assert gate.wait() == HELD
    gate.open()
    asked = {chat: questions}
    wait_for_all(asked)
    chat.ask("«Porto»")
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)


def test_told_to_stop_in_mid_answer(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(ANSWER_THREADS="1", **gate.environment).start()
    other = Person(telegram, "Grace").private_chat()
    asked = {chat: [chat.say(HELD), chat.say("«1931»")], other: [other.say("«1988»")]}
    gate.wait()
    taken(telegram)
    bot.ask_to_stop()
    telegram.stays_so(lambda: bot.is_running, "the bot finishes what it has begun", 0.3)
    gate.open()
    assert bot.wait() == 0
    assert [len(chat.replies_to(one)) for one in asked[chat]] == [1, 0]
    bot.start()
    wait_for_all(asked)
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)


def test_killed_after_telegram_took_the_answer_and_before_the_bot_knew(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    bot = make_bot().start()
    telegram.make(Fault("sendMessage", late=60))
    question = chat.say("«1874»")
    chat.reply_to(question)
    bot.kill()
    bot.start()
    # The one window that the protocol leaves: a second answer, and it is counted.
    chat.wait_until(lambda: len(chat.replies_to(question)) == 2, "the second answer")
    assert bot.possible_duplicates == 1


def test_killed_when_the_answer_is_known_to_have_arrived(
    make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(**gate.environment).start()
    questions = [chat.say("«1931»"), chat.say(HELD)]
    # The second one's turn has come: the first is done with.
    gate.wait()
    bot.kill()
    gate.open()
    bot.start()
    gate.wait()
    gate.open()
    asked = {chat: questions}
    wait_for_all(asked)
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)


def test_a_question_that_kills_the_process_is_given_up(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(MAX_TRIES="2", **gate.environment).start()
    other = Person(telegram, "Grace").private_chat()
    held = other.say(HELD)
    gate.wait()
    poison = chat.say("crash now")
    behind = chat.say("«1931»")
    assert bot.wait() == KILLED
    gate.open()
    bot.start_only()
    # What had begun is tried again, one by one: the innocent one is answered.
    assert gate.wait() == HELD
    gate.open()
    assert bot.wait() == KILLED
    bot.start()
    asked = {chat: [poison, behind], other: [held]}
    wait_for_all(asked)
    assert (outcome_of(asked), bot.possible_duplicates) == (ALL_FINE, 0)
    assert chat.replies_to(poison)[0].text == messages.GIVEN_UP
    assert chat.replies_to(behind)[0].words("underline") == ["1931"]
    assert other.replies_to(held)[0].words("underline") == ["1874"]
