import json
from pathlib import Path

import pytest

from bot.metadata_questions import metadata_asked

QUESTIONS = Path(__file__).parent / "questions" / "default_article.jsonl"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who wrote this?", "author"),
        ("Can you tell me who wrote this piece?", "author"),
        ("Who is this article by?", "author"),
        ("By whom was this written?", "author"),
        ("WHAT IS THE AUTHOR’S NAME", "author"),
        ("When was it written?", "published"),
        ("How old is this article?", "published"),
        ("What was the date of publication?", "published"),
        ("When did the article come out?", "published"),
        ("What's the article called?", "title"),
        ("Headline?", "title"),
    ],
)
def test_questions_about_the_article_itself(question: str, kind: str) -> None:
    assert metadata_asked(question) == kind


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the report about schools?",
        "What did the author write?",
        "Who published it?",
        "Where was it published?",
        "When was this article last updated?",
        "When was the city taken?",
        "When was the report released?",
        "What time is it?",
        "When was it?",
        "What is this article about?",
        "What was the operation called?",
        "Who is Melinda Barton?",
        "Was ist der Titel?",
        "",
    ],
)
def test_questions_to_the_body(question: str) -> None:
    assert metadata_asked(question) is None


def test_the_question_set_of_the_default_article() -> None:
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        expected = "metadata" in entry["tags"] and bool(entry["answers"])
        assert (metadata_asked(entry["question"]) is not None) == expected, entry["question"]


def test_phrasings_that_were_written_without_seeing_the_rules() -> None:
    path = QUESTIONS.with_name("about_the_article.jsonl")
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    taken = [(entry, metadata_asked(entry["question"])) for entry in entries]

    assert [e["question"] for e, kind in taken if kind not in (None, e["kind"])] == []
    assert sum(kind is not None for _, kind in taken) >= 66
