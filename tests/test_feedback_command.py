import asyncio
import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.answer import Answer
from bot.pipeline import QAPipeline
from bot.telegram_app.store.records import Rating
from bot.telegram_app.store.sqlite_store import SqliteStore, store_path
from index.library.entry import chat_owner
from index.library.library import Library
from tests.conftest import Run
from tests.telegram_app.small_world import PRIVATE, kept_answer
from tests.telegram_app.text.articles import article_of
from tests.telegram_app.text.test_answer_message import answer_of, found_in


def keep_feedback(data_dir: Path, judged: Sequence[tuple[Answer, Rating]]) -> None:
    """Keep answers and what people thought of them, as the bot does."""

    async def keep() -> None:
        store = SqliteStore.open(store_path(data_dir))
        for number, (answer, rating) in enumerate(judged):
            kept = kept_answer(answer, answer_id=f"a{number}")
            await store.keep_answer(kept)
            await store.rate(kept.id, 42, rating)
        await store.close()

    asyncio.run(keep())


def test_feedback_is_exported_and_can_be_evaluated_with(
    run: Run, own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    answer = fake_pipeline.answer
    keep_feedback(
        own_environment,
        [
            (answer("Who wrote this?"), "good"),
            (answer("When was this published?"), "good"),
            (answer("Who is Lise Grande?"), "bad"),
        ],
    )

    code, out, err = run("feedback", "export", "--output", "out")

    assert (code, err) == (0, "")
    assert out == (
        f"2 questions whose answer was found good: {Path('out/feedback.jsonl')}\n"
        f"1 question for a person to complete: {Path('out/feedback.unlabelled.jsonl')}\n"
    )
    code, out, err = run("evaluate", "out/feedback.jsonl", "--json")
    assert (code, err, json.loads(out)["questions"]) == (0, "", 2)


def test_without_feedback_nothing_is_made(run: Run, own_environment: Path) -> None:
    code, out, err = run("feedback", "export", "--output", "out")

    assert (code, err) == (0, "")
    assert out == "There is no feedback yet; nothing was written.\n"
    assert not Path("out").exists()
    assert not store_path(own_environment).exists()


def test_feedback_on_another_article_is_told(
    run: Run, own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    article = article_of("The mill grinds corn. The river drives it.")
    other = answer_of(article, "answered", found_in(article, "The mill grinds corn.", "corn"))
    keep_feedback(own_environment, [(other, "good")])

    _, out, _ = run("feedback", "export", "--output", "out")

    assert out.splitlines()[-1] == (
        "Left out: 1 answer about several articles, or about one that is not there any more. "
        "Another default article is named with --article."
    )


def test_feedback_on_an_article_of_a_chat_is_exported_with_it(
    run: Run, own_environment: Path
) -> None:
    article = article_of("The mill grinds corn. The river drives it.")
    answer = answer_of(article, "answered", found_in(article, "The mill grinds corn.", "corn"))
    Library(own_environment).add(article, chat_owner(PRIVATE["id"]))
    keep_feedback(own_environment, [(answer, "good")])

    code, out, err = run("feedback", "export", "--output", "out")

    assert (code, err, "Left out" in out) == (0, "", False)
    (line,) = Path("out/feedback.jsonl").read_text(encoding="utf-8").splitlines()
    path = Path("out") / json.loads(line)["article"]
    assert path.read_text(encoding="utf-8") == article.text
    code, out, err = run("evaluate", "out/feedback.jsonl", "--json")
    assert (code, err, json.loads(out)["questions"]) == (0, "", 1)


def test_a_damaged_history_gets_one_sentence(run: Run, own_environment: Path) -> None:
    own_environment.mkdir()
    store_path(own_environment).write_bytes(b"nothing of the kind" * 100)

    code, out, err = run("feedback", "export", "--output", "out")

    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert err.startswith(f"The chat history {store_path(own_environment)} is damaged.")


def test_files_that_are_there_are_left(
    run: Run, own_environment: Path, fake_pipeline: QAPipeline
) -> None:
    keep_feedback(own_environment, [(fake_pipeline.answer("Who wrote this?"), "good")])
    run("feedback", "export", "--output", "out")

    code, out, err = run("feedback", "export", "--output", "out")

    assert (code, out) == (2, "")
    assert err == (
        f"{Path('out/feedback.jsonl')} is there already. Name another directory, or move it.\n"
    )


def test_a_directory_must_be_named(run: Run) -> None:
    code, _, err = run("feedback", "export")

    assert (code, "--output" in err) == (2, True)


@pytest.mark.parametrize("command", [("feedback",), ("feedback", "export")])
def test_help_and_version(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "--help")[1].startswith("Usage: article-bot feedback")
    assert run(*command, "--version")[1] == f"article-bot {version('article-bot')}\n"
