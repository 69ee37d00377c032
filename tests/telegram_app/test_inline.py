import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from telegram import MessageEntity
from telegram.error import BadRequest

from bot.answer import DOES_NOT_SAY, MAY_NOT_SAY, Answer
from bot.pipeline import QAPipeline
from bot.telegram_app import messages
from bot.telegram_app.inline import InlineAnswers, inline_text
from bot.telegram_app.stopping import Stopping
from bot.telegram_app.text.rich_text import Style
from index.article import Article
from tests.telegram_app.small_world import ANN, BEN, Json, World, small_world

SUGGESTIONS = ("Who wrote this?", "When was this published?")


class Pauses:
    """Sleeps that end when the test says so."""

    def __init__(self) -> None:
        self.begun: list[float] = []
        self._ends: list[asyncio.Event] = []

    async def sleep(self, seconds: float) -> None:
        self.begun.append(seconds)
        end = asyncio.Event()
        self._ends.append(end)
        await end.wait()

    def end(self, number: int) -> None:
        self._ends[number].set()


async def at_once(_seconds: float) -> None:
    """Sleep no time at all."""


def answered(
    data_dir: Path, pipeline: QAPipeline, question: str, **settings: object
) -> tuple[Json, World]:
    """Return what a question is answered with, and the world after it."""

    async def ask() -> tuple[Json, World]:
        async with small_world(data_dir, pipeline, **settings) as world:
            answers = InlineAnswers(world.services, SUGGESTIONS, at_once)
            await answers.on_query(world.inline(question), world.context)
            (call,) = world.calls("answerInlineQuery")
            return call, world

    return asyncio.run(ask())


def test_an_answer_is_offered_with_its_citation(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    call, world = answered(own_environment, sure_pipeline, "What did Iraq  capture?")

    (result,) = call["results"]
    assert (result["type"], result["title"]) == ("article", "east Mosul [paragraph 12]")
    assert result["description"] == "Iraq captured east Mosul in late January."
    content = result["input_message_content"]
    assert content["message_text"] == (
        "What did Iraq capture?\n\n"
        "east Mosul [1]\n\n"
        "Iraq captured east Mosul in late January.\n"
        "[1] paragraph 12 · ISIS extremists losing more ground in Iraq's Mosul"
    )
    kinds = {entity["type"] for entity in content["entities"]}
    assert kinds == {"italic", "bold", "underline", "expandable_blockquote"}
    assert (call["cache_time"], call["is_personal"]) == (300, False)
    assert len(result["id"]) == 32
    assert world.services.metrics.questions._value.get() == 1


def test_the_same_question_has_the_same_id_and_another_has_another(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    ids = [
        answered(own_environment, sure_pipeline, question)[0]["results"][0]["id"]
        for question in ("What?", " What? ", "Where?")
    ]

    assert (ids[0] == ids[1], ids[0] == ids[2]) == (True, False)


@pytest.mark.parametrize(
    ("pipeline", "title"), [("unsure_pipeline", MAY_NOT_SAY), ("fake_pipeline", DOES_NOT_SAY)]
)
def test_what_the_article_does_not_say_is_a_result(
    pipeline: str, title: str, own_environment: Path, request: pytest.FixtureRequest
) -> None:
    call, _ = answered(own_environment, request.getfixturevalue(pipeline), "Zebra quartz?")

    (result,) = call["results"]
    assert result["title"] == title
    assert result["description"]
    assert title in result["input_message_content"]["message_text"]


def test_a_question_that_cannot_be_asked_says_why(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    call, _ = answered(own_environment, fake_pipeline, "???")

    (result,) = call["results"]
    assert result["title"] == messages.INLINE_CANNOT
    assert result["description"].startswith("The question ??? has no word in it.")


def test_where_nothing_is_asked_there_are_suggestions_with_their_answers(
    own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    call, world = answered(own_environment, fake_pipeline, " ")

    assert [result["title"] for result in call["results"]] == [
        "Melinda Barton [header]",
        "29 June, 2017, 09:06 [header]",
    ]
    assert [
        result["input_message_content"]["message_text"].splitlines()[0]
        for result in call["results"]
    ] == list(SUGGESTIONS)
    assert world.services.metrics.questions._value.get() == 0


def test_the_suggestions_are_answered_once(
    own_environment: Path, fake_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = fake_pipeline.answer

    def counting(question: str) -> Answer:
        asked.append(question)
        return answer(question)

    monkeypatch.setattr(fake_pipeline, "answer", counting)

    async def check() -> None:
        async with small_world(own_environment, fake_pipeline) as world:
            answers = InlineAnswers(world.services, SUGGESTIONS, at_once)
            for _ in range(3):
                await answers.on_query(world.inline(""), world.context)
            assert len(world.calls("answerInlineQuery")) == 3

    asyncio.run(check())

    assert asked == list(SUGGESTIONS)


def test_only_the_newest_question_of_a_person_is_answered(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, sure_pipeline, inline_delay_seconds=0.7) as world:
            pauses = Pauses()
            answers = InlineAnswers(world.services, (), pauses.sleep)
            typed = [
                world.inline("What did", "1"),
                world.inline("Who", "2", BEN),
                world.inline("What did Iraq capture?", "3"),
            ]
            tasks = [asyncio.create_task(answers.on_query(one, world.context)) for one in typed]
            while len(pauses.begun) < len(tasks):
                await asyncio.sleep(0)
            for number in (0, 2, 1):
                pauses.end(number)
                await tasks[number]

            ids = [call["inline_query_id"] for call in world.calls("answerInlineQuery")]
            assert (ids, pauses.begun) == (["3", "2"], [0.7] * 3)
            assert answers._newest == {}

    asyncio.run(check())


def during_first_answer(
    data_dir: Path,
    pipeline: QAPipeline,
    monkeypatch: pytest.MonkeyPatch,
    then: Callable[[World, InlineAnswers], list["asyncio.Task[None]"]],
) -> tuple[list[str], list[str]]:
    """Do something while the first question is worked out; return what was asked and answered."""
    asked: list[str] = []
    may_end, answer = threading.Event(), pipeline.answer

    def slow(question: str) -> Answer:
        asked.append(question)
        assert may_end.wait(10)
        return answer(question)

    monkeypatch.setattr(pipeline, "answer", slow)

    async def check() -> list[str]:
        async with small_world(data_dir, pipeline) as world:
            answers = InlineAnswers(world.services, (), at_once)
            first = asyncio.create_task(answers.on_query(world.inline("a", "1"), world.context))
            while not asked:
                await asyncio.sleep(0)
            others = then(world, answers)
            for _ in range(5):
                await asyncio.sleep(0)
            may_end.set()
            await asyncio.gather(first, *others)
            return [call["inline_query_id"] for call in world.calls("answerInlineQuery")]

    return asked, asyncio.run(check())


def test_an_answer_that_is_no_longer_wanted_is_dropped(
    own_environment: Path, sure_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_on(world: World, answers: InlineAnswers) -> list["asyncio.Task[None]"]:
        more = world.inline("ab", "2")
        return [asyncio.create_task(answers.on_query(more, world.context))]

    asked, replied = during_first_answer(own_environment, sure_pipeline, monkeypatch, type_on)

    assert (asked, replied) == (["a", "ab"], ["2"])


def test_a_question_that_waits_for_a_thread_is_not_worked_out_once_it_is_stale(
    own_environment: Path, sure_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_on(world: World, answers: InlineAnswers) -> list["asyncio.Task[None]"]:
        typed = [world.inline(text, text, BEN) for text in ("b", "bc")]
        return [asyncio.create_task(answers.on_query(one, world.context)) for one in typed]

    asked, replied = during_first_answer(own_environment, sure_pipeline, monkeypatch, type_on)

    assert (asked, replied) == (["a", "bc"], ["1", "bc"])


def refused_with(description: str) -> tuple[int, Json]:
    return 400, {"ok": False, "error_code": 400, "description": f"Bad Request: {description}"}


def test_a_question_that_is_too_old_is_no_failure(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check(description: str) -> None:
        async with small_world(own_environment, sure_pipeline) as world:
            world.telegram.prepared["answerInlineQuery"].append(refused_with(description))
            answers = InlineAnswers(world.services, (), at_once)
            await answers.on_query(world.inline("What?"), world.context)

    asyncio.run(check("query is too old and response timeout expired or query ID is invalid"))
    with pytest.raises(BadRequest, match="(?i)RESULT_ID_INVALID"):
        asyncio.run(check("RESULT_ID_INVALID"))


def test_whoever_may_not_ask_is_told_so_and_nobody_else_is(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    for question in ("", "What?"):
        call, _ = answered(
            own_environment, sure_pipeline, question, allowed_users=frozenset({BEN["id"]})
        )
        assert [result["description"] for result in call["results"]] == [messages.NOT_ALLOWED]
        assert (call["cache_time"], call["is_personal"]) == (0, True)


def test_an_answer_for_the_chosen_few_is_kept_for_them_only(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    call, _ = answered(
        own_environment, sure_pipeline, "What?", allowed_users=frozenset({ANN["id"]})
    )

    assert (call["cache_time"], call["is_personal"]) == (300, True)


def test_inline_questions_count_towards_the_limit(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, sure_pipeline, questions_per_minute=1) as world:
            answers = InlineAnswers(world.services, (), at_once)
            for _ in range(2):
                await answers.on_query(world.inline("What?"), world.context)

            first, second = world.calls("answerInlineQuery")
            assert first["results"][0]["title"].startswith("east Mosul")
            assert second["results"][0]["description"].startswith("Too many questions")

    asyncio.run(check())


def test_where_too_many_wait_the_person_is_asked_to_try_again(
    own_environment: Path, sure_pipeline: QAPipeline
) -> None:
    async def check() -> None:
        async with small_world(own_environment, sure_pipeline, queue_limit=1) as world:
            world.services.queue.enter(1, 5, exempt=False)
            answers = InlineAnswers(world.services, (), at_once)
            await answers.on_query(world.inline("What?"), world.context)

            (call,) = world.calls("answerInlineQuery")
            assert call["results"][0]["description"] == messages.BUSY

    asyncio.run(check())


def test_a_stop_is_no_answer(own_environment: Path, sure_pipeline: QAPipeline) -> None:
    async def check() -> None:
        async with small_world(own_environment, sure_pipeline) as world:
            world.services.queue.stop()
            answers = InlineAnswers(world.services, (), at_once)
            with pytest.raises(Stopping):
                await answers.on_query(world.inline("What?"), world.context)
            assert (answers._newest, world.calls("answerInlineQuery")) == ({}, [])

    asyncio.run(check())


def test_a_long_answer_is_one_message(
    default_article: Article, fake_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram_app.inline.MAX_MESSAGE_UNITS", 120)
    text = inline_text(fake_pipeline.answer("What is providing water? " * 4))

    assert text.utf16_length <= 120
    assert text.plain().splitlines()[0].endswith("…")
    assert Style.ITALIC in {span.style for span in text.spans}
    assert all(isinstance(entity, MessageEntity) for entity in text.entities())
