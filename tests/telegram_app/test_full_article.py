import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.pipeline import QAPipeline
from bot.telegram_app.messages import (
    FULL_ARTICLE_DONE,
    FULL_ARTICLE_IS_HERE,
    full_article_is_too_long,
)
from bot.telegram_app.text.article_parts import article_parts
from index.article import Article
from tests.telegram_app.offline_bot import ANN, GROUP, PRIVATE, Json
from tests.telegram_app.talk import Talk, talk_about
from tests.telegram_app.test_buttons import pipeline_about
from tests.telegram_app.text.articles import article_of

LONG_ARTICLE = article_of(
    "\n\n".join([*(f"Paragraph {n}. {'Words go on. ' * 60}" for n in range(12)), "Ann won it."])
)


@pytest.fixture
def talk(sure_pipeline: QAPipeline, tmp_path: Path) -> Iterator[Talk]:
    with talk_about(sure_pipeline, tmp_path) as talk:
        yield talk


def said(talk: Talk, chat: Json = PRIVATE) -> list[str]:
    return [message["text"] for message in talk.telegram.by_bot(chat["id"])]


def parts_of(article: Article) -> list[str]:
    return [part.text.plain() for part in article_parts(article)]


def test_the_article_is_posted_once(talk: Talk) -> None:
    talk.posts_article()
    parts = parts_of(talk.services.pipeline.article)
    assert said(talk) == [*parts, FULL_ARTICLE_DONE]

    talk.posts_article()
    assert said(talk)[len(parts) :] == [FULL_ARTICLE_DONE, FULL_ARTICLE_IS_HERE]
    first = talk.telegram.by_bot()[0]["message_id"]
    assert talk.telegram.made("sendMessage")[-1]["reply_parameters"]["message_id"] == first


def test_only_the_first_message_makes_a_sound(tmp_path: Path) -> None:
    with talk_about(pipeline_about(LONG_ARTICLE, "Ann"), tmp_path) as talk:
        talk.posts_article()

        silent = [call.get("disable_notification") for call in talk.telegram.made("sendMessage")]
        assert silent == [None, True, True, None]


def test_a_deleted_article_is_posted_again(talk: Talk) -> None:
    talk.posts_article()
    talk.telegram.messages.clear()
    talk.posts_article()

    assert said(talk) == [*parts_of(talk.services.pipeline.article), FULL_ARTICLE_DONE]


def test_two_wishes_at_once_post_it_once(talk: Talk) -> None:
    updates = [talk.update(message=talk.telegram.put(PRIVATE, ANN, "/article full")) for _ in "ab"]
    context = type("Context", (), {"bot": talk.bot})()

    async def both() -> None:
        await asyncio.gather(*(talk.full_article.post(update, context) for update in updates))

    talk.run(both())
    assert said(talk)[-2:] == [FULL_ARTICLE_DONE, FULL_ARTICLE_IS_HERE]
    assert len(said(talk)) == len(parts_of(talk.services.pipeline.article)) + 2


def test_a_long_article_is_declined(tmp_path: Path) -> None:
    pipeline = pipeline_about(LONG_ARTICLE, "Ann")
    with talk_about(pipeline, tmp_path, full_article_max_messages=2) as talk:
        talk.posts_article()
        assert said(talk) == [full_article_is_too_long(3, 2)]

        talk.says("Who won it?")
        assert "quote" not in talk.telegram.made("sendMessage")[-1]["reply_parameters"]


def test_an_answer_replies_to_the_message_that_holds_its_evidence(tmp_path: Path) -> None:
    with talk_about(pipeline_about(LONG_ARTICLE, "Ann"), tmp_path) as talk:
        talk.posts_article()
        *_, part, _ = talk.telegram.by_bot()
        talk.says("Who won it?")

        sent = talk.telegram.made("sendMessage")[-1]
        reply = sent["reply_parameters"]
        at = reply["quote_position"]
        assert part["text"][at : at + len("Ann won it.")] == reply["quote"] == "Ann won it."
        assert reply["message_id"] == part["message_id"]
        assert sent["text"].startswith("Ann [1]")


def test_of_a_sentence_over_two_messages_the_words_are_quoted(tmp_path: Path) -> None:
    sentence = f"Start {'word ' * 1000}then Ann won {'word ' * 500}end."
    with talk_about(pipeline_about(article_of(sentence), "Ann"), tmp_path) as talk:
        talk.posts_article()
        first, second, _ = talk.telegram.by_bot()
        talk.says("Who won it?")

        reply = talk.telegram.made("sendMessage")[3]["reply_parameters"]
        assert (first["text"][:5], reply["message_id"]) == ("Start", second["message_id"])
        assert "then Ann won" in reply["quote"]


def test_in_a_group_it_names_who_asks(talk: Talk) -> None:
    talk.posts_article(GROUP)
    talk.mentions("Which part?", GROUP)

    assert said(talk, GROUP)[-1].startswith("Ann Lee:\neast Mosul [1]")
    assert "quote" in talk.telegram.made("sendMessage")[-1]["reply_parameters"]


def test_another_chat_has_no_article_to_point_at(talk: Talk) -> None:
    talk.posts_article(GROUP)
    talk.says("Which part?")

    assert "quote" not in talk.telegram.made("sendMessage")[-1]["reply_parameters"]


def test_a_refused_quote_is_left_out(talk: Talk) -> None:
    talk.posts_article()
    asked = talk.telegram.put(PRIVATE, ANN, "Which part?")
    talk.telegram.refuse("sendMessage", "Bad Request: QUOTE_TEXT_INVALID")
    talk.take(talk.update(message=asked))

    refused, sent = talk.telegram.made("sendMessage")[-2:]
    assert ("quote" in refused["reply_parameters"], refused["text"]) == (True, sent["text"])
    assert sent["reply_parameters"] == {
        "message_id": asked["message_id"],
        "allow_sending_without_reply": True,
    }
    assert said(talk)[-1] == sent["text"]


def test_a_deleted_part_is_replied_to_no_more(talk: Talk) -> None:
    talk.posts_article()
    talk.telegram.messages.clear()
    asked = talk.says("Which part?")

    (answer,) = talk.telegram.by_bot()
    assert answer["text"].startswith("east Mosul [1]")
    reply = talk.telegram.made("sendMessage")[-1]["reply_parameters"]
    assert reply["message_id"] == asked["message_id"]


def test_unsure_words_reply_to_the_question(unsure_pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(unsure_pipeline, tmp_path) as talk:
        talk.posts_article()
        talk.says("Which part?")

        assert "quote" not in talk.telegram.made("sendMessage")[-1]["reply_parameters"]
