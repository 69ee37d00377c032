import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ContextTypes

from bot.pipeline import QAPipeline
from bot.telegram_app import messages
from bot.telegram_app.admin_notes import AdminNotes
from bot.telegram_app.errors import Errors
from bot.telegram_app.store.errors import StoreError
from tests.telegram_app.offline import counted
from tests.telegram_app.small_world import World, small_world

WORDS = "What Ann asked in confidence"


class Notes(AdminNotes):
    """Keeps what the operator would be told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def tell(self, what: str) -> None:
        self.told.append(what)


@dataclass(frozen=True)
class _Context:
    error: Exception


@dataclass
class Outcome:
    """What came of an error: what the chat, the operator and the figures say."""

    texts: list[str]
    popups: list[str]
    notes: list[str]
    count: float


@pytest.fixture
def happen(fake_pipeline: QAPipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> "Happen":
    caplog.set_level(logging.DEBUG, "bot")
    return Happen(fake_pipeline, tmp_path / "data")


class Happen:
    """Has an error happen while an update is handled."""

    def __init__(self, pipeline: QAPipeline, data_dir: Path) -> None:
        self._pipeline, self._data_dir = pipeline, data_dir

    def __call__(self, error: Exception, kind: str = "message", times: int = 1) -> Outcome:
        async def run() -> Outcome:
            async with small_world(self._data_dir, self._pipeline) as world:
                notes = Notes()
                errors, update = Errors(world.services, notes), _update(world, kind)
                context = cast(ContextTypes.DEFAULT_TYPE, _Context(error))
                for _ in range(times):
                    await errors.on_error(update, context)
                return _outcome(world, notes, error)

        return asyncio.run(run())

    def while_polling(self, error: TelegramError) -> Outcome:
        async def run() -> Outcome:
            async with small_world(self._data_dir, self._pipeline) as world:
                notes = Notes()
                await Errors(world.services, notes).on_polling_error(error)
                return _outcome(world, notes, error)

        return asyncio.run(run())


def _update(world: World, kind: str) -> Update | None:
    if kind == "press":
        return world.press("v1:g:a1")
    if kind == "inline":
        return world.inline(WORDS)
    return world.message(WORDS) if kind == "message" else None


def _outcome(world: World, notes: Notes, error: Exception) -> Outcome:
    page, _ = world.services.metrics.page()
    name = f'article_bot_errors_total{{kind="{type(error).__name__}"}}'
    counts = [name in line for line in page.decode().splitlines()]
    return Outcome(
        texts=world.texts(),
        popups=[call["text"] for call in world.calls("answerCallbackQuery")],
        notes=notes.told,
        count=counted(page, name) if any(counts) else 0,
    )


def test_a_bug_is_told_to_the_person_in_one_sentence(
    happen: Happen, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = happen(ValueError(WORDS))

    assert (outcome.texts, outcome.popups, outcome.count) == ([messages.FAILED], [], 1)
    (note,) = outcome.notes
    assert note.startswith("ValueError while handling update ")
    assert caplog.messages == ["a bug in article-bot; please report this line"]
    assert WORDS not in note


def test_it_is_told_once_however_often_the_update_is_tried(happen: Happen) -> None:
    assert happen(ValueError(WORDS), times=2).texts == [messages.FAILED]


def test_a_bug_behind_a_button_is_told_above_it(happen: Happen) -> None:
    outcome = happen(ValueError(WORDS), "press")

    assert (outcome.texts, outcome.popups) == ([], [messages.FAILED])


@pytest.mark.parametrize("kind", ["inline", "none"])
def test_where_nobody_can_be_told_the_operator_still_is(happen: Happen, kind: str) -> None:
    outcome = happen(ValueError(WORDS), kind)

    assert (outcome.texts, outcome.popups, len(outcome.notes)) == ([], [], 1)


def test_a_failure_of_ours_is_not_shown_with_its_paths(
    happen: Happen, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = happen(StoreError("/var/lib/article-bot/telegram.sqlite3 is full."))

    assert outcome.texts == [messages.FAILED]
    assert caplog.messages == ["an update failed"]


@pytest.mark.parametrize(
    "error",
    [
        BadRequest("Message is not modified: specified new message content is the same"),
        BadRequest("Query is too old and response timeout expired or query id is invalid"),
    ],
)
def test_what_does_no_harm_is_ignored(
    happen: Happen, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    outcome = happen(error)

    assert (outcome.texts, outcome.notes, outcome.count) == ([], [], 0)
    assert caplog.messages == []


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("gone"), RetryAfter(5)])
def test_the_network_is_one_line_in_the_log(
    happen: Happen, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    outcome = happen(error)

    assert (outcome.texts, outcome.notes, outcome.count) == ([], [], 1)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("WARNING", "not sent")
    ]


def test_who_has_blocked_the_bot_is_left_alone(
    happen: Happen, caplog: pytest.LogCaptureFixture
) -> None:
    outcome = happen(Forbidden("Forbidden: bot was blocked by the user"))

    assert (outcome.texts, outcome.notes) == ([], [])
    assert [record.levelname for record in caplog.records] == ["INFO"]


def test_a_call_that_telegram_refuses_is_a_failure(happen: Happen) -> None:
    outcome = happen(BadRequest("Can't parse reply markup"))

    assert (outcome.texts, len(outcome.notes), outcome.count) == ([messages.FAILED], 1, 1)


def test_where_the_person_cannot_be_told_either_that_is_logged(
    fake_pipeline: QAPipeline, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        async with small_world(tmp_path / "data", fake_pipeline) as world:
            world.telegram.prepared["sendMessage"].append(BadRequest("not enough rights"))
            context = cast(ContextTypes.DEFAULT_TYPE, _Context(BadRequest("not enough rights")))
            await Errors(world.services, Notes()).on_error(world.message(WORDS), context)

    asyncio.run(run())

    assert caplog.messages == ["an update failed", "nobody was told of it"]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Conflict("terminated by other getUpdates request"), messages.ADMIN_SECOND_INSTANCE),
        (InvalidToken("Unauthorized"), messages.ADMIN_TOKEN_REFUSED),
        (TelegramError("disk"), messages.admin_updates_not_taken("TelegramError")),
    ],
)
def test_what_keeps_updates_away_is_said_aloud(
    happen: Happen, caplog: pytest.LogCaptureFixture, error: TelegramError, sentence: str
) -> None:
    outcome = happen.while_polling(error)

    assert (outcome.notes, outcome.count) == ([sentence], 1)
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize("error", [TimedOut(), NetworkError("gone"), RetryAfter(5)])
def test_a_network_that_fails_while_polling_is_one_line(
    happen: Happen, caplog: pytest.LogCaptureFixture, error: TelegramError
) -> None:
    outcome = happen.while_polling(error)

    assert (outcome.notes, outcome.count) == ([], 1)
    assert [(record.levelname, record.message) for record in caplog.records] == [
        ("WARNING", "Telegram was not reached")
    ]
