"""The sets of small talk, typing errors and yes/no questions keep to their form and articles."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from index.article import read_default_article

FOLDER = Path(__file__).parent / "questions"
Lines = list[dict[str, Any]]


def lines_of(name: str) -> Lines:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


def text_of(article: str) -> str:
    if article == "default":
        return read_default_article().text
    return (FOLDER / article).read_text(encoding="utf-8")


def clean_questions() -> dict[tuple[str, str], tuple[list[str], list[str]]]:
    """Answers and evidence of every question in full, by article and lower-case question."""
    single = [("default", line["question"], line) for line in lines_of("default_article.jsonl")]
    turns = [
        (talk["article"], turn["standalone"] or turn["question"], turn)
        for talk in lines_of("conversations.jsonl")
        for turn in talk["turns"]
    ]
    return {
        (article, question.lower()): (line["answers"], line["evidence"])
        for article, question, line in reversed(single + turns)
    }


SMALL_TALK = lines_of("small_talk.jsonl")
TYPING_ERRORS = lines_of("typing_errors.jsonl")
YES_NO = lines_of("yes_no.jsonl")


def test_ids_and_questions_are_unique() -> None:
    assert len({line["id"] for line in SMALL_TALK}) == len(SMALL_TALK)
    assert len({line["text"] for line in SMALL_TALK}) == len(SMALL_TALK)
    for lines in (TYPING_ERRORS, YES_NO):
        assert len({line["id"] for line in lines}) == len(lines)
        assert len({(line["article"], line["question"]) for line in lines}) == len(lines)


def test_small_talk_and_its_look_alikes() -> None:
    counts = Counter(line["label"] for line in SMALL_TALK)
    assert set(counts) == {"small_talk", "question"}
    assert counts["small_talk"] >= 120
    assert counts["question"] >= 60
    look_alikes = [line for line in SMALL_TALK if line["kind"] == "look_alike"]
    assert look_alikes == [line for line in SMALL_TALK if line["label"] == "question"]


def test_typing_errors_are_of_clean_questions_with_their_answers() -> None:
    clean = clean_questions()
    assert len(TYPING_ERRORS) >= 60
    for line in TYPING_ERRORS:
        known = clean[line["article"], line["clean"].lower()]
        assert (line["answers"], line["evidence"]) == known
        assert line["question"].lower() != line["clean"].lower()


def test_yes_no_questions_of_ten_articles_have_verbatim_evidence() -> None:
    assert len(YES_NO) >= 80
    assert len({line["article"] for line in YES_NO}) == 10
    for line in YES_NO:
        assert (line["evidence"] is None) == (line["relation"] == "does_not_say")
        assert line["evidence"] is None or line["evidence"] in text_of(line["article"])


def test_yes_no_questions_have_a_relation_and_a_form() -> None:
    assert {line["relation"] for line in YES_NO} == {"supports", "contradicts", "does_not_say"}
    assert {line["form"] for line in YES_NO} == {"yes_no", "negated", "false_premise"}
    for line in YES_NO:
        assert (line["statement"] is None) == (line["form"] == "yes_no")
