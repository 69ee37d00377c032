"""The bot in groups, by polling and by webhook."""

from bot.telegram_app import messages
from tests.telegram_app.blackbox.conftest import Running
from tests.telegram_app.emulator.people import PHOTO, Chat
from tests.telegram_app.emulator.world import BOT

NAME = f"@{BOT['username']}"


def test_only_who_means_the_bot_is_answered(running: Running, chat: Chat) -> None:
    group = running.person("Grace").group("Readers", topics=(7,))
    greeting = group.wait_for(1)[0]
    assert greeting.text == messages.GREETING_GROUP
    group.say("«1988»?")
    group.say(None, extra=PHOTO)
    asked = group.say(f"{NAME} «1874»?", topic=7)
    answer = group.reply_to(asked)
    assert answer.words("underline") == ["1874"]
    assert (answer.thread_id, len(group.from_bot)) == (7, 2)
    further = group.say("and «1931»?", reply_to=answer, topic=7)
    assert group.reply_to(further).words("underline") == ["1931"]
    last = group.say("What of «Porto», " + NAME + "?")
    assert group.reply_to(last).thread_id is None
    assert len(group.from_bot) == 4


def test_the_mention_is_no_part_of_the_question(running: Running, chat: Chat) -> None:
    group = running.person("Grace").group()
    answer = group.ask(f"{NAME} ???")
    assert answer.text is not None
    assert answer.text.startswith("The question ??? has no word in it.")


def test_commands_in_a_group(running: Running, chat: Chat) -> None:
    group = running.person("Grace").group()
    group.wait_for(1)
    group.say(f"/help{NAME}")
    help_text = group.wait_for(2)[1].text
    assert help_text == messages.help_text(BOT["username"], has_inline_mode=True)
    group.say("/help@another_bot")
    group.say(f"/article{NAME}")
    card = group.wait_for(3)[2].text
    assert card is not None
    assert "The Lighthouse of Vela" in card


def test_a_group_that_becomes_a_supergroup_keeps_its_answers(running: Running, chat: Chat) -> None:
    group = running.person("Grace").group()
    group.ask(f"{NAME} «1874»?")
    new = group.become_supergroup()
    new.say(f"/sources{NAME}")
    sources = new.wait_for(1)[0].text
    assert sources is not None
    assert "behind the last answer" in sources
