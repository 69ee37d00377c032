"""`/article full`, and answers that lead to their sentence; by polling and by webhook."""

from bot.telegram_app import messages
from tests.telegram_app.blackbox.conftest import ARTICLE, Running
from tests.telegram_app.emulator.people import Chat
from tests.telegram_app.emulator.world import BOT


def test_an_answer_quotes_the_article_in_the_chat(chat: Chat) -> None:
    chat.say("/article full")
    article, done = chat.wait_for(2)
    assert article.text is not None
    assert "It is open from May to October." in article.text
    assert done.text == messages.FULL_ARTICLE_DONE
    for words, sentence in (
        ("1874", "The lighthouse of Vela was built in 1874."),
        ("כבה", "הים היה שקט בלילה שבו כבה האור."),
        ("fish soup", "👩‍🍳 The cook from Porto was proud of her fish soup. 🐟🍲"),
    ):
        before = len(chat.from_bot)
        chat.say(f"«{words}»?")
        answer = chat.wait_for(before + 1)[-1]
        assert answer.reply is not None
        assert answer.reply.message_id == article.message_id
        assert answer.reply.quote == sentence
    chat.say("/article full")
    again = chat.wait_for(before + 2)[-1]
    assert again.text == messages.FULL_ARTICLE_IS_HERE
    assert again.reply is not None
    assert again.reply.message_id == article.message_id


def test_without_the_article_the_answer_still_arrives(chat: Chat, refusals: list[str]) -> None:
    refusals.append("Bad Request: message to be replied not found")
    chat.say("/article full")
    article, _ = chat.wait_for(2)
    with chat.telegram.world.changed:
        article.is_deleted = True
    asked = chat.say("«1874»?")
    answer = chat.reply_to(asked)
    assert answer.words("underline") == ["1874"]
    assert answer.reply is not None
    assert answer.reply.quote is None


def test_in_a_group_the_asker_is_named(running: Running, chat: Chat) -> None:
    grace = running.person("Grace")
    group = grace.group()
    group.wait_for(1)
    group.say(f"/article@{BOT['username']} full")
    group.wait_for(3)
    group.say(f"@{BOT['username']} «1874»?")
    answer = group.wait_for(4)[3]
    assert answer.text is not None
    assert answer.text.startswith("Grace:\n1874 [1]")
    assert answer.reply is not None
    assert answer.reply.quote == "The lighthouse of Vela was built in 1874."


def test_the_whole_article_is_posted_as_it_is(chat: Chat) -> None:
    chat.say("/article full")
    article, _ = chat.wait_for(2)
    assert article.text is not None
    assert article.text == ARTICLE.read_text(encoding="utf-8").strip()
    assert article.words("bold") == ["The Lighthouse of Vela"]
