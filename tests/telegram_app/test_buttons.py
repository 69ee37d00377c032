from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer import Citation
from bot.pipeline import AnswerLimits, QAPipeline
from bot.telegram_app.buttons import popup_of
from bot.telegram_app.messages import ARTICLE_GONE, EXPIRED, TAKEN_BACK
from index.article import Article
from index.embedding import HashedWordsModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever
from tests.conftest import PreparedReader, found_in
from tests.telegram_app.offline_bot import ANN, BOB, BOT, GROUP, PRIVATE, Json, button, labels
from tests.telegram_app.talk import Talk, talk_about
from tests.telegram_app.text.articles import article_of

LONG_SENTENCE = f"The winner of the {'very ' * 45}long race was Ann."


def pipeline_about(article: Article, *words: str, score: float = 0.9) -> QAPipeline:
    """Return a pipeline that finds these words of an article, whatever is asked."""
    model = HashedWordsModel()
    retriever = Retriever(build_index(article, model, IndexSettings()), model)
    found = [found_in(article, one, score) for one in words]
    reader = PreparedReader(*found, has_values=len(found) > 1)
    return QAPipeline(article, retriever, reader, AnswerLimits())


@pytest.fixture
def talk(sure_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(sure_pipeline, tmp_path) as talk:
        yield talk


def answer_in(talk: Talk, chat: Json = PRIVATE) -> Json:
    if chat is PRIVATE:
        talk.says("Which part was retaken?")
    else:
        talk.mentions("Which part was retaken?", chat)
    return talk.telegram.by_bot(chat["id"])[-1]


def now(talk: Talk, message: Json) -> Json:
    return talk.telegram.messages[message["chat"]["id"], message["message_id"]]


def test_a_number_shows_the_sentence_as_a_popup(tmp_path: Path) -> None:
    with talk_about(
        pipeline_about(article_of("Ann won the race. Bob lost."), "Ann"), tmp_path
    ) as talk:
        talk.press(answer_in(talk), "[1]")

        (shown,) = talk.telegram.made("answerCallbackQuery")
        assert (shown["text"], shown["show_alert"]) == ("[1] paragraph 1\nAnn won the race.", True)


def test_a_sentence_that_is_too_long_for_a_popup_is_sent(tmp_path: Path) -> None:
    with talk_about(pipeline_about(article_of(LONG_SENTENCE), "Ann"), tmp_path) as talk:
        answer = answer_in(talk)
        update = talk.press(answer, "[1]")
        talk.take(update)

        assert talk.popups() == [None, None]
        sent = talk.telegram.made("sendMessage")[-1]
        assert sent["text"] == f"{LONG_SENTENCE}\n[1] paragraph 1"
        assert sent["reply_parameters"]["message_id"] == answer["message_id"]
        assert len(talk.telegram.by_bot()) == 2


def test_a_long_sentence_quotes_the_article_where_it_stands_in_the_chat(tmp_path: Path) -> None:
    with talk_about(pipeline_about(article_of(LONG_SENTENCE), "Ann"), tmp_path) as talk:
        talk.posts_article()
        part = talk.telegram.by_bot()[0]
        talk.press(answer_in(talk), "[1]")

        reply = talk.telegram.made("sendMessage")[-1]["reply_parameters"]
        assert (reply["message_id"], reply["quote"]) == (part["message_id"], LONG_SENTENCE)


@pytest.mark.parametrize(
    ("length", "popup"),
    [(183, "[1] paragraph 12\n"), (184, ""), (200, ""), (201, None)],
)
def test_the_longest_popup(length: int, popup: str | None) -> None:
    sentence = "😀" + "x" * (length - 2)
    article = article_of("Three words here.")
    citation = Citation(1, 12, 0, 1, "😀", sentence, 0, article, page=None, is_caption=False)

    assert popup_of(citation) == (None if popup is None else popup + sentence)


def test_context_is_shown_in_place_and_hidden_again(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.press(answer, "In context")
    shown = now(talk, answer)
    talk.press(answer, "Less")

    before, _, after = shown["text"].partition("east Mosul")[2].partition("east Mosul")
    article = talk.services.pipeline.article.text
    quoted = [e for e in shown["entities"] if e["type"] == "blockquote"]
    context = shown["text"][quoted[0]["offset"] :][: quoted[0]["length"]]
    assert (context in article, context.count("\n\n"), len(before + after) > 300) == (True, 2, True)
    assert labels(shown)[0] == ["[1]", "Less"]
    assert now(talk, answer) == answer
    assert talk.popups() == [None, None]


def test_context_names_who_asked_where_the_answer_does(talk: Talk) -> None:
    talk.posts_article(GROUP)
    answer = answer_in(talk, GROUP)
    talk.press(answer, "In context", person=BOB)

    assert answer["text"].startswith("Ann Lee:\neast Mosul [1]")
    assert now(talk, answer)["text"].startswith("Ann Lee:\neast Mosul [1]")
    assert len(now(talk, answer)["text"]) > len(answer["text"])


def test_context_is_a_reply_where_nobody_can_tell_who_asked(talk: Talk) -> None:
    talk.posts_article(GROUP)
    answer = answer_in(talk, GROUP)
    old = {"chat": GROUP, "message_id": answer["message_id"], "date": 0}
    talk.press_data(button(answer, "In context")["callback_data"], old)
    talk.press_data(button(answer, "In context")["callback_data"].replace(":1", ":0"), old)

    assert now(talk, answer) == answer
    (reply,) = [
        one for one in talk.telegram.by_bot(-100) if one["message_id"] > answer["message_id"]
    ]
    assert "east Mosul" in reply["text"]


def test_context_that_does_not_fit_is_sent_as_a_reply(tmp_path: Path) -> None:
    paragraphs = ["One word more. " * 200, f"Ann won the race. {'Nobody else did. ' * 150}"]
    pipeline = pipeline_about(article_of("\n\n".join(paragraphs)), "Ann")
    with talk_about(pipeline, tmp_path) as talk:
        answer = answer_in(talk)
        talk.press(answer, "In context")

        assert now(talk, answer) == answer
        parts = talk.telegram.by_bot()[1:]
        assert "".join(part["text"] for part in parts).endswith("\n[1] paragraph 2")
        assert len(parts) == 2


def long_values(count: int) -> QAPipeline:
    """Return a pipeline whose answer fills more than one message."""
    names = [f"Number{n}" for n in range(count)]
    sentences = [f"{name} won {'a very long race against all ' * 20}others." for name in names]
    return pipeline_about(article_of("\n\n".join(sentences)), *names)


def test_of_a_long_answer_the_last_message_has_the_buttons(tmp_path: Path) -> None:
    with talk_about(long_values(10), tmp_path) as talk:
        answer = answer_in(talk)
        first, last = talk.telegram.by_bot()

        assert (last, labels(first)) == (answer, [])
        assert labels(last)[:2] == [[f"[{n}]" for n in range(1, 9)], ["[9]", "[10]"]]
        talk.press(answer, "👍")
        assert labels(now(talk, answer))[-1] == ["👍 ✓", "👎"]
        assert "reply_markup" not in now(talk, first)


def test_of_a_long_answer_only_what_changes_is_edited(tmp_path: Path) -> None:
    winner = "Ann " * 700 + "Lee"
    article = article_of(f"The winner was {winner} at last.\n\nAfter it.")
    with talk_about(pipeline_about(article, winner), tmp_path) as talk:
        answer = answer_in(talk)
        first, last = talk.telegram.by_bot()
        talk.press(answer, "In context")
        (edit,) = talk.telegram.made("editMessageText")
        talk.press(answer, "Less")

        assert edit["message_id"] == last["message_id"]
        assert "After it." in edit["text"]
        assert labels(edit)[0] == ["[1]", "Less"]
        assert talk.telegram.by_bot() == [first, last]


def test_a_rating_is_marked_kept_and_taken_back(talk: Talk) -> None:
    answer = answer_in(talk)
    kept = talk.run(talk.store.last_answer(7))
    seen = []
    for label in ("👍", "👎", "👎 ✓"):
        talk.press(answer, label)
        seen.append((labels(now(talk, answer))[-1], talk.run(talk.store.rating(kept.id, 7))))

    assert seen == [
        (["👍 ✓", "👎"], "good"),
        (["👍", "👎 ✓"], "bad"),
        (["👍", "👎"], None),
    ]
    assert talk.popups() == ["👍 Thank you.", "👎 Thank you.", TAKEN_BACK]


def test_a_press_that_is_handled_again_takes_nothing_back(talk: Talk) -> None:
    update = talk.press(answer_in(talk), "👍")
    talk.take(update)

    kept = talk.run(talk.store.last_answer(7))
    assert talk.run(talk.store.rating(kept.id, 7)) == "good"
    assert talk.popups() == ["👍 Thank you."] * 2


def test_in_a_group_nobody_sees_what_another_thinks(talk: Talk) -> None:
    answer = answer_in(talk, GROUP)
    talk.press(answer, "👍", person=BOB)
    talk.press(answer, "👎", person=ANN)

    kept = talk.run(talk.store.last_answer(-100))
    assert now(talk, answer) == answer
    assert [talk.run(talk.store.rating(kept.id, person)) for person in (7, 8)] == ["bad", "good"]
    assert talk.popups() == ["👍 Thank you.", "👎 Thank you."]


def test_a_rating_leaves_the_context_and_context_the_rating(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.press(answer, "In context")
    talk.press(answer, "👍")
    assert (labels(now(talk, answer))[0][1], labels(now(talk, answer))[-1][0]) == ("Less", "👍 ✓")

    talk.press(answer, "Less")
    assert labels(now(talk, answer))[-1] == ["👍 ✓", "👎"]


def test_buttons_work_after_a_restart(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.restart(talk.services.pipeline)
    talk.press(answer, "In context")
    talk.press(answer, "👍")

    assert labels(now(talk, answer))[0] == ["[1]", "Less"]
    assert talk.popups() == [None, "👍 Thank you."]


def test_buttons_expire_with_their_article(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.restart(pipeline_about(article_of("Ann won the race."), "Ann"))
    for label in ("[1]", "In context", "👍"):
        talk.press(answer, label)

    assert talk.popups() == [ARTICLE_GONE] * 3
    assert now(talk, answer) == answer


@pytest.mark.parametrize("data", ["", "v2:s:x:1", "v1:s:unknown:1", "v1:q:7", "nonsense"])
def test_unknown_data_has_expired(talk: Talk, data: str) -> None:
    talk.press_data(data, talk.telegram.put(PRIVATE, BOT, "Old"))

    assert talk.popups() == [EXPIRED]


def test_an_answer_of_another_chat_has_expired(talk: Talk) -> None:
    data = button(answer_in(talk), "[1]")["callback_data"]
    talk.press_data(data, talk.telegram.put(GROUP, BOT, "Elsewhere"))

    assert talk.popups() == [EXPIRED]


def test_a_citation_that_is_not_there_has_expired(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.press_data(button(answer, "[1]")["callback_data"].replace(":1", ":2"), answer)

    assert talk.popups()[-1] == EXPIRED


def test_a_press_on_an_old_message_still_shows_the_sentence_and_rates(talk: Talk) -> None:
    answer = answer_in(talk)
    old = {"chat": PRIVATE, "message_id": answer["message_id"], "date": 0}
    talk.press_data(button(answer, "👍")["callback_data"], old)
    talk.press_data(button(answer, "In context")["callback_data"], old)

    assert labels(now(talk, answer))[0] == ["[1]", "Less"]
    assert labels(now(talk, answer))[-1] == ["👍 ✓", "👎"]


def test_a_press_that_is_too_old_to_be_acknowledged_still_counts(talk: Talk) -> None:
    answer = answer_in(talk)
    talk.telegram.refuse(
        "answerCallbackQuery",
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )
    talk.press(answer, "👍")

    assert labels(now(talk, answer))[-1] == ["👍 ✓", "👎"]


@pytest.mark.parametrize("label", ["👍", "In context"])
def test_a_deleted_answer_is_not_edited(talk: Talk, label: str) -> None:
    answer = answer_in(talk)
    data = button(answer, label)["callback_data"]
    del talk.telegram.messages[7, answer["message_id"]]
    talk.press_data(data, answer)

    assert talk.telegram.by_bot() == []


def test_unsure_words_can_be_seen_in_context(unsure_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(unsure_pipeline, tmp_path) as talk:
        answer = answer_in(talk)
        assert labels(answer) == [["[1]", "In context"], ["👍", "👎"]]
        talk.press(answer, "[1]")
        talk.press(answer, "In context")

        assert len(now(talk, answer)["text"]) > len(answer["text"]) + 200
        assert labels(now(talk, answer)) == [["[1]", "Less"], ["👍", "👎"]]
