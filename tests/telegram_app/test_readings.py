from collections.abc import Iterator
from pathlib import Path

import pytest
from telegram.error import Forbidden

from bot.pipeline import QAPipeline
from bot.telegram_app import article_messages
from bot.telegram_app.chat_articles import ALL
from index.library.entry import Entry
from tests.telegram_app.fake_pipelines import FakePipelines
from tests.telegram_app.offline_bot import ANN, BOB, GROUP, PRIVATE, Json
from tests.telegram_app.talk import Talk, talk_about

MILL = b"The Mill at Orsa\n\nThe old mill at Orsa was sold in 1999. Its wheel turns again.\n"
BRIDGE = b"The Bridge of Tarn\n\nThe bridge of Tarn has eleven arches of grey stone.\n"
READY = "The Mill at Orsa\n13 words, 1 paragraph. Ask away."


@pytest.fixture
def talk(fake_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(fake_pipeline, tmp_path) as talk:
        yield talk


def said(talk: Talk, chat: Json = PRIVATE) -> list[str]:
    return [one["text"] for one in talk.telegram.by_bot(chat["id"])]


def entries(talk: Talk, chat_id: int = PRIVATE["id"]) -> list[str | None]:
    found: tuple[Entry, ...] = talk.run(talk.services.articles.entries(chat_id))
    return [entry.title for entry in found]


def pipelines(talk: Talk) -> FakePipelines:
    found = talk.services.articles._pipelines
    assert isinstance(found, FakePipelines)
    return found


def test_a_document_becomes_the_chats_article(talk: Talk) -> None:
    sent = talk.sends(MILL)

    assert said(talk) == [READY]
    begun, *_ = talk.telegram.made("sendMessage")
    assert begun["text"] == article_messages.READING
    assert begun["reply_parameters"]["message_id"] == sent["message_id"]
    assert talk.run(talk.store.asks(7)) == talk.run(talk.services.articles.entries(7))[0].id
    talk.says("When was the mill sold?")
    assert said(talk)[1].startswith("The old mill at Orsa was sold in 1999. [1]")
    assert talk.services.metrics.articles.labels("new")._value.get() == 1


def test_an_update_that_is_handled_again_reads_again_and_says_nothing_twice(talk: Talk) -> None:
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "mill.txt"}
    talk.telegram.files["f"] = MILL
    message = talk.telegram.put(PRIVATE, ANN, None, document=document)
    update = talk.update(message=message)
    for _ in range(2):
        talk.take(update)

    assert said(talk) == [READY]
    assert len(talk.telegram.made("sendMessage")) == 1
    assert entries(talk) == ["The Mill at Orsa"]


def test_what_was_sent_before_is_told_so(talk: Talk) -> None:
    for _ in range(2):
        talk.sends(MILL)

    assert said(talk)[1] == (
        f"The Mill at Orsa\n{article_messages.READY_AGAIN}\n13 words, 1 paragraph. Ask away."
    )


def test_what_cannot_be_read_is_told_in_the_same_message(talk: Talk) -> None:
    talk.sends(b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "a.png")

    (told,) = said(talk)
    assert told != article_messages.READING
    assert entries(talk) == []
    assert talk.run(talk.store.asks(7)) is None
    assert talk.services.metrics.articles.labels("refused")._value.get() == 1


def test_a_bug_takes_the_message_back_and_is_left_to_the_error_handler(talk: Talk) -> None:
    def broken(_entry: Entry) -> None:
        raise ValueError("a bug")

    pipelines(talk).before = broken
    with pytest.raises(ValueError, match="a bug"):
        talk.sends(MILL)

    assert said(talk) == []
    assert talk.services.metrics.articles.labels("failed")._value.get() == 1


def test_who_has_blocked_the_bot_is_read_nothing(talk: Talk) -> None:
    talk.telegram.refuse("sendMessage", "Forbidden: bot was blocked by the user", code=403)
    with pytest.raises(Forbidden):
        talk.sends(MILL)

    assert entries(talk) == []


def test_a_message_that_was_deleted_meanwhile_is_sent_anew(talk: Talk) -> None:
    def delete(_entry: Entry) -> None:
        talk.telegram.messages = {
            place: one for place, one in talk.telegram.messages.items() if not one["from"]["is_bot"]
        }

    pipelines(talk).before = delete
    talk.sends(MILL)

    assert said(talk) == [READY]


def test_a_question_below_a_document_that_cannot_be_read_is_not_asked(talk: Talk) -> None:
    talk.sends(b"short", caption="Who wrote this?")

    (told,) = said(talk)
    assert "words" in told
    assert talk.services.metrics.questions._value.get() == 0


def test_a_file_name_is_no_address(talk: Talk) -> None:
    talk.sends(b"A mill that was sold in 1999.", "https://example.org/other.txt")
    talk.sends(b"A bridge that was built in 1870.", "https://example.org/other.txt")

    assert len(entries(talk)) == 2
    assert said(talk)[0].splitlines()[0] == "other.txt"


def test_what_has_no_title_is_called_by_its_file_or_its_first_words(talk: Talk) -> None:
    talk.sends(b"A mill that was sold in 1999.", "notes.txt")
    talk.command(
        "/read", reply_to_message=talk.telegram.put(PRIVATE, ANN, "A text of mine, short.")
    )

    assert [one.splitlines()[0] for one in said(talk)] == ["notes.txt", "A text of mine, short."]


def test_several_at_once_are_all_asked(talk: Talk) -> None:
    # Without a processor that gathers them, as one message with two links would bring them.
    from bot.telegram_app.addressing import asked_by
    from bot.telegram_app.incoming import Readable, SentText, ToRead

    update = talk.update(message=talk.telegram.put(PRIVATE, ANN, "How many arches has the bridge?"))
    assert update.message is not None
    asked = asked_by(update.message, "How many arches has the bridge?")
    sources = (Readable(SentText(one.decode()), 1) for one in (MILL, BRIDGE))
    assert talk.run(talk.readings.read(update, talk.bot, ToRead(asked, tuple(sources))))

    assert talk.run(talk.store.asks(7)) == ALL
    told = said(talk)
    assert told[2] == article_messages.all_ready(2)
    assert told[3].startswith("The bridge of Tarn has eleven arches of grey stone. [1]")
    assert "The Bridge of Tarn" in told[3]


def test_in_a_group_who_may_not_is_told_why(talk: Talk) -> None:
    talk.telegram.administrators = [ANN]
    replied = talk.telegram.put(GROUP, talk.telegram.answer("getMe", {}), "Hello")
    talk.sends(MILL, chat=GROUP, person=BOB, reply_to_message=replied)
    talk.sends(MILL, chat=GROUP, person=ANN, reply_to_message=replied)

    assert said(talk, GROUP)[1:] == [article_messages.ONLY_ADMINISTRATORS_UPLOAD, READY]
    assert (entries(talk, GROUP["id"]), entries(talk)) == (["The Mill at Orsa"], [])


@pytest.mark.parametrize(
    ("setting", "refusal"),
    [
        ({"allow_uploads": False}, article_messages.UPLOADS_ARE_OFF),
        ({"allowed_users": frozenset({1})}, "This bot answers only people and chats"),
    ],
)
def test_where_nothing_is_read_nothing_is_fetched(
    setting: Json, refusal: str, fake_pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(fake_pipeline, tmp_path, **setting) as talk:
        talk.sends(MILL)

        assert said(talk)[0].startswith(refusal)
        assert talk.telegram.made("getFile") == []


def test_a_second_try_is_not_one_too_many(fake_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(fake_pipeline, tmp_path, articles_per_chat=1, uploads_per_day=1) as talk:
        document = {"file_id": "f", "file_unique_id": "f", "file_name": "mill.txt"}
        talk.telegram.files["f"] = MILL
        message = talk.telegram.put(PRIVATE, ANN, None, document=document)
        update = talk.update(message=message)
        for _ in range(2):
            talk.take(update)
        talk.sends(BRIDGE)

        first, second = said(talk)
        assert first.endswith("Ask away.")
        assert second == article_messages.too_many_articles(1)


def test_an_article_that_is_given_up_says_so_in_its_message(talk: Talk) -> None:
    def broken(_entry: Entry) -> None:
        raise SystemExit

    pipelines(talk).before = broken
    document = {"file_id": "f", "file_unique_id": "f", "file_name": "mill.txt"}
    talk.telegram.files["f"] = MILL
    update = talk.update(message=talk.telegram.put(PRIVATE, ANN, None, document=document))
    with pytest.raises(SystemExit):
        talk.run(talk.receiving.on_message(update, talk.context))
    given_up = talk.run(talk.readings.give_up(update, talk.bot))

    assert (given_up, said(talk)) == (True, [article_messages.READING_GIVEN_UP])
    other = talk.update(message=talk.telegram.put(PRIVATE, ANN, "Who wrote this?"))
    assert not talk.run(talk.readings.give_up(other, talk.bot))
