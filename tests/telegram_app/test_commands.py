import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from telegram import Chat, Message, Update
from telegram.constants import MessageLimit
from telegram.ext import ContextTypes

from bot.pipeline import QAPipeline
from bot.telegram_app import article_messages, messages
from bot.telegram_app.commands import Commands, argument
from index.library.article_json import article_id
from tests.telegram_app.small_world import (
    ANN,
    BEN,
    GROUP,
    NOW,
    PRIVATE,
    World,
    kept_answer,
    small_world,
)

Check = Callable[[World, Commands], Awaitable[None]]

SUGGESTIONS = ("Who wrote this?", "Who is Lise Grande?")


async def post_nothing(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    raise AssertionError("the article was posted")


def run(check: Check, data_dir: Path, pipeline: QAPipeline, **settings: object) -> None:
    """Hand a bot's commands to a check."""

    async def checked() -> None:
        async with small_world(data_dir, pipeline, **settings) as world:
            await check(world, Commands(world.services, SUGGESTIONS, post_nothing))

    asyncio.run(checked())


def test_start_shows_the_card_and_questions_to_ask(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.start(world.message("/start"), world.context)

        (sent,) = world.calls("sendMessage")
        title, *_, last = sent["text"].splitlines()
        expected = f"{messages.ASK_ME} {article_messages.SEND_ME}"
        assert (title, last) == (fake_pipeline.article.title, expected)
        assert [entity["type"] for entity in sent["entities"]] == ["bold"]
        assert sent["reply_markup"]["inline_keyboard"] == [
            [{"text": "Who wrote this?", "callback_data": "v1:q:0"}],
            [{"text": "Who is Lise Grande?", "callback_data": "v1:q:1"}],
        ]
        assert "reply_parameters" not in sent

    run(check, own_environment, fake_pipeline)


def test_start_without_questions_has_no_buttons(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, _: Commands) -> None:
        await Commands(world.services, (), post_nothing).start(
            world.message("/start"), world.context
        )

        (sent,) = world.calls("sendMessage")
        assert messages.ASK_ME_ANYTHING in sent["text"]
        assert "reply_markup" not in sent

    run(check, own_environment, fake_pipeline)


def test_an_update_that_comes_twice_is_answered_once(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        update = world.message("/start")
        await commands.start(update, world.context)
        await commands.start(update, world.context)

        assert len(world.texts()) == 1

    run(check, own_environment, fake_pipeline)


def test_help_names_every_other_command_and_the_bot(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.help(world.message("/help"), world.context)

        (text,) = world.texts()
        named = set(messages.COMMANDS) - {"start", "help"}
        assert {name for name in named if f"/{name}" in text} == named
        assert "@article_bot" in text
        assert "In any other chat" not in text

    run(check, own_environment, fake_pipeline)


def test_help_tells_of_inline_mode_where_it_is_on() -> None:
    said = [messages.help_text("a_bot", has_inline_mode=has) for has in (False, True)]

    assert ["In any other chat, type @a_bot" in text for text in said] == [False, True]


def test_in_a_group_a_command_is_replied_to_in_its_topic(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        update = world.message(
            "/help@article_bot", GROUP, message_thread_id=5, is_topic_message=True
        )
        await commands.help(update, world.context)

        (sent,) = world.calls("sendMessage")
        assert update.message is not None
        assert sent["message_thread_id"] == 5
        assert sent["reply_parameters"] == {
            "message_id": update.message.message_id,
            "allow_sending_without_reply": True,
        }

    run(check, own_environment, fake_pipeline)


def test_article_shows_the_outline_folded_away(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.article(world.message("/article"), world.context)

        (sent,) = world.calls("sendMessage")
        kinds = [entity["type"] for entity in sent["entities"]]
        assert kinds == ["bold", "bold", "expandable_blockquote"]
        folded = sent["entities"][2]
        lines = sent["text"][folded["offset"] :][: folded["length"]].splitlines()
        assert [line.split()[0] for line in lines] == [str(n) for n in range(1, 16)]
        assert sent["text"].endswith(messages.FULL_ARTICLE_HINT)

    run(check, own_environment, fake_pipeline)


def test_all_of_an_article_that_is_too_long_is_not_offered(
    own_environment: Path, fake_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_app.commands.MAX_MESSAGE_UNITS", 1000)

    async def check(world: World, commands: Commands) -> None:
        await commands.article(world.message("/article"), world.context)

        (text,) = world.texts()
        assert messages.FULL_ARTICLE_HINT not in text
        assert len(text) <= MessageLimit.MAX_TEXT_LENGTH
        assert text.splitlines()[-1] == messages.outline_left_out(4)

    run(check, own_environment, fake_pipeline, full_article_max_messages=1)


@pytest.mark.parametrize("command", ["/article full", "/article@article_bot  FULL "])
def test_article_full_has_the_article_posted(
    command: str, own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, _: Commands) -> None:
        posted: list[Update] = []

        async def post(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
            posted.append(update)

        update = world.message(command)
        await Commands(world.services, (), post).article(update, world.context)

        assert (posted, world.texts()) == ([update], [])

    run(check, own_environment, fake_pipeline)


def test_sources_are_the_passages_of_the_last_answer(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        answer = sure_pipeline.answer("What did Iraq capture?")
        await world.services.store.keep_answer(kept_answer(answer))
        await commands.sources(world.message("/sources"), world.context)

        sent = world.calls("sendMessage")
        assert sent[0]["text"].startswith("5 passages behind the last answer, the closest first\n")
        said = "\n".join(one["text"] for one in sent)
        assert [s.passage.text in said for s in answer.passages] == [True] * 5
        quotes = [
            e for one in sent for e in one["entities"] if e["type"] == "expandable_blockquote"
        ]
        assert len(quotes) >= 5

    run(check, own_environment, sure_pipeline)


def test_sources_that_do_not_fit_are_split(
    own_environment: Path, sure_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.telegram_app import replies
    from bot.telegram_app.text.splitting import split

    monkeypatch.setattr(replies, "split", lambda text: split(text, 500))

    async def check(world: World, commands: Commands) -> None:
        answer = sure_pipeline.answer("What did Iraq capture?")
        await world.services.store.keep_answer(kept_answer(answer))
        await commands.sources(world.message("/sources"), world.context)

        assert len(world.texts()) > 2
        assert max(map(len, world.texts())) <= 500

    run(check, own_environment, sure_pipeline)


def test_without_an_answer_there_are_no_sources(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        elsewhere = kept_answer(sure_pipeline.answer("What?"), GROUP)
        await world.services.store.keep_answer(elsewhere)
        await commands.sources(world.message("/sources"), world.context)

        assert world.texts() == [messages.NO_ANSWER_YET]

    run(check, own_environment, sure_pipeline)


def test_sources_of_another_article_are_not_shown(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        answer = sure_pipeline.answer("What did Iraq capture?")
        kept = kept_answer(answer)
        other = kept.payload.replace(article_id(answer.article), "0" * 16)
        await world.services.store.keep_answer(
            type(kept)("b", kept.question, 42, "0" * 64, other, (), kept.answered_at)
        )
        await commands.sources(world.message("/sources"), world.context)

        assert world.texts() == [messages.ANSWER_OF_ANOTHER_ARTICLE]

    run(check, own_environment, sure_pipeline)


def test_a_comment_is_kept_with_the_last_answer(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        answer = sure_pipeline.answer("What did Iraq capture?")
        await world.services.store.keep_answer(kept_answer(answer))
        update = world.message("/feedback  Too short,\nI think. ")
        await commands.feedback(update, world.context)

        (feedback,) = await world.services.store.feedback()
        assert (feedback.answer.id, feedback.comment, feedback.rating) == (
            "a1",
            "Too short,\nI think.",
            None,
        )
        assert world.texts() == [messages.THANKS_FOR_COMMENT]

    run(check, own_environment, sure_pipeline)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/feedback", messages.HOW_TO_COMMENT),
        ("/feedback@article_bot ", messages.HOW_TO_COMMENT),
        ("/feedback good", messages.NOTHING_TO_COMMENT_ON),
    ],
)
def test_feedback_without_comment_or_answer_says_so(
    command: str, said: str, own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.feedback(world.message(command), world.context)

        assert (world.texts(), await world.services.store.feedback()) == ([said], [])

    run(check, own_environment, fake_pipeline)


def test_privacy_says_how_long_things_are_kept(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.privacy(world.message("/privacy"), world.context)

        (text,) = world.texts()
        assert "deleted after 30 days" in text

    run(check, own_environment, fake_pipeline, retention_days=30)


def test_an_unknown_command_is_answered_in_private_only(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.unknown(world.message("/weather", GROUP), world.context)
        assert world.texts() == []
        await commands.unknown(world.message("/weather"), world.context)
        assert world.texts() == [messages.UNKNOWN_COMMAND]

    run(check, own_environment, fake_pipeline)


def test_whoever_may_not_use_the_bot_is_told_so_but_learns_what_is_kept(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await world.services.store.keep_answer(kept_answer(sure_pipeline.answer("What?")))
        handlers = {
            "/start": commands.start,
            "/help": commands.help,
            "/article": commands.article,
            "/article full": commands.article,
            "/sources": commands.sources,
            "/feedback": commands.feedback,
            "/feedback good": commands.feedback,
            "/weather": commands.unknown,
        }
        for text, handle in handlers.items():
            await handle(world.message(text), world.context)
        assert world.texts() == [messages.NOT_ALLOWED] * len(handlers)
        assert await world.services.store.feedback() == []

        await commands.privacy(world.message("/privacy"), world.context)
        assert world.texts()[-1] != messages.NOT_ALLOWED

    run(check, own_environment, sure_pipeline, allowed_users=frozenset({BEN["id"]}))


def test_whoever_may_use_the_bot_is_answered(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    async def check(world: World, commands: Commands) -> None:
        await commands.start(world.message("/start", PRIVATE), world.context)

        assert world.texts() != [messages.NOT_ALLOWED]

    run(check, own_environment, fake_pipeline, allowed_users=frozenset({ANN["id"]}))


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        (None, ""),
        ("/feedback", ""),
        ("/feedback \n", ""),
        ("/feedback a  b\nc ", "a  b\nc"),
        ("/feedback@article_bot\na", "a"),
    ],
)
def test_what_stands_behind_a_command(text: str | None, behind: str) -> None:
    chat = Chat(1, Chat.PRIVATE)

    assert argument(Message(1, NOW, chat, text=text)) == behind
