from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden

from bot.pipeline import QAPipeline
from bot.telegram_app.sending import (
    Edit,
    Evidence,
    Outgoing,
    Sent,
    edit,
    reply_to,
    retract,
    send,
    send_quoting,
)
from bot.telegram_app.store.records import MessagePlace
from bot.telegram_app.text.quotes import Quote
from bot.telegram_app.text.rich_text import RichText, Style
from tests.telegram_app.offline_bot import BOT, PRIVATE
from tests.telegram_app.talk import Talk, talk_about

TEXT = RichText("😀 ") + RichText("bold").styled(Style.BOLD)


@pytest.fixture
def talk(sure_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(sure_pipeline, tmp_path) as talk:
        yield talk


def outgoing(chat_id: int = 7) -> Outgoing:
    return Outgoing(1, "answer:0", chat_id, TEXT, thread_id=5, reply_to=reply_to(3))


def test_a_message_is_sent_once_as_text_with_entities(talk: Talk) -> None:
    ids = [talk.run(send(talk.services, talk.bot, outgoing())) for _ in range(2)]

    (sent,) = talk.telegram.made("sendMessage")
    assert ids == [talk.telegram.by_bot()[0]["message_id"]] * 2
    assert "parse_mode" not in sent
    assert sent["text"] == "😀 bold"
    assert sent["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert (sent["message_thread_id"], sent["reply_parameters"]["message_id"]) == (5, 3)


def test_a_group_that_became_a_supergroup_gets_it_there(talk: Talk) -> None:
    talk.run(talk.store.first_time(-3, "hint"))
    talk.telegram.refuse(
        "sendMessage",
        "Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": -1003},
    )
    message_id = talk.run(send(talk.services, talk.bot, outgoing(-3)))

    sent = talk.telegram.made("sendMessage")[-1]
    assert (sent["chat_id"], "reply_parameters" in sent) == (-1003, False)
    assert talk.telegram.by_bot(-1003)[0]["message_id"] == message_id
    assert talk.run(talk.store.first_time(-1003, "hint")) is False


def test_other_refusals_are_raised(talk: Talk) -> None:
    talk.telegram.refuse("sendMessage", "Forbidden: bot was blocked by the user", code=403)

    with pytest.raises(Forbidden):
        talk.run(send(talk.services, talk.bot, outgoing()))


def test_a_quote_goes_with_its_place_and_entities(talk: Talk) -> None:
    target = talk.telegram.put(PRIVATE, BOT, TEXT.plain())
    quote = Quote(TEXT.slice(2, 6), 3)
    evidence = Evidence(target["message_id"], quote)
    sent = talk.run(send_quoting(talk.services, talk.bot, outgoing(), evidence))

    assert sent == Sent(target["message_id"] + 1, is_quoting=True)
    assert talk.telegram.made("sendMessage")[0]["reply_parameters"] == {
        "message_id": target["message_id"],
        "allow_sending_without_reply": False,
        "quote": "bold",
        "quote_entities": [{"type": "bold", "offset": 0, "length": 4}],
        "quote_position": 3,
    }


@pytest.mark.parametrize("position", [2, 9])
def test_words_that_are_not_there_are_not_quoted(talk: Talk, position: int) -> None:
    target = talk.telegram.put(PRIVATE, BOT, TEXT.plain())
    evidence = Evidence(target["message_id"], Quote(RichText("bold"), position))
    sent = talk.run(send_quoting(talk.services, talk.bot, outgoing(), evidence))

    assert not sent.is_quoting
    assert talk.telegram.made("sendMessage")[-1]["reply_parameters"]["message_id"] == 3


def test_without_evidence_there_is_one_call(talk: Talk) -> None:
    sent = talk.run(send_quoting(talk.services, talk.bot, outgoing(), None))

    assert not sent.is_quoting
    assert len(talk.telegram.made("sendMessage")) == 1


def test_an_edit_that_changes_nothing_is_no_failure(talk: Talk) -> None:
    target = talk.telegram.put(PRIVATE, BOT, "old")
    place = MessagePlace(7, target["message_id"])
    for _ in range(2):
        talk.run(edit(talk.services, talk.bot, place, Edit(TEXT)))

    assert talk.telegram.by_bot()[0]["text"] == "😀 bold"


def test_an_edit_of_what_is_gone_is_told(talk: Talk) -> None:
    with pytest.raises(BadRequest):
        talk.run(edit(talk.services, talk.bot, MessagePlace(7, 99), Edit(TEXT)))


def test_what_is_gone_need_not_be_deleted(talk: Talk) -> None:
    target = talk.telegram.put(PRIVATE, BOT, "old")
    for _ in range(2):
        talk.run(retract(talk.services, talk.bot, MessagePlace(7, target["message_id"])))

    assert talk.telegram.by_bot() == []
