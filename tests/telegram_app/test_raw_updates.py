import json
import logging
from typing import Any

import pytest
from telegram import Bot

from bot.telegram_app.raw_updates import is_kept, parsed, to_keep
from bot.telegram_app.store.records import RawUpdate
from tests.telegram_app.offline import TOKEN, inline_update, text_update

CHAT = {"id": -5, "type": "group", "title": "Readers"}
PERSON = {"id": 5, "is_bot": False, "first_name": "Ann"}


def test_a_message_is_kept_as_it_came() -> None:
    raw = text_update(3, "مرحبا \ud800 👋", chat_id=9)
    kept = to_keep(raw)
    assert kept == RawUpdate(3, 9, json.dumps(raw))
    assert json.loads(kept.payload) == raw
    assert kept.payload.isascii()


@pytest.mark.parametrize(
    ("brought", "chat_id"),
    [
        ({"message": {"chat": CHAT}}, -5),
        ({"edited_message": {"chat": CHAT}}, -5),
        ({"my_chat_member": {"chat": CHAT, "from": PERSON}}, -5),
        ({"callback_query": {"id": "1", "message": {"chat": CHAT}}}, -5),
        ({"callback_query": {"id": "1", "inline_message_id": "2"}}, None),
        ({"poll": {"id": "1"}}, None),
        ({"message": {"chat": {"id": 2**63}}}, None),
        ({"message": ["no", "message"]}, None),
    ],
)
def test_the_chat_is_found(brought: dict[str, Any], chat_id: int | None) -> None:
    kept = to_keep({"update_id": 3, **brought})
    assert kept is not None
    assert kept.chat_id == chat_id


def test_what_is_typed_into_another_chat_is_not_kept() -> None:
    assert to_keep(inline_update(3)) is None
    inline, text = parsed(inline_update(3), Bot(TOKEN)), parsed(text_update(3), Bot(TOKEN))
    assert inline is not None
    assert text is not None
    assert (is_kept(inline), is_kept(text)) == (False, True)


def test_an_update_becomes_what_the_library_has() -> None:
    update = parsed(text_update(3, "Who?"), Bot(TOKEN))
    assert update is not None
    assert update.message is not None
    assert (update.update_id, update.message.text) == (3, "Who?")


@pytest.mark.parametrize(
    "raw", [{}, {"update_id": "3"}, {"update_id": 2**63}, ["no", "update"], None]
)
def test_an_update_without_a_number_is_left_out(
    raw: Any,  # noqa: ANN401
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert parsed(raw, Bot(TOKEN)) is None
    assert caplog.messages == ["An update without a number was left out."]


def test_an_update_of_another_shape_is_left_out_without_its_words(
    caplog: pytest.LogCaptureFixture,
) -> None:
    raw = {"update_id": 3, "message": {"text": "private words"}}
    with caplog.at_level(logging.DEBUG, logger="bot"):
        assert parsed(raw, Bot(TOKEN)) is None
    assert caplog.messages == ["Update 3 cannot be read (KeyError); left out."]
