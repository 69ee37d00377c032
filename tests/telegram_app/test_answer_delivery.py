from pathlib import Path

import pytest

from bot.answer import DOES_NOT_SAY, Answer
from bot.pipeline import QAPipeline
from bot.telegram_app.answer_record import shown_in
from bot.telegram_app.store.records import MessagePlace
from index.article import Article
from tests.telegram_app.offline_bot import GROUP, PRIVATE, Json, labels
from tests.telegram_app.talk import Talk, talk_about
from tests.telegram_app.test_buttons import pipeline_about
from tests.telegram_app.text.articles import article_of

SENTENCES = [f"Number{n} won {'a very long race against all ' * 20}others." for n in range(10)]
ARTICLE = article_of("\n\n".join([*SENTENCES, "Ann came last."]))


class ByQuestion(QAPipeline):
    """Answers each question as one of several pipelines does."""

    def __init__(self, article: Article, **pipelines: QAPipeline) -> None:
        self.article = article
        self._pipelines = pipelines

    def answer(self, question: str, *, paragraph: int | None = None) -> Answer:
        return self._pipelines[question].answer(question, paragraph=paragraph)


@pytest.fixture(scope="module")
def pipeline() -> QAPipeline:
    names = [f"Number{n}" for n in range(10)]
    return ByQuestion(
        ARTICLE,
        many=pipeline_about(ARTICLE, *names),
        last=pipeline_about(ARTICLE, "Ann"),
        first=pipeline_about(ARTICLE, "Number0"),
        nobody=pipeline_about(ARTICLE, "Ann", score=0.1),
    )


def kept_messages(talk: Talk, asked: Json) -> tuple[int, ...]:
    place = MessagePlace(asked["chat"]["id"], asked["message_id"])
    messages = talk.run(talk.store.answer_to(place)).messages
    assert isinstance(messages, tuple)
    return messages


def ids(talk: Talk, chat: Json = PRIVATE) -> tuple[int, ...]:
    return tuple(one["message_id"] for one in talk.telegram.by_bot(chat["id"]))


def test_parts_are_sent_in_order_and_only_the_first_replies(
    pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        asked = talk.says("many")

        sent = talk.telegram.made("sendMessage")
        assert ["reply_parameters" in call for call in sent] == [True, False]
        assert [bool(labels(one)) for one in talk.telegram.by_bot()] == [False, True]
        assert kept_messages(talk, asked) == ids(talk)


def test_an_edit_to_a_shorter_answer_deletes_what_is_too_much(
    pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        asked = talk.says("many")
        first, _ = ids(talk)
        talk.edits(asked, "last")

        assert kept_messages(talk, asked) == ids(talk) == (first,)
        assert talk.telegram.by_bot()[0]["text"].startswith("Ann [1]")
        assert labels(talk.telegram.by_bot()[0]) != []


def test_an_edit_to_a_longer_answer_sends_what_is_missing(
    pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        asked = talk.says("last")
        (first,) = ids(talk)
        talk.edits(asked, "many")

        assert kept_messages(talk, asked) == ids(talk) == (first, first + 1)
        assert [bool(labels(one)) for one in talk.telegram.by_bot()] == [False, True]


def test_what_cannot_be_deleted_is_left(pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        asked = talk.says("many")
        talk.telegram.refuse("deleteMessage", "Bad Request: message can't be deleted")
        talk.edits(asked, "last")

        assert kept_messages(talk, asked) == ids(talk)[:1]


def test_an_edit_never_leaves_a_quote_of_other_words(pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        talk.posts_article(GROUP)
        asked = talk.mentions("last", GROUP)
        before = ids(talk, GROUP)[-1]
        mention = talk.telegram.messages[-100, asked["message_id"]]["text"].partition(" ")[0]
        talk.edits(asked, f"{mention} first")

        assert before not in ids(talk, GROUP)
        assert talk.telegram.by_bot(-100)[-1]["text"].startswith("Ann Lee:\nNumber0 [1]")
        assert talk.telegram.made("sendMessage")[-1]["reply_parameters"]["quote"] == SENTENCES[0]
        assert kept_messages(talk, asked) == ids(talk, GROUP)[-1:]


def test_an_edit_to_a_refusal_takes_the_quote_away(pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        talk.posts_article()
        asked = talk.says("last")
        talk.edits(asked, "nobody")

        assert talk.telegram.by_bot()[-1]["text"].startswith(DOES_NOT_SAY)
        reply = talk.telegram.made("sendMessage")[-1]["reply_parameters"]
        assert reply["message_id"] == asked["message_id"]


def test_the_same_words_are_edited_in_place_and_name_who_asked(
    pipeline: QAPipeline, tmp_path: Path
) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        talk.posts_article(GROUP)
        asked = talk.mentions("last", GROUP)
        before = talk.telegram.by_bot(-100)[-1]
        talk.restart(ByQuestion(ARTICLE, again=pipeline_about(ARTICLE, "Ann")))
        talk.edits(asked, asked["text"].replace("last", "again"))

        after = talk.telegram.by_bot(-100)[-1]
        assert (after["message_id"], after["text"]) == (before["message_id"], before["text"])
        assert talk.telegram.made("deleteMessage") == []
        kept = talk.run(talk.store.answer_to(MessagePlace(-100, asked["message_id"])))
        shown = shown_in(kept.payload)
        assert (shown.names_asker, ARTICLE.quote(shown.quoted)) == (True, "Ann")


def test_a_refused_quote_is_not_remembered(pipeline: QAPipeline, tmp_path: Path) -> None:
    with talk_about(pipeline, tmp_path) as talk:
        talk.posts_article()
        talk.telegram.refuse("sendMessage", "Bad Request: QUOTE_TEXT_INVALID")
        asked = talk.says("last")
        (*_, before) = ids(talk)
        talk.edits(asked, "first")

        # It replies to the question, so that it can be edited.
        assert ids(talk)[-1] == before
        assert talk.telegram.by_bot()[-1]["text"].startswith("Number0 [1]")
