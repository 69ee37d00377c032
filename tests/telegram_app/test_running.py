import asyncio
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NoReturn

import httpx
import pytest

from bot.pipeline import QAPipeline
from bot.settings import Settings
from bot.telegram_app import messages
from bot.telegram_app.connecting import Connecting
from bot.telegram_app.instance import only_instance
from bot.telegram_app.polling import Polling
from bot.telegram_app.running import run, serve
from bot.telegram_app.store.errors import StoreError
from bot.telegram_app.store.records import RawUpdate
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from index.errors import SettingsError
from tests.telegram_app.emulator.emulated_telegram import PATIENCE, EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person
from tests.telegram_app.emulator.world import TOKEN
from tests.telegram_app.fake_pipelines import asked

SUGGESTIONS = ("Who wrote this?",)


class Bot:
    """A bot that serves on a thread of its own.

    Attributes:
        error: what ended it, if it was not told to stop.
    """

    def __init__(self, settings: Settings, pipeline: QAPipeline) -> None:
        self.settings = settings
        self.error: BaseException | None = None
        self._asked = asked(pipeline, SUGGESTIONS, settings.data_dir)
        self._loop = asyncio.new_event_loop()
        self._stop = asyncio.Event()
        self._thread = threading.Thread(target=self._serve)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)

    def wait(self) -> None:
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def close(self) -> None:
        if self._thread.is_alive():
            self.stop()
            self.wait()
        self._loop.close()

    def _serve(self) -> None:
        try:
            self._loop.run_until_complete(serve(self.settings, self._asked, self._stop))
        except BaseException as error:
            self.error = error


class Place:
    """Where bots serve: one Telegram, one data directory."""

    def __init__(self, telegram: EmulatedTelegram, data_dir: Path, pipeline: QAPipeline) -> None:
        self.telegram = telegram
        self.data_dir = data_dir
        self._pipeline = pipeline

    def settings(self, **more: object) -> Settings:
        known = {name.lower(): value for name, value in self.telegram.environment.items()}
        return Settings(data_dir=self.data_dir, **(known | more))  # type: ignore[arg-type]

    @contextmanager
    def bot(self, **settings: object) -> Iterator[Bot]:
        """Run a bot; it is told to stop at the end."""
        bot = Bot(self.settings(**settings), self._pipeline)
        bot.start()
        try:
            yield bot
        finally:
            bot.close()

    def chat(self) -> Chat:
        return Person(self.telegram).private_chat()

    def methods(self) -> list[str]:
        with self.telegram.world.changed:
            return [call.method for call in self.telegram.world.calls]


@pytest.fixture
def place(tmp_path: Path, fake_pipeline: QAPipeline) -> Iterator[Place]:
    with EmulatedTelegram() as telegram:
        yield Place(telegram, tmp_path / "data", fake_pipeline)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def keep_unfinished(data_dir: Path, text: str, chat_id: int, tries: int) -> None:
    """Leave a question behind whose handling has ended the process so often."""

    async def keep() -> None:
        store = SqliteStore.open(store_path(data_dir))
        person = {"id": chat_id, "is_bot": False, "first_name": "Ann"}
        content = {"message_id": 1, "date": int(datetime.now(UTC).timestamp()), "text": text}
        content |= {"chat": {"id": chat_id, "type": "private"}, "from": person}
        payload = json.dumps({"update_id": 1, "message": content})
        await store.keep([RawUpdate(1, chat_id, payload)])
        for _ in range(tries):
            await store.begin(1)
        await store.close()

    asyncio.run(keep())


def test_a_question_is_answered_through_polling(place: Place) -> None:
    with place.bot() as bot:
        chat = place.chat()
        answer = chat.reply_to(chat.say("Who wrote this?"))
        place.telegram.wait_until(
            lambda: "setMyShortDescription" in place.methods(), "the menu is set"
        )

    assert answer.text is not None
    assert answer.text.startswith("Melinda Barton [1]")
    assert bot.error is None
    assert place.telegram.refused() == []
    # A webhook that may be set is taken back before anything is asked for.
    assert place.methods().index("deleteWebhook") < place.methods().index("sendMessage")


def test_a_question_is_answered_through_a_webhook(place: Place) -> None:
    port = free_port()
    with place.bot(webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port) as bot:
        place.telegram.wait_until(lambda: place.telegram.webhook["url"], "the webhook is set")
        chat = place.chat()
        answer = chat.reply_to(chat.say("Who wrote this?"))

    assert answer.text is not None
    assert answer.text.startswith("Melinda Barton [1]")
    assert bot.error is None
    # It stays, for the next start.
    assert place.telegram.webhook["url"].startswith(f"http://127.0.0.1:{port}/")
    assert "getUpdates" not in place.methods()


def test_the_suggestions_are_on_the_card(place: Place) -> None:
    with place.bot():
        chat = place.chat()
        chat.say("/start")
        (card,) = chat.wait_for(1)

    assert [[button.label for button in row] for row in card.keyboard] == [[*SUGGESTIONS]]


def test_what_was_taken_before_the_last_end_comes_first(place: Place) -> None:
    chat = place.chat()
    keep_unfinished(place.data_dir, "Who wrote this?", chat.id, tries=1)

    with place.bot():
        (answer,) = chat.wait_for(1)

    assert answer.text is not None
    assert answer.text.startswith("Melinda Barton [1]")


def test_of_an_update_that_is_given_up_the_person_and_the_operator_are_told(place: Place) -> None:
    chat, operator = place.chat(), place.chat()
    keep_unfinished(place.data_dir, "Who wrote this?", chat.id, tries=3)

    with place.bot(admin_chat=operator.id, max_tries=3):
        (told,), (note,) = chat.wait_for(1), operator.wait_for(1)

    assert told.text == messages.GIVEN_UP
    assert note.text == f"article-bot: {messages.admin_given_up(1)}"


def test_health_and_figures_are_served_when_a_port_is_named(place: Place) -> None:
    port = free_port()
    with place.bot(metrics_port=port), httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        chat = place.chat()
        chat.reply_to(chat.say("Who wrote this?"))
        health, figures = client.get("/healthz"), client.get("/metrics")

    assert (health.status_code, health.text) == (200, "ok")
    lines = figures.text.splitlines()
    assert "article_bot_questions_total 1.0" in lines
    assert 'article_bot_verdicts_total{verdict="answered"} 1.0' in lines


def test_a_port_that_is_taken_ends_the_start(place: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with place.bot(metrics_port=port) as bot:
            bot.wait()

    assert isinstance(bot.error, SettingsError)
    assert "Set METRICS_PORT" in str(bot.error)


def test_a_token_that_is_refused_ends_the_start(place: Place) -> None:
    with place.bot(telegram_token="4711:another") as bot:
        bot.wait()

    assert isinstance(bot.error, SettingsError)
    assert "another" not in str(bot.error)


def test_it_starts_once_telegram_is_there(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = threading.Event()

    async def pause(_stopping: asyncio.Event, _seconds: float) -> None:
        tried.set()
        await asyncio.sleep(0.05)

    monkeypatch.setattr("bot.telegram_app.running.Connecting", partial(Connecting, pause=pause))
    place.telegram.go_dark()
    with place.bot():
        assert tried.wait(PATIENCE)
        place.telegram.come_back()
        chat = place.chat()
        chat.reply_to(chat.say("Who wrote this?"))


def test_it_stops_at_once_while_telegram_is_not_there(place: Place) -> None:
    place.telegram.go_dark()
    with place.bot() as bot:
        bot.stop()
        bot.wait()

    assert bot.error is None


def test_a_bug_in_what_brings_updates_ends_the_bot_instead_of_leaving_it_deaf(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_self: object, _updates: object) -> NoReturn:
        raise ValueError("a bug")

    monkeypatch.setattr(Polling, "run", broken)
    with place.bot() as bot:
        bot.wait()

    assert isinstance(bot.error, ValueError)


# `run`, in this process and thread.


@pytest.fixture
def loading(monkeypatch: pytest.MonkeyPatch, fake_pipeline: QAPipeline) -> list[str]:
    """Give `run` a pipeline; return a list that notes when it was loaded."""
    loaded: list[str] = []

    def load(*_arguments: object) -> QAPipeline:
        loaded.append("loaded")
        return fake_pipeline

    monkeypatch.setattr("bot.article_pipelines.ArticlePipelines.default", load)
    return loaded


def test_it_runs_until_it_is_told_to_stop(
    place: Place, loading: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    chat = place.chat()

    def talk_and_stop() -> None:
        try:
            chat.reply_to(chat.say("Who wrote this?"))
        finally:
            os.kill(os.getpid(), signal.SIGTERM)

    talking = threading.Thread(target=talk_and_stop)
    handler = signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        talking.start()
        code = run(place.settings(), TOKEN)
    finally:
        talking.join()
        signal.signal(signal.SIGTERM, handler)

    assert (code, loading, len(chat.from_bot)) == (0, ["loaded"], 1)
    log = capsys.readouterr().err
    events = [line.split("event=")[1].split(" ")[0] for line in log.splitlines()]
    assert events == ["polling", "ready", "stopping", "stopped"]
    assert "wrote" not in log
    assert TOKEN not in log


def test_a_bad_token_is_refused_before_anything_is_loaded(place: Place, loading: list[str]) -> None:
    settings = place.settings(telegram_token="4711:another")

    with pytest.raises(SettingsError, match="does not know the TELEGRAM_TOKEN"):
        run(settings, "4711:another")

    assert loading == []


def test_a_second_bot_on_the_same_data_is_refused(place: Place, loading: list[str]) -> None:
    with (
        only_instance(place.data_dir),
        pytest.raises(StoreError, match=r"^Another article-bot telegram uses "),
    ):
        run(place.settings(), TOKEN)

    assert loading == []


def test_a_bug_is_logged_without_the_token(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(*_arguments: object) -> QAPipeline:
        raise OSError(f"no way to https://api.telegram.org/bot{TOKEN}/getMe")

    monkeypatch.setattr("bot.article_pipelines.ArticlePipelines.default", load)

    code = run(place.settings(), TOKEN)

    log = capsys.readouterr().err
    assert code == 2
    assert "level=critical" in log
    assert "/bot[hidden]/getMe" in log
    assert TOKEN not in log
