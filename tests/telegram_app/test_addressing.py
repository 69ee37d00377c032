import re
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.telegram_app.addressing import AskedQuestion, is_old, question_in
from bot.telegram_app.store.records import MessagePlace
from tests.telegram_app.offline_bot import (
    ANN,
    BOB,
    BOT,
    BOT_ID,
    BOT_NAME,
    DATE,
    GROUP,
    PRIVATE,
    Json,
    OfflineTelegram,
)

OFFLINE = OfflineTelegram().bot()
OTHER_BOT: Json = {"id": 43, "is_bot": True, "first_name": "Other", "username": "other_bot"}
ANONYMOUS: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
MENTION = f"@{BOT_NAME}"


def update_of(kind: str = "message", **fields: Any) -> Update:  # noqa: ANN401
    message = {"message_id": 3, "date": DATE, "chat": PRIVATE, "from": ANN, "text": "Who?"}
    told = {key: value for key, value in {**message, **fields}.items() if value is not None}
    raw = {"update_id": 1, kind: told}
    update = Update.de_json(raw, OFFLINE)
    assert update is not None
    return update


def question(**fields: Any) -> AskedQuestion | None:  # noqa: ANN401
    return question_in(update_of(**fields), BOT_NAME, BOT_ID)


def entity(text: str, words: str, kind: str = "mention", **fields: Any) -> Json:  # noqa: ANN401
    before = text[: text.index(words)].encode("utf-16-le")
    length = len(words.encode("utf-16-le")) // 2
    return {"type": kind, "offset": len(before) // 2, "length": length, **fields}


def mentioning(text: str, *names: str) -> str | None:
    entities = [entity(text, name) for name in names]
    asked = question(chat=GROUP, text=text, entities=entities)
    return asked and asked.text


def reply(sender: Json, **fields: Any) -> Json:  # noqa: ANN401
    return {"message_id": 2, "date": DATE, "chat": GROUP, "from": sender, "text": "…", **fields}


def test_every_text_in_a_private_chat_is_a_question() -> None:
    asked = question()

    assert asked == AskedQuestion("Who?", 7, 3, None, 7, "Ann Lee", is_group=False)
    assert asked.place == MessagePlace(7, 3)


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_new_and_edited_messages_ask(kind: str) -> None:
    assert question(kind=kind) is not None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post"])
def test_a_channel_asks_nothing(kind: str) -> None:
    channel = {"id": -5, "type": "channel", "title": "News"}
    assert question(kind=kind, chat=channel) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]},
        {"text": None},
        {"text": None, "caption": "Who?", "photo": []},
        {"via_bot": BOT},
        {"from": OTHER_BOT},
        {"chat": GROUP},
        {"chat": GROUP, "reply_to_message": reply(BOB)},
        {"chat": GROUP, "reply_to_message": reply(OTHER_BOT)},
        {
            "chat": GROUP,
            "reply_to_message": reply(
                BOT, text=None, forum_topic_created={"name": "News", "icon_color": 0}
            ),
        },
        {"chat": GROUP, "reply_to_message": reply(BOT), "is_automatic_forward": True},
    ],
)
def test_what_asks_the_bot_nothing(fields: Json) -> None:
    assert question(**fields) is None


def test_a_reply_to_the_bot_is_a_question() -> None:
    asked = question(chat=GROUP, reply_to_message=reply(BOT))

    assert asked == AskedQuestion("Who?", -100, 3, None, 7, "Ann Lee", is_group=True)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"{MENTION} Who?", "Who?"),
        (f"{MENTION}, who?", "who?"),
        (f"{MENTION}:\nwho?", "who?"),
        (f"Who, {MENTION}?", "Who, ?"),
        (f"😀 tell{MENTION}me", "😀 tell me"),
        (f"Who? {MENTION}", "Who?"),
        (MENTION, ""),
        (f" {MENTION} , ", ""),
    ],
)
def test_the_bots_name_is_no_part_of_the_question(text: str, asked: str) -> None:
    assert mentioning(text, MENTION) == asked


def test_names_are_compared_without_case() -> None:
    assert mentioning(f"@{BOT_NAME.upper()} Who?", f"@{BOT_NAME.upper()}") == "Who?"


def test_another_name_is_left_in() -> None:
    assert mentioning(f"{MENTION} is @ann right?", MENTION, "@ann") == "is @ann right?"
    assert mentioning("@ann Who?", "@ann") is None


def test_a_link_to_the_bot_names_it() -> None:
    text = "Article who?"
    linked = entity(text, "Article", "text_mention", user=BOT)
    other = entity(text, "Article", "text_mention", user=BOB)

    found = question(chat=GROUP, text=text, entities=[linked])
    assert found is not None and found.text == "who?"
    assert question(chat=GROUP, text=text, entities=[other]) is None


def test_a_topic_is_kept_and_a_thread_of_replies_is_not() -> None:
    topic = question(message_thread_id=9, is_topic_message=True)
    thread = question(message_thread_id=9)

    assert topic is not None and topic.thread_id == 9
    assert thread is not None and thread.thread_id is None


def test_who_speaks_for_a_group_has_its_name() -> None:
    asked = question(**{"chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP,
                        "reply_to_message": reply(BOT)})  # fmt: skip

    assert asked is not None
    assert (asked.asker_id, asked.asker_name) == (None, "Readers")


@given(st.text(max_size=20), st.text(max_size=20))
def test_nothing_but_the_name_is_taken_out(before: str, behind: str) -> None:
    text = f"{before}{MENTION}{behind}"
    mention = {
        "type": "mention",
        "offset": len(before.encode("utf-16-le", "surrogatepass")) // 2,
        "length": len(MENTION),
    }
    asked = question(chat=GROUP, text=text, entities=[mention])

    assert asked is not None
    left = before + behind if before.strip() else re.sub(r"^[\s,:;]*", "", behind)
    assert asked.text.split() == left.split() or before.strip()
    assert "".join(asked.text.split()) == "".join(left.split())


def test_what_is_old_was_sent_or_edited_before_the_start() -> None:
    started_at = datetime.fromtimestamp(DATE + 1, UTC)
    assert is_old(update_of(), started_at)
    assert not is_old(update_of("edited_message", edit_date=DATE + 2), started_at)
    press = {"id": "1", "from": ANN, "chat_instance": "1", "message": reply(BOT), "data": "v1:q:0"}
    pressed = Update.de_json({"update_id": 1, "callback_query": press}, OFFLINE)
    assert pressed is not None
    assert not is_old(pressed, started_at)
