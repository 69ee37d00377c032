"""What piled up while the bot was down, and what is too much while it runs."""

import time

from bot.telegram_app import messages
from tests.telegram_app.blackbox.bot_process import Gate
from tests.telegram_app.blackbox.conftest import MakeBot
from tests.telegram_app.blackbox.outcomes import ALL_FINE, outcome_of, wait_for_all
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person


def test_200_questions_while_the_bot_is_down(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    bot = make_bot(QUEUE_LIMIT="5", QUESTIONS_PER_MINUTE="2").start()
    assert bot.stop() == 0
    chats = [Person(telegram).private_chat() for _ in range(20)]
    asked: dict[Chat, list[Message]] = {chat: [] for chat in chats}
    earlier = int(time.time()) - 3600
    for number in range(200):
        chat = chats[number % len(chats)]
        asked[chat].append(chat.say("«1874»", date=earlier))
    bot.start()
    wait_for_all(asked)
    # None is told to try again: each answer has the words.
    texts = {chat.replies_to(one)[0].words("underline")[0] for chat in chats for one in asked[chat]}
    assert (outcome_of(asked), texts) == (ALL_FINE, {"1874"})
    assert bot.possible_duplicates == 0


def test_a_full_queue_and_a_long_wait(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate
) -> None:
    make_bot(
        ANSWER_THREADS="1", QUEUE_LIMIT="2", QUEUE_NOTICE_SECONDS="0.1", **gate.environment
    ).start()
    chats = [Person(telegram).private_chat() for _ in range(3)]
    first = chats[0].say("held: «1874»", date=_after_the_start())
    gate.wait()
    second = chats[1].say("«1931»", date=_after_the_start())
    told = chats[1].reply_to(second)
    assert told.text == messages.place_in_queue(2)
    third = chats[2].say("«1988»", date=_after_the_start())
    assert chats[2].reply_to(third).text == messages.BUSY
    gate.open()
    assert chats[0].reply_to(first).words("underline") == ["1874"]
    _, answer = chats[1].wait_for(2)
    assert answer.words("underline") == ["1931"]


def test_who_asks_too_often_is_told_so(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    make_bot(QUESTIONS_PER_MINUTE="1").start()
    chat = Person(telegram).private_chat()
    first, second = (chat.say(f"«{year}»", date=_after_the_start()) for year in (1874, 1931))
    assert chat.reply_to(first).words("underline") == ["1874"]
    refused = chat.reply_to(second).text
    assert refused is not None
    assert "Ask again in" in refused


def test_only_some_may_ask(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    ada, eve = Person(telegram, "Ada"), Person(telegram, "Eve")
    make_bot(ALLOWED_USERS=str(ada.id)).start()
    assert eve.private_chat().ask("«1874»").text == messages.NOT_ALLOWED
    assert ada.private_chat().ask("«1874»").words("underline") == ["1874"]


def _after_the_start() -> int:
    """Return a date of a message that surely did not pile up: Telegram tells whole seconds."""
    return int(time.time()) + 2
