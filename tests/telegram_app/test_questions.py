from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from telegram.error import Forbidden

from bot.answer import DOES_NOT_SAY
from bot.pipeline import QAPipeline
from bot.telegram_app.messages import BUSY, place_in_queue
from bot.telegram_app.store.records import MessagePlace
from tests.telegram_app.offline_bot import ANN, BOB, BOT, GROUP, PRIVATE, Json, labels
from tests.telegram_app.talk import Talk, talk_about

AUTHOR = "Melinda Barton [1]"
TOPIC = {"message_thread_id": 5, "is_topic_message": True}


@pytest.fixture
def talk(fake_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(fake_pipeline, tmp_path) as talk:
        yield talk


def first_lines(talk: Talk, chat: Json = PRIVATE) -> list[str]:
    return [one["text"].partition("\n")[0] for one in talk.telegram.by_bot(chat["id"])]


def test_an_answer_replies_to_the_question_with_buttons(talk: Talk) -> None:
    asked = talk.says("Who wrote this?")

    (sent,) = talk.telegram.made("sendMessage")
    assert sent["text"].startswith(f"{AUTHOR}\n\n")
    assert sent["reply_parameters"] == {
        "message_id": asked["message_id"],
        "allow_sending_without_reply": True,
    }
    assert labels(talk.telegram.by_bot()[0])[0] == ["[1]", "In context"]
    kept = talk.run(talk.store.answer_to(MessagePlace(7, asked["message_id"])))
    assert (kept.asker_id, kept.messages) == (7, (talk.telegram.by_bot()[0]["message_id"],))
    assert "Ann" not in kept.payload


def test_a_refusal_can_be_rated_and_nothing_else(talk: Talk) -> None:
    talk.says("Zebra quartz?")

    (answer,) = talk.telegram.by_bot()
    assert answer["text"].startswith(DOES_NOT_SAY)
    assert labels(answer) == [["👍", "👎"]]


def test_what_cannot_be_asked_is_explained(talk: Talk) -> None:
    talk.says("???")

    assert first_lines(talk) == [
        "The question ??? has no word in it. Ask something, such as “Who wrote this?”"
    ]
    assert "reply_markup" not in talk.telegram.by_bot()[0]


def test_an_update_that_is_handled_again_sends_nothing_again(talk: Talk) -> None:
    message = talk.telegram.put(PRIVATE, ANN, "Who wrote this?")
    update = talk.update(message=message)
    talk.take(update)
    before = talk.run(talk.store.last_answer(7))
    talk.take(update)

    assert first_lines(talk) == [AUTHOR]
    assert talk.run(talk.store.last_answer(7)).id == before.id
    assert talk.services.metrics.questions._value.get() == 1


def test_what_was_worked_out_is_kept_before_it_is_sent(talk: Talk) -> None:
    update = talk.update(message=talk.telegram.put(PRIVATE, ANN, "Who wrote this?"))
    talk.telegram.refuse("sendMessage", "Forbidden: bot was blocked by the user", code=403)
    with pytest.raises(Forbidden):
        talk.take(update)
    kept = talk.run(talk.store.last_answer(7))
    talk.take(update)

    again = talk.run(talk.store.last_answer(7))
    assert (kept.messages, len(again.messages), again.id) == ((), 1, kept.id)
    assert talk.services.metrics.questions._value.get() == 1


def test_in_a_group_the_bot_answers_only_who_means_it(talk: Talk) -> None:
    talk.says("Who wrote this?", GROUP)
    assert talk.telegram.calls[1:] == []

    talk.mentions("Who wrote this?", GROUP, **TOPIC)
    (sent,) = talk.telegram.made("sendMessage")
    assert (sent["chat_id"], sent["message_thread_id"]) == (-100, 5)
    assert first_lines(talk, GROUP) == [AUTHOR]


def test_who_asks_too_much_is_told_so(fake_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(fake_pipeline, tmp_path, questions_per_minute=1) as talk:
        talk.says("Who wrote this?")
        talk.says("Who wrote this?")

        assert first_lines(talk)[0] == AUTHOR
        assert first_lines(talk)[1].startswith("Too many questions were asked")
        assert talk.services.metrics.refused.labels("person")._value.get() == 1


def test_what_piled_up_is_exempt_from_the_limits(fake_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(fake_pipeline, tmp_path, questions_per_minute=1) as talk:
        for _ in range(2):
            talk.says("Who wrote this?", date=1_700_000_000)

        assert first_lines(talk) == [AUTHOR, AUTHOR]


def test_beyond_the_limit_of_the_queue_a_person_is_asked_to_try_again(
    fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, queue_limit=1) as talk:
        queue = talk.services.queue
        queue.enter(1_000, 1, exempt=False)
        update = talk.update(message=talk.telegram.put(PRIVATE, ANN, "Who wrote this?"))
        ticket = queue.enter(update.update_id, 7, exempt=False)
        talk.take(update)

        assert (ticket.admitted, first_lines(talk)) == (False, [BUSY])
        assert talk.services.metrics.refused.labels("queue")._value.get() == 1


def test_the_place_in_the_queue_replies_to_the_question_once(talk: Talk) -> None:
    message = talk.telegram.put(GROUP, BOB, "Who?", **TOPIC)
    update = talk.update(message=message)
    for _ in range(2):
        talk.run(talk.questions.tell_place(update, talk.bot, 3))

    (sent,) = talk.telegram.made("sendMessage")
    assert sent["text"] == place_in_queue(3)
    assert sent["message_thread_id"] == 5
    assert sent["reply_parameters"]["message_id"] == message["message_id"]


def test_an_edited_question_has_its_answer_edited(talk: Talk) -> None:
    asked = talk.says("Who wrote this?")
    (before,) = talk.telegram.by_bot()
    update = talk.edits(asked, "Zebra quartz?")

    (after,) = talk.telegram.by_bot()
    assert after["message_id"] == before["message_id"]
    assert after["text"].startswith(DOES_NOT_SAY)
    assert labels(after) == [["👍", "👎"]]
    kept = talk.run(talk.store.answer_to(MessagePlace(7, asked["message_id"])))
    assert after["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == f"v1:g:{kept.id}:0"
    talk.take(update)
    assert len(talk.telegram.made("editMessageText")) == 1


def test_an_edit_that_changes_nothing_is_left_alone(talk: Talk) -> None:
    asked = talk.says("Who wrote this?")
    talk.edits(asked, "  Who wrote  this?\n")

    assert talk.telegram.made("editMessageText") == []
    assert len(talk.telegram.made("sendMessage")) == 1


def test_an_edit_that_cannot_be_asked_leaves_the_answer(talk: Talk) -> None:
    asked = talk.says("Who wrote this?")
    talk.edits(asked, "???")

    assert [line[:12] for line in first_lines(talk)] == [AUTHOR[:12], "The question"]


def test_an_edited_message_without_an_answer_is_a_new_question(talk: Talk) -> None:
    asked = talk.says("???")
    talk.edits(asked, "Who wrote this?")

    assert first_lines(talk)[1:] == [AUTHOR]


def test_an_edit_whose_answer_was_deleted_is_answered_anew(talk: Talk) -> None:
    asked = talk.says("Who wrote this?")
    (before,) = talk.telegram.by_bot()
    del talk.telegram.messages[7, before["message_id"]]
    talk.edits(asked, "Zebra quartz?")

    (answer,) = talk.telegram.by_bot()
    assert answer["text"].startswith(DOES_NOT_SAY)
    kept = talk.run(talk.store.answer_to(MessagePlace(7, asked["message_id"])))
    assert kept.messages == (answer["message_id"],)


CARD: dict[str, Any] = {
    "reply_markup": {
        "inline_keyboard": [[{"text": "Who wrote this?", "callback_data": "v1:q:0"}]],
    }
}


def test_a_suggestion_is_asked_as_if_it_were_typed(talk: Talk) -> None:
    card = talk.telegram.put(PRIVATE, BOT, "The article", **CARD)
    update = talk.press(card, "Who wrote this?")
    talk.take(update)

    assert talk.popups() == [None, None]
    _, said, answer = talk.telegram.by_bot()
    assert said["text"] == "Who wrote this?"
    assert answer["text"].startswith(AUTHOR)
    replies = [one["reply_parameters"]["message_id"] for one in talk.telegram.made("sendMessage")]
    assert replies == [card["message_id"], said["message_id"]]
    kept = talk.run(talk.store.answer_to(MessagePlace(7, said["message_id"])))
    assert kept.asker_id == 7


def test_in_a_group_a_suggestion_names_who_asks(talk: Talk) -> None:
    card = talk.telegram.put(GROUP, BOT, "The article", **CARD)
    talk.press(card, "Who wrote this?", person=BOB)

    assert first_lines(talk, GROUP) == ["The article", "Bob: Who wrote this?", AUTHOR]


def test_logs_hold_no_words_of_people(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="bot")
    asked = talk.says("Who wrote this secret thing?")
    talk.edits(asked, "??? secret")
    talk.telegram.refuse("editMessageText", "Bad Request: nothing there")
    talk.edits(asked, "Zebra secret?")

    assert "secret" not in caplog.text
