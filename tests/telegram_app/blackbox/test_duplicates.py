"""Updates that come twice, and two bots that want the same ones."""

from tests.telegram_app.blackbox.bot_process import Gate
from tests.telegram_app.blackbox.conftest import MakeBot, webhook_settings
from tests.telegram_app.blackbox.outcomes import ALL_FINE, outcome_of, wait_for_all
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person


def test_polls_that_bring_an_update_again(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate
) -> None:
    bot = make_bot(**gate.environment).start()
    chat = Person(telegram).private_chat()
    asked = {chat: [chat.say("held: «1874»")]}
    held = chat.update_id
    gate.wait()
    telegram.repeat(held)  # while it is being answered
    other = Person(telegram).private_chat()
    asked[other] = [other.say("«1931»")]
    other.reply_to(asked[other][0])
    gate.open()
    wait_for_all(asked)
    telegram.repeat(held, other.update_id)  # when it was answered
    asked[other].append(other.say("«1988»"))
    wait_for_all(asked)
    assert outcome_of(asked) == ALL_FINE
    assert bot.stop() == 0
    bot.start()
    telegram.repeat(held, other.update_id)  # and after a restart
    asked[other].append(other.say("«Porto»"))
    wait_for_all(asked)
    assert outcome_of(asked) == ALL_FINE


def test_a_webhook_that_is_called_twice(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    make_bot(**webhook_settings()).start()
    telegram.deliver_each(times=2)
    asked: dict[Chat, list[Message]] = {}
    for _ in range(5):
        chat = Person(telegram).private_chat()
        asked[chat] = [chat.say("«1874»"), chat.say("«1931»")]
    wait_for_all(asked)
    telegram.wait_until(lambda: telegram.unconfirmed == 0, "all is delivered")
    assert outcome_of(asked) == ALL_FINE
    assert telegram.webhook_statuses(chat.update_id) == [200, 200]


def test_a_second_bot_on_the_same_data_is_refused(
    telegram: EmulatedTelegram, make_bot: MakeBot
) -> None:
    make_bot().start()
    chat = Person(telegram).private_chat()
    code, said = make_bot().run("telegram")
    assert code == 2
    assert "Another article-bot telegram uses" in said
    asked = {chat: [chat.say("«1874»"), chat.say("«1931»")]}
    wait_for_all(asked)
    assert outcome_of(asked) == ALL_FINE


def test_a_second_bot_elsewhere_is_told_of(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    admin = Person(telegram, "Operator").private_chat()
    first = make_bot("first", ADMIN_CHAT=str(admin.id)).start()
    make_bot("second").start_only()
    chat = Person(telegram).private_chat()
    note = admin.wait_for(1)[0]
    assert note.text is not None
    assert "A second instance is running" in note.text
    asked: dict[Chat, list[Message]] = {chat: []}
    for words in ("1874", "1931", "1988"):
        asked[chat].append(chat.say(f"«{words}»"))
        chat.reply_to(asked[chat][-1])
    assert outcome_of(asked).lost == 0
    assert "second instance" in first.log
