import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from telegram.error import InvalidToken, NetworkError, RetryAfter
from telegram.ext import ApplicationBuilder, ExtBot

from bot.settings import Settings
from bot.telegram_app.connecting import Connecting, refuse_bad_token
from bot.telegram_app.intake import AnyApplication
from bot.telegram_app.stopping import Stopping, pause
from index.errors import SettingsError
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.world import TOKEN as EMULATED_TOKEN
from tests.telegram_app.offline import TOKEN, OfflineRequest

GONE = NetworkError("gone")


class Start:
    """Starts an application at an offline Telegram, and notes what was waited for."""

    def __init__(self, *get_me: Exception) -> None:
        self.telegram = OfflineRequest()
        self.telegram.prepared["getMe"].extend(get_me)
        self.waits: list[float] = []
        self.stop_after: int | None = None

    async def _pause(self, stopping: asyncio.Event, seconds: float) -> None:
        self.waits.append(seconds)
        if len(self.waits) == self.stop_after:
            stopping.set()
            await pause(stopping, 0)

    def run(self) -> str:
        async def start() -> str:
            bot: ExtBot[None] = ExtBot(
                TOKEN, request=self.telegram, get_updates_request=OfflineRequest()
            )
            application: AnyApplication = (
                ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
            )
            connecting = Connecting(Settings(), asyncio.Event(), self._pause)
            try:
                await connecting.initialize(application)
                return bot.username
            finally:
                await application.shutdown()
                await bot.shutdown()

        return asyncio.run(start())


def test_the_bot_knows_its_name_however_often_it_has_to_ask() -> None:
    start = Start(GONE, GONE, GONE)

    assert start.run() == "article_bot"
    assert start.waits == [1.0, 2.0, 4.0]


def test_it_waits_as_told() -> None:
    start = Start(RetryAfter(timedelta(seconds=30)))

    start.run()

    assert start.waits == [30.0]


def test_a_token_that_is_refused_is_said_without_the_token() -> None:
    start = Start(InvalidToken("Unauthorized"))

    with pytest.raises(SettingsError, match="does not know the TELEGRAM_TOKEN") as raised:
        start.run()

    assert TOKEN not in str(raised.value)
    assert raised.value.__suppress_context__


def test_it_gives_up_when_the_bot_stops() -> None:
    start = Start(GONE, GONE, GONE)
    start.stop_after = 2

    with pytest.raises(Stopping):
        start.run()


def test_a_call_that_hangs_ends_when_the_bot_stops() -> None:
    async def run() -> bool:
        stopping, is_cancelled = asyncio.Event(), []

        async def hang() -> None:
            asyncio.get_running_loop().call_soon(stopping.set)
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                is_cancelled.append(True)
                raise

        async with asyncio.timeout(10):
            with pytest.raises(Stopping):
                await Connecting(Settings(), stopping).until_done(hang)
        return is_cancelled == [True]

    assert asyncio.run(run())


def test_a_bug_is_not_repeated() -> None:
    async def broken() -> None:
        raise ValueError("a bug")

    async def run() -> None:
        await Connecting(Settings(), asyncio.Event()).until_done(broken)

    with pytest.raises(ValueError, match="a bug"):
        asyncio.run(run())


def at(telegram: EmulatedTelegram, tmp_path: Path) -> Settings:
    values = {name.lower(): value for name, value in telegram.environment.items()}
    return Settings(data_dir=tmp_path, **values)  # type: ignore[arg-type]


def test_a_bad_token_is_found_before_anything_is_loaded(tmp_path: Path) -> None:
    with EmulatedTelegram() as telegram:
        settings = at(telegram, tmp_path)
        asyncio.run(refuse_bad_token(settings, EMULATED_TOKEN))

        wrong = "1:wrong"
        with pytest.raises(SettingsError, match=r"^http://127.*does not know the TELEGRAM_TOKEN\."):
            asyncio.run(refuse_bad_token(settings, wrong))


def test_without_a_network_the_token_is_looked_at_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with EmulatedTelegram() as telegram:
        telegram.go_dark()
        asyncio.run(refuse_bad_token(at(telegram, tmp_path), EMULATED_TOKEN))

    assert caplog.messages == ["Telegram was not reached"]
