"""Runs for tests, made without an article or a model."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.evaluation.run import (
    ArticleRecord,
    Cost,
    Place,
    QuestionRecord,
    RetrievedPassage,
    Run,
)

ANSWER_START = 100


def place(text: str, start: int = ANSWER_START, paragraph: int = 1) -> Place:
    return Place(text, start, start + len(text), paragraph, text, start)


def passage(start: int, end: int, paragraph: int) -> RetrievedPassage:
    return RetrievedPassage(paragraph, start, end, 0.5)


def make_record(
    id: str = "q",
    gold: Sequence[str] = ("cat",),
    prediction: str | None = "cat",
    score: float = 0.5,
    best: str | None = None,
    **others: Any,  # noqa: ANN401 - any further field
) -> QuestionRecord:
    """An answer at `ANSWER_START` where the gold is too; `best` is the span of a refusal."""
    text = prediction if prediction is not None else best
    best_span = place(text) if text is not None else None
    fields: dict[str, Any] = {
        "id": id,
        "article": "a",
        "question": "What?",
        "tags": (),
        "gold": tuple(gold),
        "gold_spans": tuple((ANSWER_START, ANSWER_START + len(g)) for g in gold),
        "gold_evidence": (),
        "gold_paragraphs": (1,) if gold else (),
        "gold_sentence": gold[0] if gold else None,
        "values": (),
        "verdict": "answered" if prediction is not None else "not_in_article",
        "prediction": prediction,
        "score": score,
        "best_span": best_span,
        "citations": (best_span,) if prediction is not None else (),
        "verbatim": True,
        "passages": (passage(0, 200, 1),),
        "retrieve_ms": 1.0,
        "read_ms": 2.0,
        "total_ms": 3.0,
    }
    return QuestionRecord(**{**fields, **others})


def make_run(records: Sequence[QuestionRecord], **others: Any) -> Run:  # noqa: ANN401
    fields: dict[str, Any] = {
        "mode": "article",
        "question_set": {"name": "set.json", "format": "squad", "sha256": "0"},
        "seed": 0,
        "limit": None,
        "settings": {},
        "versions": {},
        "created": "2025-01-01T00:00:00+00:00",
        "threshold": 0.5,
        "articles": (ArticleRecord("a", "A", "0", 10, 20, 2.0),),
        "records": tuple(records),
        "cost": Cost(1.0, 10.0, 0.5, 300.0),
        "complete": True,
    }
    return Run(**{**fields, **others})


def random_run(questions: int, seed: int, skill: float = 0.7) -> Run:
    """A run over the same questions for each seed; with more skill more answers are right."""
    asked = np.random.default_rng(0)
    found = np.random.default_rng(seed + 1)
    records = []
    for number in range(questions):
        gold = () if asked.random() < 0.4 else (f"the answer {number}", f"answer {number} more")
        right = bool(gold) and found.random() < skill
        text = gold[0] if right else f"answer {int(found.integers(9))}"
        score = round(float(found.normal(1.0 if right else 0.0)), 2)
        answered = score >= 0.5
        records.append(
            make_record(
                f"q{number}",
                gold,
                text if answered else None,
                score,
                text,
                question=("Who?", "When?", "How many?", "Go on")[number % 4],
                tags=(f"t{number % 3}",),
                passages=tuple(
                    passage(p * 50, p * 50 + 50, p) for p in found.permutation(12)[:10].tolist()
                ),
                total_ms=float(found.exponential(20)),
            )
        )
    return make_run(records)
