from pathlib import Path

import pytest
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from bot import repl_input

COMMANDS = (":article", ":articles", ":open SOURCE", ":use NAME")


def session(data_dir: Path) -> PromptSession[str]:
    return repl_input._prompt_session(data_dir, COMMANDS, lambda: ["Tea house", "coal"])


def test_history_is_kept_for_its_owner_only(own_environment: Path) -> None:
    session(own_environment)

    assert (own_environment / "history").stat().st_mode & 0o777 == 0o600


def test_a_data_directory_that_cannot_be_made_costs_only_the_history(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    opened = session(tmp_path / "file" / "data")

    assert type(opened.history).__name__ == "InMemoryHistory"


def offered(typed: str) -> list[str]:
    completer = repl_input._completer((":article", ":articles", ":open", ":use"), lambda: NAMES)
    found = completer.get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + one.start_position] + one.text for one in found]


NAMES = ["Tea house", "coal"]


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        (":art", [":article", ":articles"]),
        (":u", [":use"]),
        (":use te", [":use Tea house"]),
        (":use ", [":use Tea house", ":use coal"]),
        ("What", []),
        ("", []),
    ],
)
def test_commands_and_names_are_completed(typed: str, completed: list[str]) -> None:
    assert offered(typed) == completed


def test_paths_are_completed(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").touch()

    assert offered(f":open {tmp_path}/rep") == [f":open {tmp_path}/report.pdf"]
