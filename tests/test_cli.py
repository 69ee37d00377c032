import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from bot import assembly, choosing
from bot.cli import cli
from index.article import Article
from tests.conftest import PreparedReader, Run, found_in


def test_ask_answers(run: Run) -> None:
    code, out, err = run("ask", "What did Iraq capture in late January?")

    assert (code, err) == (0, "")
    assert out.startswith("Iraq captured east Mosul in late January.\n")
    assert "\x1b" not in out


def test_ask_refuses_with_exit_code_1(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIN_SCORE", "100")

    code, out, _ = run("ask", "--json", "Zebra quartz?")

    assert (code, json.loads(out)["verdict"]) == (1, "not_in_article")


def test_ask_is_no_answer_where_the_reader_is_too_unsure(
    run: Run, default_article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = PreparedReader(found_in(default_article, "east Mosul", 0.5))
    monkeypatch.setattr(assembly, "reader_of", lambda _settings: reader)

    code, out, err = run("ask", "What did Iraq capture in late January?")

    assert (code, err) == (1, "")
    assert out.startswith("The article may not say. ")
    assert "\n  Closest: paragraph 12\n" in out


def test_a_reader_model_that_is_not_there_gets_one_sentence_before_anything_is_built(
    run: Run, own_environment: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READER_MODEL", str(tmp_path / "none"))

    for command in (("ask", "What did Iraq capture?"), ("chat",)):
        code, _, err = run(*command, stdin=b"What did Iraq capture?\n")
        assert (code, len(err.splitlines())) == (2, 1)
        assert err.startswith(f"There is no reader model at {tmp_path / 'none'}. ")
        assert not own_environment.exists()


def test_ask_needs_no_quotation_marks(run: Run) -> None:
    assert run("ask", "who", "wrote", "this")[1].startswith("Melinda Barton")


def test_ask_reads_one_question_a_line(run: Run) -> None:
    code, out, _ = run("ask", "--json", stdin=b"Who wrote this?\nheadline?\n")

    assert code == 0
    assert [json.loads(line)["answer"] for line in out.splitlines()] == [
        "Melinda Barton",
        "ISIS extremists losing more ground in Iraq's Mosul",
    ]


def test_chat_in_a_pipe(run: Run) -> None:
    code, out, err = run("chat", stdin=b"Who wrote this?\n:quit\n")

    assert (code, err) == (0, "")
    assert "Melinda Barton\n  [1] header" in out


@pytest.mark.parametrize("place", ["before", "behind", "setting"])
def test_the_article_is_named_anywhere(
    run: Run, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mill.md"
    path.write_text("# The mill\n\nIt grinds **corn** all day.", encoding="utf-8")
    option = ("--article", str(path))
    if place == "setting":
        monkeypatch.setenv("ARTICLE", str(path))
        option = ()
    arguments = ("ask", *option) if place == "behind" else (*option, "ask")

    assert run(*arguments, "headline?")[1].startswith("The mill\n")


def test_index_builds_then_fits_then_shows_then_cleans(
    run: Run, tmp_path: Path, own_environment: Path
) -> None:
    path = tmp_path / "mill.txt"
    path.write_text("The mill grinds corn. The river drives it.", encoding="utf-8")
    article = ("--article", str(path))

    assert run("index", *article)[1].startswith("Index built: 1 passage, 2 sentences of")
    assert run("index", *article)[1].startswith("Index fits: ")
    assert run("index", "--rebuild", *article)[1].startswith("Index built: ")
    (damaged,) = own_environment.glob("indexes/*/passages.json")
    damaged.unlink()
    code, out, err = run("index", *article)
    assert (code, "is damaged" in err, out.startswith("Index built: ")) == (0, True, True)
    assert "The mill grinds corn. The river drives it." in run("index", "--show", *article)[1]
    path.unlink()
    assert run("index", "--clean")[1].startswith("Removed ")
    assert run("index", "--clean")[1].startswith("Nothing to remove")


@pytest.mark.parametrize("command", [(), ("ask",), ("chat",), ("index",), ("completion",)])
def test_help_and_version_everywhere(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "--help")[1].startswith("Usage: article-bot")
    assert run(*command, "--version")[1] == f"article-bot {version('article-bot')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_call_the_command(run: Run, shell: str) -> None:
    assert "_ARTICLE_BOT_COMPLETE" in run("completion", shell)[1]


def test_verbose_says_what_is_done(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    run("ask", "headline?")
    assert "loaded the index" not in caplog.text

    run("ask", "--verbose", "headline?")

    assert "loaded the index" in caplog.text


def test_a_wrong_option_is_an_error(run: Run) -> None:
    code, _, err = run("ask", "--nonsense")

    assert code == 2
    assert "No such option" in err


BAD_ARTICLES: dict[str, tuple[bytes | None, str]] = {
    "missing.txt": (None, "There is no file"),
    "empty.txt": (b"", "There is nothing to read in"),
    "blank.txt": (b"\n \xc2\xa0\n", "There is nothing to read in"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff", "is an image, and text in images"),
    "binary.txt": (bytes(range(1, 32)) * 9, "are control codes"),
    "noise.txt": (bytes(range(128, 256)), "is not a text in any encoding that is known"),
    "word.txt": (b"Mosul", "only 1 word"),
}


@pytest.mark.parametrize("name", BAD_ARTICLES)
def test_a_bad_article_gets_one_sentence(run: Run, tmp_path: Path, name: str) -> None:
    content, complaint = BAD_ARTICLES[name]
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    for command in (("ask", "Who wrote this?"), ("chat",), ("index",)):
        code, out, err = run(*command, "--article", str(path))
        assert (code, out) == (2, "")
        assert complaint in err
        assert str(path) in err.replace("\n", "")
        assert "Traceback" not in err


def test_a_directory_is_no_article(run: Run, tmp_path: Path) -> None:
    code, _, err = run("ask", "--article", str(tmp_path), "Who?")

    assert (code, "is a directory" in err) == (2, True)


def test_a_path_that_cannot_be_a_path(run: Run) -> None:
    code, _, err = run("ask", "--article", "a\x00b" + "c" * 300, "Who?")

    assert code == 2
    assert len(err.splitlines()) == 1


def test_an_article_over_the_limit_names_both_sizes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 50_000_000)

    code, _, err = run("ask", "--article", str(path), "Who?")

    assert code == 2
    assert "is 50 MB, and the limit is 20 MB" in err


@pytest.mark.parametrize(
    ("question", "complaint"),
    [("", "empty"), ("  ", "empty"), ("y" * 100_000, "100,000 characters")],
)
def test_a_bad_question_gets_one_sentence(
    run: Run, own_environment: Path, question: str, complaint: str
) -> None:
    code, out, err = run("ask", question)

    assert (code, out) == (2, "")
    assert complaint in err
    assert not own_environment.exists()


def test_an_unwritable_data_directory_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "file"))

    code, _, err = run("ask", "Who?")

    assert code == 2
    assert "set DATA_DIR" in err


def test_a_wrong_setting_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOP_K", "-1")

    code, _, err = run("ask", "Who?")

    assert (code, err.startswith("The setting TOP_K=-1 does not fit")) == (2, True)


def test_a_damaged_index_is_built_again_with_one_line(run: Run, own_environment: Path) -> None:
    run("index")
    (damaged,) = own_environment.glob("indexes/*/passages.faiss")
    damaged.write_bytes(damaged.read_bytes()[:-9])

    code, out, err = run("ask", "headline?")

    assert code == 0
    assert err.splitlines() == [
        "The saved index is damaged (its file passages.faiss does not fit its checksum); "
        "building it again."
    ]


def test_ctrl_c_leaves_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(choosing, "read_default_article", interrupted)

    code, out, err = run("ask", "Who?")

    assert (code, out, "Traceback" in err) == (130, "", False)


def test_a_bug_is_logged_and_is_no_refusal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(choosing, "read_default_article", broken)

    code, out, _ = run("ask", "Who?")

    assert (code, out) == (2, "")


def test_python_m_bot_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout == f"article-bot {version('article-bot')}\n"


def test_a_path_is_completed_by_the_shell() -> None:
    completion = ShellComplete(cli, {}, "article-bot", "_ARTICLE_BOT_COMPLETE")

    for words in (["--article"], ["ask", "--article"], ["chat", "--article"]):
        (item,) = completion.get_completions(words, "no")
        assert (item.value, item.type) == ("no", "file")


def test_characters_that_the_screen_lacks_are_escaped(tmp_path: Path) -> None:
    path = tmp_path / "bar.txt"
    path.write_text("The café is in 北京 😀 today.", encoding="utf-8")
    code = (
        "from bot import assembly, cli; from index.embedding import HashedWordsModel\n"
        "assembly.embedding_model = lambda _settings: HashedWordsModel()\n"
        "cli.main()"
    )
    command = [sys.executable, "-c", code, "ask", "--article", str(path), "Where is the café?"]

    def output(*more: str) -> tuple[int, bytes]:
        environment = {**os.environ, "PYTHONIOENCODING": "ascii", "READER_MODEL": "none"}
        done = subprocess.run([*command, *more], capture_output=True, env=environment)
        return done.returncode, done.stdout

    code_, text = output()
    assert (code_, text.splitlines()[0]) == (
        0,
        rb"The caf\xe9 is in \u5317\u4eac \U0001f600 today.",
    )
    code_, text = output("--json")
    assert (code_, json.loads(text)["answer"]) == (0, "The café is in 北京 😀 today.")


def test_a_reader_who_has_gone_is_an_error_and_no_refusal() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "bot", "completion", "bash"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(writing)

    assert (done.returncode, done.stderr) == (2, "")


def test_a_reader_who_leaves_early_gets_no_traceback() -> None:
    done = subprocess.run(
        f"{sys.executable} -m bot ask --help | head -c 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("U", "")
