import io

import pytest
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.console import ConsoleReporter, show

LONG = "a word and another " * 40


def test_a_pipe_gets_whole_lines_without_padding() -> None:
    output = io.StringIO()
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_row("1", LONG)
    table.add_row("2", "short")

    for shown in (Text(LONG), Padding(Text(LONG), (0, 0, 0, 2)), table):
        show(Console(file=output, width=40), shown)

    assert output.getvalue().splitlines() == [
        LONG.rstrip(),
        f"  {LONG.rstrip()}",
        f"1  {LONG.rstrip()}",
        "2  short",
    ]


def test_a_terminal_gets_lines_of_its_width() -> None:
    output = io.StringIO()

    show(Console(file=output, width=40, force_terminal=True), Text(LONG))

    assert max(len(line) for line in output.getvalue().splitlines()) <= 40
    assert output.getvalue().split() == LONG.split()


def test_quick_work_shows_nothing_and_a_notice_is_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reporter = ConsoleReporter()
    with reporter.working("Loading the model"):
        reporter.progress(1, 2)
        reporter.notice(f"The saved [bold]index[/] is damaged: {LONG.strip()}.")

    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == f"The saved [bold]index[/] is damaged: {LONG.strip()}.\n"
