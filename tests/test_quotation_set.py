"""The set of quotations says of its articles only what stands in them."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from index.article import read_default_article

FOLDER = Path(__file__).parent / "questions"
QUOTATIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (FOLDER / "quotations.jsonl").read_text(encoding="utf-8").splitlines()
]
LABELS = {"author", "named", "unnamed_source", "not_named"}
FORMS = {"direct", "words", "indirect", "interview", "own", "scare"}


def text_of(article: str) -> str:
    if article == "default":
        return read_default_article().text
    return (FOLDER / article).read_text(encoding="utf-8")


TEXTS = {quotation["article"]: text_of(quotation["article"]) for quotation in QUOTATIONS}


def test_at_least_170_quotations_of_15_articles() -> None:
    assert len(QUOTATIONS) >= 170
    assert len(TEXTS) >= 15


def test_ids_are_unique() -> None:
    assert len({quotation["id"] for quotation in QUOTATIONS}) == len(QUOTATIONS)


def test_no_quotation_stands_twice() -> None:
    places = Counter((q["article"], q["text"], q["occurrence"]) for q in QUOTATIONS)
    assert [place for place, count in places.items() if count > 1] == []


def test_every_third_quotation_is_held_out() -> None:
    held_out = [number for number, quotation in enumerate(QUOTATIONS) if quotation["held_out"]]
    assert held_out == list(range(0, len(QUOTATIONS), 3))


def test_every_label_and_form_occurs_and_no_other() -> None:
    assert {quotation["label"] for quotation in QUOTATIONS} == LABELS
    assert {quotation["form"] for quotation in QUOTATIONS} == FORMS


def test_text_stands_in_the_article_as_often_as_it_says() -> None:
    wrong = [q["id"] for q in QUOTATIONS if TEXTS[q["article"]].count(q["text"]) < q["occurrence"]]
    assert wrong == []


def test_names_and_roles_and_sentences_are_verbatim_in_the_article() -> None:
    wrong = [
        (quotation["id"], words)
        for quotation in QUOTATIONS
        for words in (quotation["speaker"], quotation["role"], quotation["speaker_evidence"])
        if words is not None and words not in TEXTS[quotation["article"]]
    ]
    assert wrong == []


def test_who_is_named_is_named_in_the_evidence_and_nobody_else_has_a_name() -> None:
    for quotation in QUOTATIONS:
        if quotation["label"] == "named":
            assert quotation["speaker"] in quotation["speaker_evidence"]
        else:
            assert (quotation["speaker"], quotation["also"]) == (None, [])


def test_an_unnamed_source_is_described_in_the_evidence() -> None:
    for quotation in QUOTATIONS:
        if quotation["label"] == "unnamed_source":
            assert quotation["role"] in quotation["speaker_evidence"]


def test_what_nobody_said_has_no_role() -> None:
    silent = [q for q in QUOTATIONS if q["label"] in {"author", "not_named"}]
    assert {(q["role"], q["speaker_evidence"]) for q in silent} == {(None, None)}
