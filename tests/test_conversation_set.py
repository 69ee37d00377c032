"""The set of conversations says of its articles only what stands in them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from index.article import read_default_article

FOLDER = Path(__file__).parent / "questions"
CONVERSATIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (FOLDER / "conversations.jsonl").read_text(encoding="utf-8").splitlines()
]
TURNS = [(talk, turn) for talk in CONVERSATIONS for turn in talk["turns"]]
KINDS = {
    "standalone",
    "ellipsis",
    "pronoun",
    "who_said",
    "when",
    "where",
    "why",
    "topic_change",
    "correction",
    "what_about",
}
STANDING_ALONE = {"standalone", "topic_change"}


def text_of(article: str) -> str:
    if article == "default":
        return read_default_article().text
    return (FOLDER / article).read_text(encoding="utf-8")


def test_at_least_forty_five_conversations_of_three_to_six_turns() -> None:
    assert len(CONVERSATIONS) >= 45
    assert {len(talk["turns"]) for talk in CONVERSATIONS} <= {3, 4, 5, 6}


def test_each_of_ten_articles_has_at_least_five_conversations() -> None:
    counts = Counter(talk["article"] for talk in CONVERSATIONS)
    assert len(counts) == 10
    assert min(counts.values()) >= 5


def test_ids_are_unique() -> None:
    assert len({talk["id"] for talk in CONVERSATIONS}) == len(CONVERSATIONS)


def test_every_third_conversation_is_held_out() -> None:
    held_out = [number for number, talk in enumerate(CONVERSATIONS) if talk["held_out"]]
    assert held_out == list(range(0, len(CONVERSATIONS), 3))


def test_every_kind_of_turn_occurs_and_no_other() -> None:
    assert {turn["kind"] for _, turn in TURNS} == KINDS


def test_evidence_is_verbatim_in_the_article() -> None:
    texts = {talk["article"]: text_of(talk["article"]) for talk in CONVERSATIONS}
    wrong = [
        (talk["id"], sentence)
        for talk, turn in TURNS
        for sentence in turn["evidence"]
        if sentence not in texts[talk["article"]]
    ]
    assert wrong == []


def test_every_answer_is_verbatim_in_its_evidence() -> None:
    wrong = [
        (talk["id"], answer)
        for talk, turn in TURNS
        for answer in turn["answers"]
        if not any(answer in sentence for sentence in turn["evidence"])
    ]
    assert wrong == []


def test_what_is_impossible_has_neither_answers_nor_evidence() -> None:
    wrong = [
        (talk["id"], turn["question"])
        for talk, turn in TURNS
        if not turn["impossible"] == (not turn["answers"]) == (not turn["evidence"])
    ]
    assert wrong == []


def test_follow_ups_lean_on_an_earlier_turn_and_are_given_in_full() -> None:
    for talk in CONVERSATIONS:
        for number, turn in enumerate(talk["turns"]):
            if turn["kind"] in STANDING_ALONE:
                assert (turn["depends_on"], turn["standalone"]) == (None, None)
            else:
                assert 0 <= turn["depends_on"] < number
                assert turn["standalone"] not in {"", turn["question"]}


def test_the_first_turn_stands_alone() -> None:
    assert {talk["turns"][0]["kind"] for talk in CONVERSATIONS} == {"standalone"}
