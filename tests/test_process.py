"""A command of its own leaves as those of `article-bot` do."""

import click
import pytest

from bot.process import run_command
from index.errors import ArticleBotError


@click.command()
@click.argument("outcome", type=click.Choice(["fine", "three", "error", "bug"]))
def command(outcome: str) -> int | None:
    """Leave in some way."""
    if outcome == "error":
        raise ArticleBotError("There is no such thing. Name another.")
    if outcome == "bug":
        raise ZeroDivisionError
    return 3 if outcome == "three" else 0


@pytest.mark.parametrize(
    ("outcome", "exit_code", "told"),
    [
        ("fine", 0, ""),
        ("three", 3, ""),
        ("error", 2, "There is no such thing. Name another.\n"),
    ],
)
def test_a_command_gives_its_exit_code(
    capsys: pytest.CaptureFixture[str], outcome: str, exit_code: int, told: str
) -> None:
    assert run_command(command, [outcome], "python -m bot.leave") == exit_code
    assert capsys.readouterr() == ("", told)


def test_a_bug_of_a_command_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(command, ["bug"], "python -m bot.leave") == 2
    assert "This is a bug in article-bot" in capsys.readouterr().err


def test_a_command_is_called_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(command, ["--help"], "python -m bot.leave") == 0
    assert capsys.readouterr().out.startswith("Usage: python -m bot.leave ")

    assert run_command(command, ["other"], "python -m bot.leave") == 2
    assert capsys.readouterr().err.startswith("Usage: python -m bot.leave ")
