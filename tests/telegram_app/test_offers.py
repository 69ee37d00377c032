from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pipeline import QAPipeline
from bot.telegram_app import article_messages, messages
from bot.telegram_app.article_messages import OFFER_ASK, OFFER_READ
from bot.telegram_app.offer_buttons import OfferPress, offer_keyboard, offer_press_in
from tests.telegram_app.offline_bot import ANN, BOB, BOT, GROUP, PRIVATE, Json, button, labels
from tests.telegram_app.talk import Talk, talk_about

A_LONG_TEXT = "The old mill at Orsa was sold in 1999. Its wheel turns again. " * 10
AUTHOR = "Melinda Barton [1]"


@pytest.fixture
def talk(fake_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(fake_pipeline, tmp_path) as talk:
        yield talk


def said(talk: Talk, chat: Json = PRIVATE) -> list[str]:
    return [one["text"] for one in talk.telegram.by_bot(chat["id"])]


def offered(talk: Talk, text: str = A_LONG_TEXT) -> Json:
    """Send a long text; return the bot's offer."""
    talk.says(text)
    offer = talk.telegram.by_bot()[-1]
    assert labels(offer) == [[OFFER_READ, OFFER_ASK]]
    return offer


def kept(talk: Talk, offer: Json) -> bool:
    press = offer_press_in(button(offer, OFFER_READ)["callback_data"])
    assert press is not None
    return talk.run(talk.store.offer(press.offer_id)) is not None


def test_a_long_text_is_offered(talk: Talk) -> None:
    offer = offered(talk)

    assert offer["text"] == article_messages.offer(130)
    assert kept(talk, offer)
    assert talk.services.metrics.questions._value.get() == 0


def test_it_is_read_in_the_offers_own_message(talk: Talk) -> None:
    offer = offered(talk)
    talk.press(offer, OFFER_READ)

    (told,) = talk.telegram.by_bot()
    assert (told["message_id"], labels(told)) == (offer["message_id"], [])
    assert told["text"].endswith("Ask away.")
    assert not kept(talk, offer)
    talk.says("When was the mill sold?")
    assert said(talk)[1].startswith("The old mill at Orsa was sold in 1999. [1]")


def test_it_is_asked_and_the_offer_goes(talk: Talk) -> None:
    text = "I have wondered about this for a long time. " * 15 + "Who wrote this?"
    talk.says(text)
    offer = talk.telegram.by_bot()[-1]
    talk.press(offer, OFFER_ASK)

    (answer,) = talk.telegram.by_bot()
    assert labels(answer)[-1] == ["👍", "👎"]
    assert not kept(talk, offer)


def test_what_is_too_long_for_a_question_says_so(talk: Talk) -> None:
    offer = offered(talk, A_LONG_TEXT * 3)
    talk.press(offer, OFFER_ASK)

    (told,) = said(talk)
    assert told.startswith("The question has 1,859 characters, and the limit is 1,000.")


@pytest.mark.parametrize("label", [OFFER_READ, OFFER_ASK])
def test_a_press_that_is_handled_again_does_nothing_twice(talk: Talk, label: str) -> None:
    offer = offered(talk)
    update = talk.press(offer, label)
    before = said(talk)
    talk.take(update)

    assert said(talk) == before
    assert talk.popups() == [None, messages.EXPIRED]


def test_whoever_asks_too_much_may_press_again_later(
    fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, questions_per_minute=1) as talk:
        talk.says("Who wrote this?")
        offer = offered(talk)
        for label in (OFFER_READ, OFFER_ASK):
            talk.press(offer, label)

        assert [one.startswith("Too many") for one in said(talk)] == [False, False, True, True]
        assert kept(talk, offer)
        assert labels(talk.telegram.messages[7, offer["message_id"]]) == labels(offer)


def test_another_chat_gets_no_text_of_this_one(talk: Talk) -> None:
    data = button(offered(talk), OFFER_READ)["callback_data"]
    talk.press_data(data, talk.telegram.put(GROUP, BOT, "Elsewhere"))

    assert talk.popups() == [messages.EXPIRED]
    assert said(talk, GROUP) == ["Elsewhere"]


def test_who_may_not_read_in_a_group_is_not_asked_and_cannot_press(talk: Talk) -> None:
    talk.telegram.administrators = [ANN]
    talk.mentions(A_LONG_TEXT, GROUP, person=BOB)
    talk.mentions(A_LONG_TEXT, GROUP, person=ANN)
    asked, offer = talk.telegram.by_bot(GROUP["id"])
    talk.press(offer, OFFER_READ, person=BOB)

    assert labels(asked)[-1] == ["👍", "👎"]
    assert talk.popups() == [article_messages.ONLY_ADMINISTRATORS_UPLOAD]
    assert kept(talk, offer)


def test_whoever_may_not_use_the_bot_is_told_so(fake_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(fake_pipeline, tmp_path, allowed_users=frozenset({1})) as talk:
        talk.says(A_LONG_TEXT)

        assert said(talk) == [messages.NOT_ALLOWED]


def test_where_no_articles_are_taken_it_is_a_question(
    fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, allow_uploads=False) as talk:
        talk.says(A_LONG_TEXT)

        assert labels(talk.telegram.by_bot()[0])[-1] == ["👍", "👎"]


@pytest.mark.parametrize("reads", [True, False])
def test_a_button_says_what_it_does(reads: bool) -> None:
    (row,) = offer_keyboard("0" * 32).inline_keyboard
    data = row[0 if reads else 1].callback_data
    assert isinstance(data, str)

    assert offer_press_in(data) == OfferPress(reads, "0" * 32)
    assert len(data.encode()) <= 64


@pytest.mark.parametrize("data", [None, "", "v1:o:r:x", f"v1:o:q:{'0' * 32}", "v1:a:d"])
def test_other_buttons_are_none_of_an_offer(data: str | None) -> None:
    assert offer_press_in(data) is None
