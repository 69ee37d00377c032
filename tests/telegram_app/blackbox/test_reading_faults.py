"""A reading that is killed, stopped, given up, too slow, or cut off from Telegram."""

import pytest

from bot.telegram_app import article_messages
from tests.telegram_app.blackbox.bot_process import Gate
from tests.telegram_app.blackbox.conftest import MakeBot, webhook_settings
from tests.telegram_app.blackbox.pages import HARBOUR, Pages
from tests.telegram_app.blackbox.scripted_pipeline import CRASH_ARTICLE, HELD_ARTICLE
from tests.telegram_app.emulator.attachments import Document, forward, send_document
from tests.telegram_app.emulator.bot_api import DOWNLOAD
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Chat, Person

KILLED = -9
HELD = Document(f"The Held Mill\n\nIt was sold in 1999. {HELD_ARTICLE}\n".encode(), "held.txt")
POISON = Document(f"The Poison\n\nIt was sold in 1999. {CRASH_ARTICLE}\n".encode(), "poison.txt")
MILL = Document(b"The Mill at Orsa\n\nThe old mill at Orsa was sold in 1999.\n", "mill.txt")


@pytest.fixture
def chat(telegram: EmulatedTelegram) -> Chat:
    return Person(telegram).private_chat()


def taken(telegram: EmulatedTelegram) -> None:
    telegram.wait_until(lambda: telegram.unconfirmed == 0, "the updates are confirmed")


def is_ready(chat: Chat) -> bool:
    return any(str(one.text).endswith("Ask away.") for one in chat.from_bot)


@pytest.mark.parametrize("way", ["polling", "webhook"])
def test_killed_in_mid_reading_it_is_done_again(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat, way: str
) -> None:
    more = webhook_settings() if way == "webhook" else {}
    bot = make_bot(**gate.environment, **more).start()
    sent = send_document(chat, HELD, "When? «1999»")
    behind = chat.say("And again? «1999»")
    gate.wait()
    taken(telegram)
    bot.kill()
    gate.open()
    bot.start()
    gate.wait()
    gate.open()
    answer = chat.reply_to(behind)
    assert answer.words("underline") == ["1999"]
    # One message tells of the reading, however often it was begun, and one answers.
    told, first = chat.replies_to(sent)
    assert told.text == "The Held Mill\n9 words, 1 paragraph. Ask away."
    assert first.words("underline") == ["1999"]
    assert (len(chat.from_bot), bot.possible_duplicates) == (3, 0)


def test_told_to_stop_in_mid_reading_it_leaves_soon_and_goes_on_later(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(**gate.environment).start()
    sent = send_document(chat, HELD)
    gate.wait()
    taken(telegram)
    bot.ask_to_stop()
    while "event=stopping" not in bot.log:
        telegram.stays_so(lambda: bot.is_running, "the bot is at its reading", 0.05)
    gate.open()
    assert bot.wait() == 0
    (told,) = chat.replies_to(sent)
    assert str(told.text).startswith(article_messages.READING)
    bot.start()
    gate.wait()
    gate.open()
    chat.wait_until(lambda: is_ready(chat), "it is read")
    assert (len(chat.from_bot), bot.possible_duplicates) == (1, 0)
    assert "Traceback" not in bot.log


def test_stopped_while_a_page_comes_slowly(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    with Pages({"/harbour": HARBOUR}) as pages:
        bot = make_bot(FETCH_SECONDS="3", **pages.settings).start()
        pages.held.clear()
        chat.say(pages.url("/harbour"))
        telegram.wait_until(lambda: chat.from_bot, "it is begun")
        bot.ask_to_stop()
        assert bot.wait() == 0
        pages.held.set()
        bot.start()
        chat.wait_until(lambda: is_ready(chat), "it is read")
    assert len(chat.from_bot) == 1


def test_an_article_that_kills_the_process_is_given_up(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    bot = make_bot(MAX_TRIES="2").start()
    sent = send_document(chat, POISON)
    assert bot.wait() == KILLED
    bot.start_only()
    assert bot.wait() == KILLED
    bot.start()
    told = chat.reply_to(sent)
    chat.wait_until(lambda: told.text == article_messages.READING_GIVEN_UP, "it is given up")
    assert chat.ask("«1874»").words("underline") == ["1874"]


def test_forwarded_parts_that_were_taken_before_a_crash_are_one_offer(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    # So quiet for so long that the bot is killed before it has offered anything.
    bot = make_bot(JOIN_SECONDS="60").start()
    first, second = forward(chat, "A storm came. " * 30, "It went away. " * 30)
    taken(telegram)
    bot.kill()
    bot.start(JOIN_SECONDS="0.5")
    offer = chat.reply_to(first)
    assert offer.text == article_messages.offer(180)
    chat.press(offer, article_messages.OFFER_READ)
    chat.wait_until(lambda: is_ready(chat), "it is read")
    assert (len(chat.from_bot), chat.replies_to(second)) == (1, [])


def test_a_download_that_fails_is_tried_again(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    make_bot().start()
    telegram.make(Fault(DOWNLOAD, status=502))
    telegram.make(Fault("getFile", status=429, retry_after=1))
    send_document(chat, MILL)
    chat.wait_until(lambda: is_ready(chat), "it is read")
    assert [call.status for call in telegram.calls(DOWNLOAD)] == [502, 200]


def test_a_file_that_telegram_has_lost(
    telegram: EmulatedTelegram, make_bot: MakeBot, chat: Chat
) -> None:
    make_bot().start()
    telegram.make(Fault(DOWNLOAD, status=404))
    sent = send_document(chat, MILL)
    told = chat.reply_to(sent)
    chat.wait_until(lambda: told.text == article_messages.FILE_GONE, "it is told")


def test_a_reading_that_takes_too_long_ends_with_a_sentence(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    make_bot(READING_SECONDS="3", **gate.environment).start()
    sent = send_document(chat, HELD)
    gate.wait()
    told = chat.reply_to(sent)
    telegram.stays_so(lambda: not chat.replies_to(sent)[1:], "nothing else is said", 3.1)
    gate.open()
    expected = article_messages.took_too_long(3)
    chat.wait_until(lambda: told.text == expected, "its time is over")
    # It is not the chat's article then.
    chat.say("/articles")
    assert str(chat.wait_for(2)[1].text).endswith(article_messages.NO_ARTICLES_YET)
    assert chat.ask("«1874»").words("underline") == ["1874"]


def test_progress_is_told_in_the_same_message(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    make_bot(PROGRESS_SECONDS="0.05", **gate.environment).start()
    text = "The Long Mill\n\n" + "\n\n".join(
        f"In the year {year} the mill at Orsa was painted again, and everybody came to see it."
        for year in range(1900, 1990)
    )
    sent = send_document(chat, Document(f"{text}\n\n{HELD_ARTICLE}\n".encode(), "long.txt"))
    gate.wait()
    told = chat.reply_to(sent)
    chat.wait_until(lambda: str(told.text).endswith("%"), "progress is shown")
    gate.open()
    chat.wait_until(lambda: is_ready(chat), "it is read")
    assert len(chat.from_bot) == 1


def test_whoever_reads_a_book_holds_up_nobody_else(
    telegram: EmulatedTelegram, make_bot: MakeBot, gate: Gate, chat: Chat
) -> None:
    bot = make_bot(READING_QUEUE_LIMIT="2", PROGRESS_SECONDS="0.05", **gate.environment).start()
    send_document(chat, HELD)
    gate.wait()
    others = [Person(telegram).private_chat() for _ in range(3)]
    waiting = send_document(others[0], MILL)
    told = others[0].reply_to(waiting)
    others[0].wait_until(
        lambda: told.text == article_messages.reading_waits(2), "the place is told"
    )
    too_many = send_document(others[1], MILL)
    assert others[1].reply_to(too_many).text == article_messages.READING_BUSY
    assert others[2].ask("«1874»").words("underline") == ["1874"]
    gate.open()
    for one in (chat, others[0]):
        one.wait_until(lambda one=one: is_ready(one), "it is read")  # type: ignore[misc]
    assert bot.figure('article_bot_articles_total{outcome="new"}') == 2
