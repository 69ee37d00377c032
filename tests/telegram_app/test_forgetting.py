import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.pipeline import QAPipeline
from bot.telegram_app import messages
from bot.telegram_app.forgetting import Forgetting
from bot.telegram_app.reading_watch import ReadingWatch
from tests.telegram_app.small_world import (
    ANN,
    BEN,
    GROUP,
    PRIVATE,
    Json,
    World,
    kept_answer,
    small_world,
)
from tests.telegram_app.text.articles import article_of

Check = Callable[[World, Forgetting], Awaitable[None]]

YES, NO = "v1:f:y", "v1:f:n"
ADMINISTRATORS = {
    "ok": True,
    "result": [{"status": "creator", "user": ANN, "is_anonymous": False}],
}


def run(check: Check, data_dir: Path, pipeline: QAPipeline, chat: Json = PRIVATE) -> None:
    """Hand a check a bot that has kept an answer of a chat."""

    async def checked() -> None:
        async with small_world(data_dir, pipeline) as world:
            await world.services.store.keep_answer(kept_answer(pipeline.answer("What?"), chat))
            world.telegram.prepared["getChatAdministrators"].extend([(200, ADMINISTRATORS)] * 3)
            await check(world, Forgetting(world.services))

    asyncio.run(checked())


async def is_kept(world: World, chat: Json = PRIVATE) -> bool:
    return await world.services.store.last_answer(chat["id"]) is not None


def edits(world: World) -> list[str]:
    return [values["text"] for values in world.calls("editMessageText")]


def test_forget_asks_back(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        await forgetting.forget(world.message("/forget"), world.context)

        (sent,) = world.calls("sendMessage")
        assert sent["text"] == messages.FORGET_QUESTION
        (row,) = sent["reply_markup"]["inline_keyboard"]
        assert [button["callback_data"] for button in row] == [YES, NO]
        assert await is_kept(world)

    run(check, own_environment, sure_pipeline)


def test_yes_deletes_what_is_kept(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        elsewhere = kept_answer(sure_pipeline.answer("What?"), GROUP, "a2")
        await world.services.store.keep_answer(elsewhere)
        articles = world.services.articles
        for chat in (PRIVATE, GROUP):
            watch = ReadingWatch(60, lambda: False)
            added = articles.take(chat["id"], article_of("The mill was sold in 1999."), watch)
            await articles.choose(chat["id"], added.entry)
        await forgetting.on_button(world.press(YES), world.context)

        kept = [len(await articles.entries(chat["id"])) for chat in (PRIVATE, GROUP)]
        subjects = [(await articles.subject(chat["id"])).kind for chat in (PRIVATE, GROUP)]
        assert (kept, subjects) == ([0, 1], ["default", "one"])

        assert (await is_kept(world), await is_kept(world, GROUP)) == (False, True)
        assert edits(world) == [messages.FORGOTTEN]
        assert "reply_markup" not in world.calls("editMessageText")[0]
        assert len(world.calls("answerCallbackQuery")) == 1

    run(check, own_environment, sure_pipeline)


def test_no_keeps_it(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        await forgetting.on_button(world.press(NO), world.context)

        assert await is_kept(world)
        assert edits(world) == [messages.NOT_FORGOTTEN]

    run(check, own_environment, sure_pipeline)


def test_it_is_done_even_if_the_question_can_be_neither_answered_nor_edited(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    def refused(description: str) -> tuple[int, Json]:
        return 400, {"ok": False, "error_code": 400, "description": description}

    async def check(world: World, forgetting: Forgetting) -> None:
        prepared = world.telegram.prepared
        prepared["answerCallbackQuery"].append(refused("Bad Request: query is too old and so on"))
        prepared["editMessageText"].append(refused("Bad Request: message to edit not found"))
        await forgetting.on_button(world.press(YES), world.context)

        assert not await is_kept(world)
        assert world.texts() == [messages.FORGOTTEN]

    run(check, own_environment, sure_pipeline)


def test_a_question_of_which_telegram_tells_nothing_more_is_answered_all_the_same(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        gone = {"chat": PRIVATE, "message_id": 5, "date": 0}
        query = {"id": "9", "from": ANN, "chat_instance": "1", "data": YES, "message": gone}
        refusal = {"ok": False, "error_code": 400, "description": "Bad Request: too old"}
        world.telegram.prepared["editMessageText"].append((400, refusal))
        await forgetting.on_button(world.update(callback_query=query), world.context)

        assert not await is_kept(world)
        assert world.texts() == [messages.FORGOTTEN]

    run(check, own_environment, sure_pipeline)


def test_in_a_group_an_administrator_may(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        await forgetting.forget(world.message("/forget", GROUP), world.context)
        await forgetting.on_button(world.press(YES, GROUP, ANN), world.context)

        assert world.texts() == [messages.FORGET_QUESTION]
        assert not await is_kept(world, GROUP)

    run(check, own_environment, sure_pipeline, GROUP)


def test_in_a_group_nobody_else_may(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        update = world.message("/forget", GROUP, **{"from": BEN})
        await forgetting.forget(update, world.context)
        await forgetting.on_button(world.press(YES, GROUP, BEN), world.context)

        assert world.texts() == [messages.ONLY_ADMINISTRATORS_FORGET]
        assert "reply_markup" not in world.calls("sendMessage")[0]
        (alert,) = world.calls("answerCallbackQuery")
        assert (alert["text"], alert["show_alert"]) == (messages.ONLY_ADMINISTRATORS_FORGET, True)
        assert (await is_kept(world, GROUP), edits(world)) == (True, [])

    run(check, own_environment, sure_pipeline, GROUP)


def test_an_administrator_may_stay_anonymous(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(world: World, forgetting: Forgetting) -> None:
        anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        update = world.message("/forget", GROUP, **{"from": anonymous, "sender_chat": GROUP})
        await forgetting.forget(update, world.context)

        assert world.texts() == [messages.FORGET_QUESTION]

    run(check, own_environment, sure_pipeline, GROUP)
