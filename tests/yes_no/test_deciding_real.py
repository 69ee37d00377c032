import json
from collections import Counter
from pathlib import Path

import pytest

from bot.assembly import open_pipeline
from bot.settings import Settings
from bot.yes_no.deciding import Decision, decides
from index.article import read_default_article
from index.reporter import Reporter
from index.sources.reading import read_article

QUESTIONS = Path(__file__).parents[1] / "questions"
RELATIONS: dict[str, Decision | None] = {
    "supports": "supports",
    "contradicts": "otherwise",
    "does_not_say": None,
}


@pytest.mark.model
def test_what_the_best_sentence_decides_is_right() -> None:
    lines = [
        json.loads(line)
        for line in (QUESTIONS / "yes_no.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    decided: Counter[Decision] = Counter()
    for name in dict.fromkeys(line["article"] for line in lines):
        is_default = name == "default"
        article = read_default_article() if is_default else read_article(str(QUESTIONS / name))
        pipeline = open_pipeline(Settings(), article, Reporter())
        for line in (line for line in lines if line["article"] == name):
            best = pipeline.answer(line["question"]).best_span
            sentence = article.quote(best.sentence) if best is not None else ""
            decision = decides(line["question"], sentence)
            assert decision in (RELATIONS[line["relation"]], None), line["id"]
            if decision is not None:
                decided[decision] += 1
    # Of 45 and of 24; where the sentence is another one, nothing is decided.
    assert decided["otherwise"] >= 16
    assert decided["supports"] >= 5
