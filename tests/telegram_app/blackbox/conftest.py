from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.telegram_app.blackbox.bot_process import BotProcess, Gate, free_port
from tests.telegram_app.blackbox.pages import HARBOUR, Pages
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Chat, Person

ARTICLE = Path(__file__).with_name("article.txt")
SECRET = "the-secret-of-the-tests"

# Settings → a bot on data of its own, not started yet.
MakeBot = Callable[..., BotProcess]


@dataclass(frozen=True, slots=True)
class Running:
    """A bot that talks with Telegram by polling or by webhook."""

    telegram: EmulatedTelegram
    bot: BotProcess
    gate: Gate
    pages: Pages

    def person(self, name: str = "Ada") -> Person:
        return Person(self.telegram, name)


def webhook_settings() -> dict[str, str]:
    port = str(free_port())
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_PORT": port,
        "WEBHOOK_SECRET": SECRET,
    }


@pytest.fixture(scope="session", params=["polling", "webhook"])
def running(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    """A bot that many tests share; each of them brings its own people and chats."""
    more = webhook_settings() if request.param == "webhook" else {}
    # Groups show everything: that the bot keeps silent is its own doing.
    with (
        EmulatedTelegram(privacy=False) as telegram,
        closing(Gate()) as gate,
        Pages({"/harbour": HARBOUR}) as pages,
    ):
        directory = tmp_path_factory.mktemp(request.param)
        settings = {"ARTICLE": str(ARTICLE), "INLINE_DELAY_SECONDS": "0.1"}
        settings |= {"QUEUE_NOTICE_SECONDS": "60", "JOIN_SECONDS": "0.5"}
        settings |= {**more, **gate.environment, **pages.settings}
        with BotProcess(telegram, directory, **settings).start() as bot:
            yield Running(telegram, bot, gate, pages)


@pytest.fixture
def refusals() -> list[str]:
    """What the bot may be refused in this test, as the beginnings of descriptions."""
    return []


@pytest.fixture
def chat(running: Running, refusals: list[str]) -> Iterator[Chat]:
    """The private chat of somebody new; nothing that the bot does in the test is refused."""
    before = len(running.telegram.refused())
    yield running.person().private_chat()
    refused = [call.description for call in running.telegram.refused()[before:]]
    assert [one for one in refused if not one.startswith(tuple(refusals))] == []
    assert running.bot.is_running


@pytest.fixture
def telegram() -> Iterator[EmulatedTelegram]:
    with EmulatedTelegram() as emulated:
        yield emulated


@pytest.fixture
def make_bot(telegram: EmulatedTelegram, tmp_path: Path) -> Iterator[MakeBot]:
    """Bots of one test; each call with the same name is another process on the same data."""
    bots: list[BotProcess] = []

    def make(name: str = "bot", **settings: str) -> BotProcess:
        # However slow the machine is, no reply is about the queue, unless that is what is tested.
        settings = {"ARTICLE": str(ARTICLE), "QUEUE_NOTICE_SECONDS": "60", **settings}
        bot = BotProcess(telegram, tmp_path / name, **settings)
        bots.append(bot)
        return bot

    yield make
    for bot in bots:
        bot.__exit__(None, None, None)


@pytest.fixture
def gate() -> Iterator[Gate]:
    held = Gate()
    yield held
    held.close()
