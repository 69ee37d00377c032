from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.telegram_app.incoming import (
    Intent,
    Link,
    SentFile,
    SentText,
    ToAsk,
    ToOffer,
    ToRead,
    intent_of,
    joined_text,
    piece_of,
    reading_of,
)
from tests.telegram_app.emulator.attachments import CHANNEL
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
LONG = 60
LINK = "https://example.org/harbour"
MENTION = f"@{BOT_NAME}"
A_LONG_TEXT = "The harbour was closed on Monday because of the storm, and nobody sailed."
FILE: Json = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "file_size": 9}
PDF: Json = FILE | {"mime_type": "application/pdf"}
PICTURE: Json = {"photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]}
FORWARDED: Json = {"forward_origin": CHANNEL}


@pytest.fixture(autouse=True, scope="module")
def known_bot() -> None:
    import asyncio

    asyncio.run(OFFLINE.initialize())


def update(text: str | None = None, number: int = 3, **fields: Any) -> Update:  # noqa: ANN401
    message: Json = {"message_id": number, "date": DATE, "chat": PRIVATE, "from": ANN}
    if text is not None:
        message |= {"text": text, "entities": typed(text)}
    if "caption" in fields:
        message["caption_entities"] = typed(fields["caption"])
    made = Update.de_json({"update_id": number, "message": {**message, **fields}}, OFFLINE)
    assert made is not None
    return made


def intent(*updates: Update) -> Intent | None:
    return intent_of([one.message for one in updates if one.message], OFFLINE, LONG)


def read(*updates: Update) -> tuple[list[object], str]:
    """Return what is read, and what is asked then."""
    found = intent(*updates)
    assert isinstance(found, ToRead)
    return [one.source for one in found.readables], found.asked.text


def test_words_are_a_question() -> None:
    found = intent(update("Who sailed?"))
    assert isinstance(found, ToAsk)
    assert (found.asked.text, found.asked.message_id) == ("Who sailed?", 3)


@pytest.mark.parametrize(
    ("text", "addresses", "question"),
    [
        (LINK, [LINK], ""),
        (f"👉 {LINK} .", [LINK], ""),
        ("example.org/harbour", ["https://example.org/harbour"], ""),
        (f"{LINK} Who sailed?", [LINK], "Who sailed?"),
        (f"Who sailed, by {LINK}?", [LINK], "Who sailed, by ?"),
        (f"{LINK}\nhttp://b.de/ {LINK}", [LINK, "http://b.de/"], ""),
        (f"README.md of {LINK}?", [LINK], "README.md of ?"),
    ],
)
def test_a_link_is_read(text: str, addresses: list[str], question: str) -> None:
    assert read(update(text)) == ([Link(one) for one in addresses], question)


def test_what_only_looks_like_a_link_is_no_link_among_words() -> None:
    assert isinstance(intent(update("What does README.md say?")), ToAsk)


def test_words_that_lead_somewhere_are_said() -> None:
    entity = {"type": "text_link", "offset": 5, "length": 4, "url": LINK}
    assert read(update("What that says?", entities=[entity])) == ([Link(LINK)], "What that says?")
    alone = {"type": "text_link", "offset": 0, "length": 4, "url": LINK}
    assert read(update("Here", entities=[alone])) == ([Link(LINK)], "")


@pytest.mark.parametrize("url", ["tg://user?id=5", "ftp://example.org/a"])
def test_other_kinds_of_links_are_no_pages(url: str) -> None:
    entity = {"type": "text_link", "offset": 0, "length": 4, "url": url}
    assert isinstance(intent(update("Here", entities=[entity])), ToAsk)


def test_a_long_text_is_offered_whatever_links_it_has() -> None:
    for text in (A_LONG_TEXT, f"{A_LONG_TEXT} {LINK}"):
        found = intent(update(text))
        assert isinstance(found, ToOffer)
        assert found.asked.text == text
    # The address itself makes no text long.
    assert read(update(f"{LINK}/{'x' * LONG} Who?"))[1] == "Who?"


def test_a_document_is_read_and_its_caption_asked() -> None:
    file = SentFile("f", "a.pdf", "application/pdf", 9)
    assert read(update(document=PDF)) == ([file], "")
    assert read(update(document=PDF, caption="Who sailed?")) == ([file], "Who sailed?")
    plain = {key: PDF[key] for key in ("file_id", "file_unique_id")}
    assert read(update(document=plain)) == ([SentFile("f", None, None, None)], "")


def test_an_album_is_read_in_its_order() -> None:
    first = update(document=PDF, media_group_id="9")
    second = update(number=4, document=PDF | {"file_id": "g"}, caption="Which?", media_group_id="9")
    found = intent(first, second)
    assert isinstance(found, ToRead)
    assert [(one.source.file_id, one.message_id) for one in found.readables] == [  # type: ignore[union-attr]
        ("f", 3),
        ("g", 4),
    ]
    assert found.asked.text == "Which?"


def test_pictures_and_the_like_are_not_for_reading() -> None:
    animation = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1, "duration": 1}
    assert intent(update(**PICTURE, caption="Who is that?")) is None
    assert intent(update(animation=animation, document=FILE)) is None
    assert intent(update("\u2800")) is None
    assert intent(update("/help")) is None


def test_what_somebody_else_wrote_is_no_question() -> None:
    assert read(update(f"Do read {LINK}!", **FORWARDED)) == ([Link(LINK)], "")
    assert read(update(document=PDF, caption="Our report", **FORWARDED))[1] == ""
    assert isinstance(intent(update("Who sailed?", **FORWARDED)), ToAsk)


def test_a_forwarded_series_is_one_text() -> None:
    parts = (
        update("The harbour was closed on Monday.", **FORWARDED),
        update(number=4, caption="Nobody sailed for three days", **FORWARDED, **PICTURE),
        update("Then it opened.", 5, **FORWARDED),
    )
    found = intent(*parts)
    assert isinstance(found, ToOffer)
    assert found.asked.text == (
        "The harbour was closed on Monday.\n\nNobody sailed for three days\n\nThen it opened."
    )
    assert found.asked.message_id == 3


def test_a_paste_in_pieces_is_one_text() -> None:
    found = intent(update("A storm came. The harbour was closed and nobody"), update("sailed.", 4))
    assert isinstance(found, ToAsk)
    assert found.asked.text == "A storm came. The harbour was closed and nobody sailed."


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["He said so.", "She did not."], "He said so.\n\nShe did not."),
        (["He said", "so."], "He said so."),
        (["彼は港", "に行った"], "彼は港に行った"),
        (["彼は港。", "彼女は"], "彼は港。\n\n彼女は"),
        (["a", "", "b"], "a b"),
        (["", "b"], "b"),
    ],
)
def test_joining(texts: list[str], expected: str) -> None:
    assert joined_text(texts, is_forwarded=False) == expected


@given(st.lists(st.text(), min_size=1), st.booleans())
def test_joining_changes_nothing_but_white_space(texts: list[str], is_forwarded: bool) -> None:
    joined = joined_text(texts, is_forwarded=is_forwarded)
    assert "".join(joined.split()) == "".join("".join(texts).split())


def test_in_groups_only_what_is_for_the_bot() -> None:
    reply = {"message_id": 2, "date": DATE, "chat": GROUP, "from": BOT, "text": "…"}
    assert intent(update(LINK, chat=GROUP)) is None
    assert intent(update(document=PDF, chat=GROUP)) is None
    assert read(update(f"{MENTION} {LINK}", chat=GROUP)) == ([Link(LINK)], "")
    assert read(update(document=PDF, caption=f"{MENTION}, who?", chat=GROUP))[1] == "who?"
    assert read(update(LINK, chat=GROUP, reply_to_message=reply)) == ([Link(LINK)], "")
    assert read(update(document=PDF, chat=GROUP, reply_to_message=reply))[1] == ""


def command(text: str, **fields: Any) -> tuple[list[object], str] | None:  # noqa: ANN401
    message = update(text, **fields).message
    assert message is not None
    found = reading_of(message, OFFLINE)
    return found and ([one.source for one in found.readables], found.asked.text)


def answered(text: str | None = None, **fields: Any) -> Json:  # noqa: ANN401
    message: Json = {"message_id": 2, "date": DATE, "chat": GROUP, "from": ANN, **fields}
    return message if text is None else message | {"text": text, "entities": typed(text)}


@pytest.mark.parametrize(
    ("text", "replied", "expected"),
    [
        (f"/read {LINK}", None, ([Link(LINK)], "")),
        (f"/read@{BOT_NAME} {LINK} Who?", None, ([Link(LINK)], "Who?")),
        ("/read", None, None),
        ("/read what?", None, None),
        ("/read", answered(LINK), ([Link(LINK)], "")),
        ("/read Who?", answered(document=FILE), ([SentFile("f", "a.pdf", None, 9)], "Who?")),
        ("/read", answered("Short."), ([SentText("Short.")], "")),
        ("/read", answered(f"See {LINK}"), ([SentText(f"See {LINK}")], "")),
        ("/read", answered(caption="A picture.", **PICTURE), ([SentText("A picture.")], "")),
        ("/read", answered(**PICTURE), None),
        ("/read", answered("Hello") | {"from": BOT}, None),
    ],
)
def test_the_command_to_read(text: str, replied: Json | None, expected: object) -> None:
    more = {} if replied is None else {"reply_to_message": replied}
    assert command(text, chat=GROUP, **more) == expected


@pytest.mark.parametrize(
    ("one", "kind", "begins"),
    [
        (update("word " * 500), "pasted", True),
        (update("Who?"), "pasted", False),
        (update("Who?", **FORWARDED), "forwarded", True),
        (update(document=PDF, **FORWARDED), "forwarded", False),
        (update(document=PDF, media_group_id="9"), "album 9", True),
        (update(**PICTURE, media_group_id="9"), "album 9", False),
        (update("word " * 500, chat=GROUP), "pasted", False),
    ],
)
def test_what_may_be_a_piece(one: Update, kind: str, begins: bool) -> None:
    piece = piece_of(one, OFFLINE)
    assert piece is not None
    assert (piece.kind, piece.begins) == (kind, begins)
    assert piece.sender[1] == ANN["id"]
    assert piece.sent_at == datetime.fromtimestamp(DATE, UTC)


@pytest.mark.parametrize("one", [update("/help"), update(document=PDF), update(**PICTURE)])
def test_what_stands_alone(one: Update) -> None:
    assert piece_of(one, OFFLINE) is None
