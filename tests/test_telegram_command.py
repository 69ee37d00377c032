import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.telegram_command import required_token, telegram
from index.errors import SettingsError
from tests.conftest import Run


def test_without_a_token_one_sentence_says_how_to_get_one(run: Run) -> None:
    code, output, error = run("telegram")

    assert (code, output) == (2, "")
    assert error == (
        "There is no TELEGRAM_TOKEN: write /newbot to @BotFather in Telegram, and set it, in the "
        "environment or in .env, to the token that you get.\n"
    )
    assert run("telegram", "--check") == (2, "", error)


@pytest.mark.parametrize("token", ["hunter2", "hunter2:x", "123 hunter2", "123:hunter2 x"])
def test_something_else_in_its_place_is_refused_and_not_shown(
    run: Run, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", token)

    code, output, error = run("telegram")

    assert (code, output) == (2, "")
    assert error.startswith("The TELEGRAM_TOKEN is none: ")
    assert "hunter2" not in error


def test_a_token_is_taken_as_it_is() -> None:
    token = "123456:ABC-DEF_1234"

    assert required_token(Settings(telegram_token=SecretStr(token))) == token


def test_the_options_decide_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(telegram_token=SecretStr("1:a"))
    done: list[tuple[str, Settings, str]] = []
    for module, function, code in (("checking", "check", 2), ("running", "run", 0)):

        def note(*arguments: object, name: str = function, code: int = code) -> int:
            done.append((name, *arguments))  # type: ignore[arg-type]
            return code

        monkeypatch.setattr(f"bot.telegram_app.{module}.{function}", note)

    assert (telegram(settings, check=True), telegram(settings, check=False)) == (2, 0)
    assert done == [("check", settings, "1:a"), ("run", settings, "1:a")]


def test_neither_help_nor_a_missing_token_loads_telegram() -> None:
    code = (
        "import sys; from bot.settings import Settings; import bot.telegram_command as c\n"
        "try: c.telegram(Settings(), check=False)\n"
        "except Exception as error: print(type(error).__name__)\n"
        "print({'telegram', 'torch', 'starlette', 'uvicorn'} & {*sys.modules})"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == f"{SettingsError.__name__}\nset()\n"


def test_the_help_says_where_the_token_comes_from(run: Run) -> None:
    code, output, _ = run("telegram", "--help")

    assert code == 0
    assert "@BotFather" in output
    assert "--check" in output
