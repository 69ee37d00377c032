"""A 300-page PDF and a text of 100,000 words: the time of each stage, and of a question.

    OMP_NUM_THREADS=1 python -m tests.bench.large_sources [--pages 300] [--words 100000]

Makes both from a seed, in paragraphs about as long as those of the default article. Asks each
source, a short article of the same kind and the default article in turns, so that whatever else the
machine does slows them alike, and prints medians.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bot.assembly import Parts, embedding_model, index_settings, pipeline_of, reader_of
from bot.pipeline import QAPipeline
from bot.reader.protocol import Reader
from bot.settings import Settings, load_settings
from index.article import Article, count_words, read_default_article
from index.embedding import EmbeddingModel
from index.passage_index import index_of_vectors, sentence_texts
from index.passages import split_passages
from index.sources.reading import read_article
from tests.sources.pdf.pdf_files import HEIGHT, Text, pdf

_QUESTIONS = Path(__file__).parent.parent / "questions" / "default_article.jsonl"
_SHORT_PARAGRAPHS = 15
_LINES_PER_PAGE = 46
_LINE_LENGTH = 95
_ASKED = 40
_ROUNDS = 3

_PLACES = [
    "Ellerbeck",
    "Skelby",
    "Wexham",
    "Carrow",
    "Marden",
    "Thornby",
    "Aldwick",
    "Penrith",
    "Halsey",
    "Norham",
    "Belford",
]
_PEOPLE = [
    "Blakelock",
    "Haverkamp",
    "Straight",
    "Prout",
    "Abernathy",
    "Lyle",
    "Harrowgate",
    "Fiorina",
    "Reyes",
    "Tolland",
]
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
]
_DEEDS = ("close the", "rebuild the", "sell the", "paint the", "heat the", "light the", "move the")
_THINGS = [
    "bridge",
    "library",
    "market",
    "swimming-pool",
    "harbour",
    "theatre",
    "railway-station",
    "museum",
]
_REASONS = (
    "the river had risen for three winters in a row",
    "nobody had looked after it since the war",
    "the insurance company asked for it",
    "two thirds of the residents had signed a letter",
    "the money from the region would otherwise have been lost",
)


@dataclass(frozen=True)
class Made:
    """A text that was made up.

    Attributes:
        paragraphs: about 40 words each.
        questions: one for each paragraph; only that paragraph answers it.
    """

    paragraphs: list[str]
    questions: list[str]


def make(words: int, seed: int = 1) -> Made:
    """Make up a text of at least so many words."""
    chance, paragraphs, questions, so_far = random.Random(seed), [], [], 0
    while so_far < words:
        place, person = chance.choice(_PLACES), chance.choice(_PEOPLE)
        month, year = chance.choice(_MONTHS), chance.randint(1100, 1999)
        deed, thing = chance.choice(_DEEDS), chance.choice(_THINGS)
        cost = f"{chance.randint(2, 990)},{chance.randint(100, 999)}"
        paragraphs.append(
            f"In {month} {year} the council of {place} decided to {deed} {thing}, because "
            f"{chance.choice(_REASONS)}. Mayor {person} said that it would cost {cost} pounds, and "
            f"that number {len(paragraphs) + 1} on her list would come next."
        )
        questions.append(f"What did the council of {place} decide in {month} {year}?")
        so_far += count_words(paragraphs[-1])
    return Made(paragraphs, questions)


def as_pdf(made: Made, pages: int) -> bytes:
    """Set a text on pages with running heads and page numbers, as far as it goes."""
    lines = list(_lines(made.paragraphs))
    set_pages = [
        [
            Text(60, HEIGHT - 36, f"Minutes of many towns, page {number + 1}", 8),
            *(
                Text(60, HEIGHT - 72 - 15 * place, line)
                for place, line in enumerate(lines[start : start + _LINES_PER_PAGE])
                if line
            ),
        ]
        for number, start in enumerate(range(0, pages * _LINES_PER_PAGE, _LINES_PER_PAGE))
    ]
    return pdf(*set_pages)


def _lines(paragraphs: list[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        line = ""
        for word in paragraph.split():
            if len(line) + len(word) > _LINE_LENGTH:
                yield line
                line = ""
            line = f"{line} {word}".strip()
        yield from (line, "")


@dataclass
class Stages:
    """Seconds of each stage."""

    name: str
    seconds: dict[str, float] = field(default_factory=dict)
    said: str = ""

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self.seconds[stage] = time.perf_counter() - started


@dataclass(frozen=True)
class _Models:
    """What every source is indexed and asked with."""

    settings: Settings
    embedding: EmbeddingModel
    reader: Reader


def _built(stages: Stages, article: Article, models: _Models) -> QAPipeline:
    settings, model = models.settings, models.embedding
    chosen = index_settings(settings)
    with stages.timed("split"):
        limit = min(chosen.max_passage_tokens, model.max_tokens)
        passages = split_passages(article, model.count_tokens, limit)
    texts = [*(passage.text for passage in passages), *sentence_texts(article, passages)]
    with stages.timed("embed"):
        vectors = model.encode_passages(texts, _Progress(stages.name))
    with stages.timed("index"):
        index = index_of_vectors(article, passages, vectors, chosen)
    words = count_words(article.text)
    stages.said = (
        f"{words:,} words, {len(article.paragraphs):,} paragraphs, {len(passages):,} passages, "
        f"{len(texts) - len(passages):,} sentences"
    )
    return pipeline_of(settings, article, Parts(index, model, models.reader))


class _Progress:
    """Writes a line at every tenth of the work."""

    def __init__(self, name: str) -> None:
        self._name, self._tenth = name, 0

    def __call__(self, done: int, total: int) -> None:
        if done * 10 // total > self._tenth:
            self._tenth = done * 10 // total
            sys.stderr.write(f"{self._name}: embedding {done:,} of {total:,}\n")


def _ask_in_turns(asked: dict[str, tuple[QAPipeline, list[str]]]) -> dict[str, list[float]]:
    """Return the milliseconds of each question, the first round left out."""
    times: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(_ROUNDS):
        for number in range(_ASKED):
            for name, (pipeline, questions) in asked.items():
                started = time.perf_counter()
                pipeline.answer(questions[number * len(questions) // _ASKED])
                if turn:
                    times[name].append((time.perf_counter() - started) * 1000)
    return times


def _read(name: str, path: Path, stages: list[Stages]) -> Article:
    stages.append(Stages(name))
    with stages[-1].timed("parse"):
        return read_article(str(path))


def main() -> None:
    """Make, read, index and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--words", type=int, default=100_000)
    chosen = parser.parse_args()
    settings = load_settings()
    models = _Models(settings, embedding_model(settings), reader_of(settings))
    models.embedding.load()
    models.reader.load()
    stages: list[Stages] = []
    asked: dict[str, tuple[QAPipeline, list[str]]] = {}
    large = make(chosen.words)
    # More than the pages can hold; `as_pdf` takes what fits.
    paged = make(chosen.pages * _LINES_PER_PAGE * 12, seed=2)
    short = Made(large.paragraphs[:_SHORT_PARAGRAPHS], large.questions[:_SHORT_PARAGRAPHS])
    with tempfile.TemporaryDirectory() as directory:
        for name, raw, questions in (
            ("short.txt", "\n\n".join(short.paragraphs).encode(), short.questions),
            ("large.txt", "\n\n".join(large.paragraphs).encode(), large.questions),
            ("large.pdf", as_pdf(paged, chosen.pages), paged.questions[:3_000]),
        ):
            path = Path(directory, name)
            path.write_bytes(raw)
            sys.stderr.write(f"{name}: {len(raw) / 1e6:.1f} MB\n")
            article = _read(name, path, stages)
            asked[name] = _built(stages[-1], article, models), questions
    stages.append(Stages("default article"))
    lines = _QUESTIONS.read_text(encoding="utf-8").splitlines()
    asked["default article"] = (
        _built(stages[-1], read_default_article(), models),
        [json.loads(line)["question"] for line in lines],
    )
    _report(stages, _ask_in_turns(asked))


def _report(stages: list[Stages], times: dict[str, list[float]]) -> None:
    names = ("parse", "split", "embed", "index")
    sys.stdout.write(f"| source | {' | '.join(f'{name}, s' for name in names)} | of |\n")
    sys.stdout.write(f"| --- |{' --- |' * (len(names) + 1)}\n")
    for stage in stages:
        seconds = " | ".join(f"{stage.seconds.get(name, 0):.2f}" for name in names)
        sys.stdout.write(f"| {stage.name} | {seconds} | {stage.said} |\n")
    base = np.median(times["short.txt"])
    for name, values in times.items():
        sys.stdout.write(
            f"{name}: a question {np.median(values):.1f} ms (p95 {np.quantile(values, 0.95):.1f}), "
            f"{np.median(values) / base:.2f} of the short article's, n {len(values)}\n"
        )


if __name__ == "__main__":
    main()
