import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.telegram_app.question_queue import Turn
from bot.telegram_app.turns import turn_of
from tests.telegram_app.emulator.typed import typed
from tests.telegram_app.offline_bot import (
    ANN,
    BOT,
    BOT_NAME,
    DATE,
    GROUP,
    PRIVATE,
    Json,
    OfflineTelegram,
)

OFFLINE = OfflineTelegram().bot()
OFFER = "0" * 32
FILE: Json = {"file_id": "f", "file_unique_id": "u"}
STARTED_AT = datetime.fromtimestamp(DATE, UTC)
LONG = 60


@pytest.fixture(autouse=True, scope="module")
def initialised() -> None:
    asyncio.run(OFFLINE.initialize())


def turn(
    text: str | None = "Who?",
    kind: str = "message",
    started_at: datetime = STARTED_AT,
    **fields: Any,  # noqa: ANN401
) -> Turn | None:
    message: Json = {"message_id": 3, "date": DATE, "chat": PRIVATE, "from": ANN}
    if text is not None:
        message |= {"text": text, "entities": typed(text)}
    update = Update.de_json({"update_id": 1, kind: {**message, **fields}}, OFFLINE)
    assert update is not None
    return turn_of(update, OFFLINE, started_at, LONG)


def pressed(data: str) -> Turn | None:
    shown = {"message_id": 2, "date": DATE, "chat": GROUP, "from": BOT, "text": "…"}
    query = {"id": "1", "from": ANN, "chat_instance": "1", "message": shown, "data": data}
    update = Update.de_json({"update_id": 1, "callback_query": query}, OFFLINE)
    assert update is not None
    return turn_of(update, OFFLINE, STARTED_AT, LONG)


def test_a_question_waits_for_its_turn() -> None:
    assert turn() == Turn(7, exempt=False)
    assert turn(kind="edited_message") == Turn(7, exempt=False)
    assert turn(chat=GROUP) is None


def test_a_message_without_a_question_waits_for_nothing() -> None:
    assert turn(f"@{BOT_NAME}", chat=GROUP) is None
    assert turn("/help") is None
    assert turn(None, voice=FILE | {"duration": 1}) is None


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("https://example.org/a", {}),
        ("https://example.org/a Who?", {}),
        (None, {"document": FILE}),
        ("/read https://example.org/a", {}),
        (f"/read@{BOT_NAME}", {"chat": GROUP | {"id": 7}}),
    ],
)
def test_a_reading_waits_among_readings(text: str | None, fields: Json) -> None:
    assert turn(text, **fields) == Turn(7, exempt=False, lane="reading")


def test_a_command_of_another_bot_is_none() -> None:
    assert turn("/read@other_bot https://example.org/a", chat=GROUP) is None


def test_a_long_text_may_be_a_question_yet() -> None:
    assert turn("word " * LONG) == Turn(7, exempt=False)


def test_a_new_supergroup_waits_until_all_is_handed_over() -> None:
    assert turn(None, chat=GROUP, migrate_from_chat_id=-5) == Turn(-100, exempt=True)
    assert turn(None, chat=GROUP, migrate_to_chat_id=-5) is None


def test_what_piled_up_is_exempt() -> None:
    later = datetime.fromtimestamp(DATE + 1, UTC)
    assert turn(started_at=later) == Turn(7, exempt=True)
    edited = turn(kind="edited_message", started_at=later, edit_date=DATE + 2)
    assert edited == Turn(7, exempt=False)
    assert turn(None, started_at=later, document=FILE) == Turn(7, exempt=True, lane="reading")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("v1:q:0", Turn(-100, exempt=False)),
        (f"v1:o:a:{OFFER}", Turn(-100, exempt=False)),
        (f"v1:o:r:{OFFER}", Turn(-100, exempt=False, lane="reading")),
        ("v1:s:abc:1", None),
        ("v1:a:d", None),
        ("v1:f:y", None),
        ("", None),
    ],
)
def test_a_press_waits_for_what_it_asks(data: str, expected: Turn | None) -> None:
    assert pressed(data) == expected
