import io
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from rich.console import Console

from bot import repl
from bot.article_card import article_card
from bot.console import ConsoleReporter
from bot.pipeline import QAPipeline
from bot.settings import Settings, load_settings
from bot.shelf import Asked, Shelf
from index.article import Article
from index.errors import EmbeddingModelError
from tests.conftest import Run

GREETING = """\
ISIS extremists losing more ground in Iraq's Mosul
Melinda Barton · 29 June 2017, 09:06
491 words · 15 paragraphs
Ask a question. :help lists what else can be typed, Ctrl-D leaves.
"""


def loaded(pipeline: QAPipeline) -> "Future[QAPipeline]":
    future: Future[QAPipeline] = Future()
    future.set_result(pipeline)
    return future


def transcript(
    article: Article, pipeline: "Future[QAPipeline]", lines: Iterator[str] | list[str]
) -> str:
    output = io.StringIO()
    console = Console(file=output, width=200, highlight=False)
    reporter = ConsoleReporter()
    shelf = Shelf(load_settings(), reporter)
    asked = Asked(article_card(article), pipeline)
    repl.Repl(asked, shelf, reporter, console).run(iter(lines))
    greeting, _, rest = output.getvalue().partition("Ctrl-D leaves.\n")
    assert greeting + "Ctrl-D leaves.\n" == GREETING
    assert "\n\n\n" not in rest
    return "\n".join(line.rstrip() for line in rest.splitlines() if line.strip())


def test_a_conversation(default_article: Article, fake_pipeline: QAPipeline) -> None:
    said = transcript(
        default_article,
        loaded(fake_pipeline),
        ["What did Iraq capture in late January?\n", "", ":source 1", "Who wrote this?", ":source"],
    )

    headline = "ISIS extremists losing more ground in Iraq's Mosul"
    assert said == (
        "Iraq captured east Mosul in late January.\n"
        f"  [1] paragraph 12 · {headline}\n"
        "[1] paragraph 12\n"
        "Iraq captured east Mosul in late January.\n"
        "Melinda Barton\n"
        f"  [1] header · {headline}\n"
        "  Melinda Barton | 29 June, 2017, 09:06\n"
        "[1] header\n"
        "Melinda Barton | 29 June, 2017, 09:06"
    )


def test_the_commands(default_article: Article, fake_pipeline: QAPipeline) -> None:
    said = transcript(
        default_article, loaded(fake_pipeline), [":help", ":article", ":passages", ":source", ":no"]
    )

    lines = said.splitlines()
    count = len(repl._COMMANDS)
    assert [line[: repl._WIDEST].rstrip() for line in lines[:count]] == list(repl._COMMANDS)
    assert "\n".join(lines[count : count + 3]) + "\n" == GREETING.partition("Ask")[0]
    assert lines[count + 3 :] == [
        "Nothing was retrieved yet. Ask a question first.",
        "The last answer has no citation. Ask a question that has an answer.",
        "There is no command :no. :help lists them.",
    ]


def test_a_citation_that_is_not_there(default_article: Article, fake_pipeline: QAPipeline) -> None:
    said = transcript(
        default_article, loaded(fake_pipeline), ["Who wrote this?", ":source 7", ":source x"]
    )

    assert said.splitlines()[-2:] == [
        "There is no citation '7' in the last answer: it has 1.",
        "There is no citation 'x' in the last answer: it has 1.",
    ]


def test_each_of_several_values_has_its_source(
    default_article: Article, values_pipeline: QAPipeline
) -> None:
    question = "How many months did the battle to retake the city take?"

    lines = transcript(
        default_article, loaded(values_pipeline), [question, ":source 2", ":source 3"]
    ).splitlines()

    assert lines[0] == "eight months [1] · nine months [2]"
    assert lines[-3] == "[2] paragraph 8"
    assert "nine months ago" in lines[-2]
    assert lines[-1] == "There is no citation '3' in the last answer: it has 2."


def test_what_is_too_unsure_has_no_citation(
    default_article: Article, unsure_pipeline: QAPipeline
) -> None:
    lines = transcript(
        default_article,
        loaded(unsure_pipeline),
        ["What did Iraq capture in late January?", ":source"],
    ).splitlines()

    assert lines[0].startswith("The article may not say. ")
    assert lines[-1] == "The last answer has no citation. Ask a question that has an answer."


def test_a_bad_question_does_not_end_the_conversation(
    default_article: Article, fake_pipeline: QAPipeline
) -> None:
    said = transcript(default_article, loaded(fake_pipeline), ["???", "x" * 5000, "headline"])

    assert said.splitlines()[0].startswith("The question ??? has no word in it.")
    assert said.splitlines()[1].startswith("The question has 5,000 characters")
    assert said.splitlines()[2] == "ISIS extremists losing more ground in Iraq's Mosul"


def test_quit_ends_it(default_article: Article, fake_pipeline: QAPipeline) -> None:
    assert transcript(default_article, loaded(fake_pipeline), [":quit", "Who wrote this?"]) == ""


def test_it_greets_before_anything_is_loaded_and_waits_at_the_first_question(
    default_article: Article, fake_pipeline: QAPipeline
) -> None:
    future: Future[QAPipeline] = Future()

    def lines() -> Iterator[str]:
        yield ":article"
        future.set_result(fake_pipeline)
        yield "Who wrote this?"

    assert "Melinda Barton\n" in transcript(default_article, future, lines())


def test_what_failed_to_load_is_an_error(
    default_article: Article,
) -> None:
    future: Future[QAPipeline] = Future()
    future.set_exception(EmbeddingModelError("There is no embedding model at /x."))

    with pytest.raises(EmbeddingModelError):
        transcript(default_article, future, ["Who wrote this?"])


def test_ctrl_c_stops_an_answer_but_not_the_conversation(
    default_article: Article, fake_pipeline: QAPipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = fake_pipeline.answer
    monkeypatch.setattr(
        fake_pipeline,
        "answer",
        lambda question: (
            (_ for _ in ()).throw(KeyboardInterrupt) if question == "slow?" else answer(question)
        ),
    )

    said = transcript(default_article, loaded(fake_pipeline), ["slow?", "headline"])

    assert said.splitlines()[:2] == [
        "Stopped.",
        "ISIS extremists losing more ground in Iraq's Mosul",
    ]


def test_settings_name_the_article(fake_pipeline: QAPipeline, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="There is no file"):
        repl.chat(Settings(article=str(tmp_path / "none.txt")))


class TwoArticles:
    """Two files, and what a conversation about them says."""

    def __init__(self, tmp_path: Path) -> None:
        self.tea, self.coal = tmp_path / "tea.txt", tmp_path / "coal.txt"
        self.tea.write_text("The tea house\n\nBy Ann Lee\n\nIt has nine rooms.", encoding="utf-8")
        self.coal.write_text("The mine\n\nBy Bo Ek\n\nIt closed in 1967.", encoding="utf-8")

    def says(self, run: Run, *lines: object, arguments: tuple[str, ...] = ()) -> list[str]:
        typed = "".join(f"{line}\n" for line in lines).encode()
        code, out, _ = run("chat", *arguments, stdin=typed)
        assert code == 0
        _, _, said = out.partition("Ctrl-D leaves.\n")
        return [line for line in said.splitlines() if line]


@pytest.fixture(autouse=True)
def nothing_loads_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load at once: a process that still loads when it leaves ends without further ado."""
    monkeypatch.setattr(repl, "_load_in_background", lambda load: loaded(load()))


@pytest.fixture
def shelf(run: Run, tmp_path: Path) -> TwoArticles:
    library = TwoArticles(tmp_path)
    run("add", str(library.tea))
    return library


def test_open_reads_adds_and_asks_a_source(shelf: TwoArticles, run: Run) -> None:
    said = shelf.says(run, f":open {shelf.coal}", "Who wrote this?", ":articles")

    assert said == [
        "The mine",
        "Bo Ek",
        "4 words · 1 paragraph",
        "Bo Ek",
        "  [1] header · The mine",
        "  By Bo Ek",
        f"*  the-mine       The mine       4 words    {shelf.coal}",
        f"   the-tea-house  The tea house  4 words    {shelf.tea}",
    ]
    assert run("list")[1].startswith("   the-mine ")


def test_use_turns_to_an_article_and_back_and_only_in_this_conversation(
    shelf: TwoArticles, run: Run
) -> None:
    said = shelf.says(run, ":use THE-TEA-HOUSE", "Who wrote this?", ":use", "Who wrote this?")

    assert [line for line in said if line in ("Ann Lee", "Melinda Barton")] == [
        "Ann Lee",
        "Ann Lee",
        "Melinda Barton",
    ]
    assert "*" not in run("list")[1]


def test_all_articles_are_asked(shelf: TwoArticles, run: Run) -> None:
    run("add", str(shelf.coal))

    said = shelf.says(run, ":all", "What closed in 1967?", ":source", ":passages")

    assert said[2:6] == [
        "It closed in 1967.",
        "  [1] paragraph 1 · The mine",
        "[1] paragraph 1",
        "It closed in 1967.",
    ]
    assert [line.split("  ")[2] for line in said[6:]] == [
        "The mine, paragraph 1",
        "The tea house, paragraph 1",
    ]


def test_a_conversation_may_begin_with_all(shelf: TwoArticles, run: Run) -> None:
    run("add", str(shelf.coal))

    assert shelf.says(run, "What closed in 1967?", arguments=("--all",)) == [
        "It closed in 1967.",
        "  [1] paragraph 1 · The mine",
    ]


def test_what_cannot_be_turned_to_leaves_the_conversation_where_it_is(
    shelf: TwoArticles, run: Run, tmp_path: Path
) -> None:
    said = shelf.says(
        run, ":open", ":open /none.txt", ":use nothing", "Who wrote this?", ":no such"
    )

    assert said[0] == "Name what to open: :open https://…, or a path."
    assert said[1].startswith("There is no file /none.txt.")
    assert said[2].startswith("No article in the library is called nothing.")
    assert said[3] == "Melinda Barton"
    assert said[-1] == "There is no command :no. :help lists them."


def test_without_articles_that_is_told(run: Run, tmp_path: Path) -> None:
    library = TwoArticles(tmp_path)

    assert library.says(run, ":articles", ":all") == [
        "There are no articles yet. Add one: :open SOURCE",
        "There are no articles yet. Add one first.",
    ]


def test_a_home_directory_is_understood(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = TwoArticles(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert library.says(run, ":open ~/tea.txt")[0] == "The tea house"


def test_ctrl_c_while_opening_leaves_the_conversation_where_it_is(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = TwoArticles(tmp_path)

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.shelf.add_source", interrupted)

    said = library.says(run, f":open {library.tea}", "Who wrote this?")

    assert said[:2] == ["Stopped.", "Melinda Barton"]
