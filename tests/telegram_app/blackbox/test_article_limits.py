"""How many articles, and who may send them."""

import pytest

from bot.telegram_app import article_messages, messages
from tests.telegram_app.blackbox.conftest import MakeBot
from tests.telegram_app.emulator.attachments import Document, send_document
from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person
from tests.telegram_app.emulator.world import BOT

NAME = f"@{BOT['username']}"


def mill(number: int) -> Document:
    text = f"Mill {number}\n\nThe mill number {number} was sold in 19{number:02}.\n"
    return Document(text.encode(), f"mill{number}.txt")


@pytest.fixture
def chat(telegram: EmulatedTelegram) -> Chat:
    return Person(telegram).private_chat()


def said_to(chat: Chat, message: Message) -> str:
    """Return the last that is said to a message once it is dealt with."""
    told = chat.reply_to(message)
    chat.wait_until(
        lambda: not str(told.text).startswith(article_messages.READING), "it is dealt with"
    )
    return str(told.text)


def test_a_chat_has_so_many_articles(make_bot: MakeBot, chat: Chat) -> None:
    make_bot(ARTICLES_PER_CHAT="2").start()
    said = [said_to(chat, send_document(chat, mill(number))) for number in (1, 2, 3)]
    assert [one.endswith("Ask away.") for one in said] == [True, True, False]
    assert said[2] == article_messages.too_many_articles(2)
    chat.say("/articles")
    shown = chat.wait_for(4)[3]
    chat.press(shown, article_messages.REMOVE_ONE)
    chat.wait_until(lambda: "🗑 Mill 1" in shown.labels, "what can be removed")
    chat.press(shown, "🗑 Mill 1")
    chat.wait_until(lambda: article_messages.REMOVE_YES in shown.labels, "it is asked back")
    chat.press(shown, article_messages.REMOVE_YES)
    assert said_to(chat, send_document(chat, mill(3))).endswith("Ask away.")


def test_so_many_are_read_a_day(telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat) -> None:
    bot = make_bot(UPLOADS_PER_DAY="2").start()
    said = [said_to(chat, send_document(chat, mill(number))) for number in (1, 2, 3)]
    assert said[2] == article_messages.too_many_today(2)
    # A restart changes nothing, and another chat has its own.
    assert bot.stop() == 0
    bot.start()
    assert said_to(chat, send_document(chat, mill(4))) == article_messages.too_many_today(2)
    other = Person(telegram).private_chat()
    assert said_to(other, send_document(other, mill(4))).endswith("Ask away.")


def test_readings_count_as_questions(make_bot: MakeBot, chat: Chat) -> None:
    make_bot(QUESTIONS_PER_MINUTE="1").start()
    said_to(chat, send_document(chat, mill(1)))
    assert said_to(chat, send_document(chat, mill(2))).startswith("Too many questions were asked")


def test_a_large_file_is_refused_before_it_is_fetched(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    make_bot(TELEGRAM_FILE_LIMIT_BYTES="2000000").start()
    large = Document(b"", "a.pdf", size=2_000_001)
    assert said_to(chat, send_document(chat, large)) == (
        "This file has 2.0 MB, and Telegram hands me files of at most 2.0 MB. Send a smaller one, "
        "or a link to it."
    )
    assert telegram.calls("getFile") == []


def test_where_no_articles_are_taken_the_one_is_asked(make_bot: MakeBot, chat: Chat) -> None:
    make_bot(ALLOW_UPLOADS="false").start()
    assert said_to(chat, send_document(chat, mill(1))) == article_messages.UPLOADS_ARE_OFF
    assert said_to(chat, chat.say("https://example.org/a")) == article_messages.UPLOADS_ARE_OFF
    answer = chat.ask("By https://example.org/a, when was it built? «1874»")
    assert answer.words("underline") == ["1874"]
    assert chat.ask("A long question. " * 40 + "«1874»").words("underline") == ["1874"]
    chat.say("/articles")
    assert chat.wait_for(5)[4].text == article_messages.UPLOADS_ARE_OFF


@pytest.mark.parametrize(
    ("who", "by_owner", "by_member"),
    [
        ("everybody", None, None),
        ("admins", None, article_messages.ONLY_ADMINISTRATORS_UPLOAD),
        (
            "nobody",
            article_messages.NOBODY_UPLOADS_IN_GROUPS,
            article_messages.NOBODY_UPLOADS_IN_GROUPS,
        ),
    ],
)
def test_who_may_in_a_group(
    telegram: EmulatedTelegram,
    make_bot: MakeBot,
    who: str,
    by_owner: str | None,
    by_member: str | None,
) -> None:
    make_bot(GROUP_UPLOADS=who).start()
    owner, member = Person(telegram), Person(telegram, "Mo")
    group = owner.group()
    group.wait_for(1)
    for number, (person, refusal) in enumerate(((owner, by_owner), (member, by_member))):
        extra = {"from": person.as_json()}
        sent = send_document(group, mill(number), NAME, extra=extra)
        said = said_to(group, sent)
        assert said == refusal or (refusal is None and said.endswith("Ask away."))
        group.say(f"/default{NAME}", by=person)
        group.wait_until(
            lambda refusal=refusal: (
                group.from_bot[-1].text == refusal  # type: ignore[misc]
                or group.from_bot[-1].words("bold") == ["The Lighthouse of Vela"]
            ),
            "the default article, or why not",
        )
    # In the own chat everybody may.
    own = member.private_chat()
    assert said_to(own, send_document(own, mill(1))).endswith("Ask away.")


def test_whom_the_bot_does_not_know_it_reads_nothing_for(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    make_bot(ALLOWED_USERS="1").start()
    for message in (send_document(chat, mill(1)), chat.say("https://example.org/a")):
        assert chat.reply_to(message).text == messages.NOT_ALLOWED
    long = chat.say("A long text. " * 60)
    telegram.wait_until(lambda: len(chat.from_bot) == 3, f"{long.message_id} is answered")
    assert chat.from_bot[2].text == messages.NOT_ALLOWED
    chat.say("/articles")
    assert chat.wait_for(4)[3].text == messages.NOT_ALLOWED
    assert telegram.calls("getFile") == []
