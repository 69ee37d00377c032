"""The command as an operator meets it."""

import httpx
import pytest

from tests.telegram_app.blackbox.conftest import SECRET, MakeBot, Running
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.faults import Fault
from tests.telegram_app.emulator.people import Person
from tests.telegram_app.emulator.world import BOT


def test_without_a_token(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    code, said = make_bot().run("telegram", TELEGRAM_TOKEN="")
    assert code == 2
    assert "There is no TELEGRAM_TOKEN: write /newbot to @BotFather" in said


def test_a_token_that_telegram_does_not_know(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    code, said = make_bot().run("telegram", TELEGRAM_TOKEN="4712:another")
    assert (code, "does not know the TELEGRAM_TOKEN" in said) == (2, True)
    assert "another" not in said.replace("another article", "")


def test_check(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    code, said = make_bot().run("telegram", "--check")
    assert code == 0, said
    for found in (f"@{BOT['username']}", "Privacy mode is on", "Inline mode is on"):
        assert found in said


def test_the_bot_presents_itself(running: Running) -> None:
    profile = running.telegram.world.profile
    running.telegram.wait_until(lambda: "setMyShortDescription" in profile, "it presents itself")
    scopes = {fields["scope"]["type"] for fields in profile["setMyCommands"]}
    assert scopes == {"all_private_chats", "all_group_chats"}
    assert len(profile["setMyDescription"]) == 1


def test_a_profile_that_is_refused_does_not_stop_the_start(
    telegram: EmulatedTelegram, make_bot: MakeBot
) -> None:
    telegram.make(Fault("setMyCommands", status=400, times=9))
    telegram.make(Fault("setMyDescription", status=502, times=9))
    make_bot().start()
    assert Person(telegram).private_chat().ask("«1874»").words("underline") == ["1874"]


def test_health_and_figures(running: Running) -> None:
    def figures() -> list[float]:
        return [
            running.bot.figure("article_bot_questions_total"),
            running.bot.figure('article_bot_verdicts_total{verdict="answered"}'),
        ]

    chat = running.person().private_chat()
    chat.ask("«1874»")
    before = figures()
    chat.ask("«1931»")
    assert figures() == [one + 1 for one in before]
    assert running.bot.get("/healthz").status_code == 200


def test_a_webhook_without_its_secret_is_refused(running: Running) -> None:
    chat = running.person().private_chat()
    chat.ask("«1874»")
    url = running.telegram.webhook["url"]
    if not url:
        pytest.skip("this bot is polling")
    content = {"update_id": 1, "message": {"text": "«1931»"}}
    header = "X-Telegram-Bot-Api-Secret-Token"
    wrong = [{}, {header: "guessed"}, {header: SECRET[:-1]}]
    assert [httpx.post(url, json=content, headers=one).status_code for one in wrong] == [403] * 3
    right = httpx.post(url, content=b"no update", headers={header: SECRET})
    assert right.status_code == 400
    assert chat.ask("«1988»").words("underline") == ["1988"]
