"""What people think of answers comes out as questions to evaluate with."""

import json
from pathlib import Path
from typing import Any

from bot.evaluation.loading import load_question_set
from bot.telegram_app import messages
from index.article import ReadLimits
from index.sources.reading import read_article
from tests.telegram_app.blackbox.conftest import ARTICLE, MakeBot
from tests.telegram_app.emulator.emulated_telegram import EmulatedTelegram
from tests.telegram_app.emulator.people import Person


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_feedback_is_exported(telegram: EmulatedTelegram, make_bot: MakeBot) -> None:
    bot = make_bot().start()
    chat = Person(telegram).private_chat()
    good, bad = chat.ask("When built? «1874»"), chat.ask("When electric? «1988»")
    chat.press(good, "👍")
    chat.press(bad, "👎")
    chat.say("/feedback It is 1931.")
    assert chat.wait_for(3)[2].text == messages.THANKS_FOR_COMMENT
    assert bot.stop() == 0
    directory = bot.directory / "export"
    code, said = bot.run("feedback", "export", "--output", str(directory))
    assert (code, "1 question" in said) == (0, True)
    (labelled,) = lines(directory / "feedback.jsonl")
    assert labelled["question"] == "When built? «1874»"
    (unlabelled,) = lines(directory / "feedback.unlabelled.jsonl")
    assert unlabelled["question"] == "When electric? «1988»"
    assert "It is 1931." in json.dumps(unlabelled)
    article, limits = read_article(str(ARTICLE)), ReadLimits()
    loaded = load_question_set(directory / "feedback.jsonl", article, limits)
    assert ([one.text for one in loaded.questions], loaded.problems) == (["When built? «1874»"], ())


def test_buttons_after_a_restart(
    telegram: EmulatedTelegram, make_bot: MakeBot, tmp_path: Path
) -> None:
    bot = make_bot().start()
    chat = Person(telegram).private_chat()
    answer = chat.ask("«1874»?")
    assert bot.stop() == 0
    bot.start()
    popup = chat.press(answer, "[1]").popup
    assert popup == "[1] paragraph 1\nThe lighthouse of Vela was built in 1874."
    chat.press(answer, "In context")
    chat.wait_until(lambda: answer.is_edited, "the context is shown")
    chat.press(answer, "👍")
    chat.wait_until(lambda: "👍 ✓" in answer.labels, "the rating is shown")
    assert bot.stop() == 0
    other = tmp_path / "other.txt"
    other.write_text("Another Title\n\nThis article is about something else entirely.\n")
    bot.start(ARTICLE=str(other))
    assert chat.press(answer, "[1]").popup == messages.ARTICLE_GONE
