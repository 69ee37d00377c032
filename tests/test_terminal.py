"""The conversation in a real terminal: a pseudo-terminal with the command behind it."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest


@pytest.fixture
def chat(own_environment: Path, request: pytest.FixtureRequest) -> Iterator[pexpect.spawn]:
    # What asks nothing needs no reader's weights.
    is_real = request.node.get_closest_marker("model") is not None
    reader = {} if is_real else {"READER_MODEL": "none"}
    process = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "chat"],
        encoding="utf-8",
        dimensions=(30, 60),
        timeout=60,
        env={**os.environ, "TERM": "xterm-256color", **reader},
    )
    yield process
    process.close(force=True)


def test_it_can_be_typed_into_at_once_and_ctrl_d_leaves_at_once(chat: pexpect.spawn) -> None:
    chat.expect_exact("Melinda Barton")
    chat.expect_exact("> ")
    chat.sendeof()
    chat.expect(pexpect.EOF)
    chat.wait()

    assert chat.exitstatus == 0


def test_colour_in_a_terminal(chat: pexpect.spawn) -> None:
    chat.expect_exact("\x1b[1mISIS extremists losing more ground in Iraq's Mosul\x1b[0m")


def test_ctrl_c_abandons_the_line_and_not_the_conversation(
    chat: pexpect.spawn, own_environment: Path
) -> None:
    chat.expect_exact("> ")
    chat.send("half a quest")
    chat.expect_exact("quest")
    chat.sendintr()
    chat.expect_exact("> ")
    chat.sendline(":passages")
    chat.expect_exact("Nothing was retrieved yet.")
    chat.sendline(":quit")
    chat.expect(pexpect.EOF)

    assert "half a quest" not in (own_environment / "history").read_text(encoding="utf-8")
    assert "+:passages" in (own_environment / "history").read_text(encoding="utf-8")


def test_commands_are_completed(chat: pexpect.spawn) -> None:
    chat.expect_exact("> ")
    chat.send(":art")
    chat.expect_exact(":article")  # offered while typing
    chat.send("\t\r")
    chat.expect_exact("491 words")


@pytest.mark.model
def test_a_question_in_a_terminal(chat: pexpect.spawn) -> None:
    chat.expect_exact("> ")
    chat.sendline("What did Iraq capture in late January?")
    chat.expect_exact("[1] paragraph 12")
    chat.expect_exact("Iraq captured \x1b[1;4meast Mosul\x1b[0m in late January.")
    chat.sendline("How tall is the Eiffel Tower?")
    chat.expect_exact("The article does not say.")


def command(data_dir: Path, *arguments: str, **environment: str) -> pexpect.spawn:
    return pexpect.spawn(
        sys.executable,
        ["-m", "bot", *arguments],
        encoding="utf-8",
        dimensions=(30, 100),
        timeout=60,
        env={**os.environ, "TERM": "xterm-256color", "READER_MODEL": "none", **environment},
    )


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    path = tmp_path / "tea.md"
    path.write_text(
        "# The tea house\n\nURL: https://tea.example/house\n\nIt has nine rooms.\n",
        encoding="utf-8",
    )
    return path


@pytest.mark.model
def test_an_article_is_added_in_a_terminal_and_its_citation_is_a_link(
    own_environment: Path, tea: Path
) -> None:
    adding = command(own_environment, "add", str(tea), "--name", "tea")
    adding.expect_exact("Read 4 words, 1 paragraph; indexing.")
    adding.expect_exact("Added: tea.")
    adding.expect_exact('4 words, 1 paragraph. Ask away: article-bot ask --article tea "…"')
    adding.expect(pexpect.EOF)
    link = "https://tea.example/house#:~:text=It%20has%20nine%20rooms."

    asking = command(own_environment, "ask", "--article", "tea", "How many rooms has it?")
    said = asking.read()

    assert f";{link}" in said
    assert "[1] paragraph 1" in said
    asking = command(own_environment, "ask", "--article", "tea", "How many rooms?", TERM="dumb")
    assert "\x1b" not in asking.read()


@pytest.mark.model
def test_ctrl_c_while_an_article_is_indexed_leaves_nothing(
    own_environment: Path, tmp_path: Path
) -> None:
    long = tmp_path / "long.txt"
    sentences = (f"The sentence number {n} of many is about the house." for n in range(20_000))
    long.write_text("\n\n".join(sentences), encoding="utf-8")
    adding = command(own_environment, "add", str(long))
    adding.expect_exact("Embedding", timeout=120)
    adding.sendintr()
    said = adding.read()
    adding.wait()

    assert adding.exitstatus == 130
    assert "Traceback" not in said
    left = [path for path in own_environment.rglob("*") if path.is_file()]
    assert [path.suffix for path in left] == [".lock"]
    listing = command(own_environment, "list")
    assert "There are no articles yet." in listing.read()
