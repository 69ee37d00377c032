"""A warm question from end to end, beside what it cannot do without: one encoding and one search.

    python -m tests.bench.warm_question

Asks the default article's question set, each question both ways in turn, and prints medians.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np

from bot.assembly import (
    Parts,
    embedding_model,
    open_article,
    open_index,
    pipeline_of,
    reader_of,
)
from bot.console import ConsoleReporter
from bot.settings import load_settings

_QUESTIONS = Path(__file__).parent.parent / "questions" / "default_article.jsonl"
_ROUNDS = 5


def main() -> None:
    settings, reporter = load_settings(), ConsoleReporter()
    article, model = open_article(settings), embedding_model(settings)
    index = open_index(settings, article, model, reporter)
    reader = reader_of(settings)
    reader.load()
    pipeline = pipeline_of(settings, article, Parts(index, model, reader))
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [q for q in (json.loads(line)["question"] for line in lines) if len(q) > 1]
    bare, whole = [], []
    for number in range(_ROUNDS * len(questions)):
        question = questions[number % len(questions)]
        started = time.perf_counter()
        query = model.encode_query(question)
        index.passage_vectors.search(query, settings.top_k)
        encoded = time.perf_counter()
        answer = pipeline.answer(question)
        ended = time.perf_counter()
        # A question that the header answers encodes nothing: it would flatter the ratio.
        if number >= len(questions) and answer.passages[0].passage.paragraph:
            bare.append((encoded - started) * 1000)
            whole.append((ended - encoded) * 1000)
    sys.stdout.write(
        f"one encoding and one search: {np.median(bare):.1f} ms, "
        f"a question: {np.median(whole):.1f} ms (p95 {np.quantile(whole, 0.95):.1f} ms), "
        f"ratio of medians {np.median(whole) / np.median(bare):.2f}, n {len(whole)}\n"
    )


if __name__ == "__main__":
    main()
