"""How often all articles at once still lead to the right one, and to its right paragraph.

    OMP_NUM_THREADS=1 python -m tests.bench.across_articles SQUAD.json...

Each article of a file is an entry of a library; every question is asked of its own article alone,
and of all of them. A hit is a passage of the paragraph that the question was written for, or of any
of its article. No reader takes part. Several files are also taken as one library.
"""

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.assembly import embedding_model, index_settings
from bot.console import ConsoleReporter
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import GoldQuestion
from bot.settings import Settings, load_settings
from index.article import Article, ReadLimits, read_default_article
from index.joined import Member, join_articles, join_indexes, member_at
from index.library.indexes import library_indexes
from index.passage_index import PassageIndex
from index.retriever import Retriever, ScoredPassage
from tests.bench.retrieval_features import RememberingModel

_DEPTH = 5

# Of a retrieved passage: its score, its article, and its paragraph there.
_Found = tuple[float, Article, int]


@dataclass(frozen=True, slots=True)
class _Shelf:
    """The articles of one or more files, each with its index, and the questions."""

    name: str
    articles: dict[str, Article]
    indexes: dict[str, PassageIndex]
    questions: Sequence[GoldQuestion]


@dataclass(frozen=True, slots=True)
class _Hits:
    """For each question the rank, from 1, of what is right; `_DEPTH + 1` where it is not found."""

    paragraph: list[int]
    article: list[int]

    def row(self, name: str) -> str:
        """Return the shares of the questions that are found within one and within five passages."""
        shares = [
            f"{np.mean([rank <= top for rank in ranks]):.3f}"
            for ranks in (self.article, self.paragraph)
            for top in (1, _DEPTH)
        ]
        return f"| {name} | {' | '.join(shares)} |"


def main(*paths: str) -> None:
    settings = load_settings()
    model = RememberingModel(embedding_model(settings))
    shelves = [_opened(Path(path), settings, model) for path in paths]
    if len(shelves) > 1:
        shelves.append(_together(shelves))
    for shelf in shelves:
        sys.stdout.write("\n".join(_report(shelf, settings, model)) + "\n\n")
        sys.stdout.flush()


def _opened(path: Path, settings: Settings, model: RememberingModel) -> _Shelf:
    reporter = ConsoleReporter()
    found = load_question_set(path, read_default_article(), ReadLimits())
    store, wanted = library_indexes(settings.data_dir, reporter), index_settings(settings)
    with reporter.working("Embedding"):
        indexes = {
            key: store.open(article, model, wanted) for key, article in found.articles.items()
        }
    questions = [question for question in found.questions if question.paragraphs]
    return _Shelf(path.name, found.articles, indexes, questions)


def _together(shelves: Iterable[_Shelf]) -> _Shelf:
    articles: dict[str, Article] = {}
    indexes: dict[str, PassageIndex] = {}
    for shelf in shelves:
        articles |= shelf.articles
        indexes |= shelf.indexes
    questions = [question for shelf in shelves for question in shelf.questions]
    return _Shelf("all together", articles, indexes, questions)


def _report(shelf: _Shelf, settings: Settings, model: RememberingModel) -> Iterator[str]:
    alone = {key: Retriever(index, model) for key, index in shelf.indexes.items()}
    started = time.perf_counter()
    joined = join_articles(tuple(shelf.articles.values()), shelf.name)
    index = join_indexes(joined, tuple(shelf.indexes.values()), index_settings(settings))
    joined_s = time.perf_counter() - started
    together = Retriever(index, model, candidate_limit=settings.candidate_limit)
    rows = {
        "its own article alone": _Hits([], []),
        "each article by itself, scores compared": _Hits([], []),
        "**one index of all (article-bot)**": _Hits([], []),
    }
    times: list[float] = []
    for question in shelf.questions:
        own = shelf.articles[question.article]
        each = {key: _alone(alone[key], question.text, shelf.articles[key]) for key in alone}
        started = time.perf_counter()
        of_all = together.retrieve(question.text, _DEPTH)
        times.append(time.perf_counter() - started)
        compared = sorted((one for found in each.values() for one in found), key=lambda o: -o[0])
        placed = [_placed(scored, member_at(joined, scored.passage.start)) for scored in of_all]
        for hits, found in zip(
            rows.values(), (each[question.article], compared[:_DEPTH], placed), strict=True
        ):
            _count(hits, found, own, question)
    yield f"## {shelf.name}\n"
    yield (
        f"{len(shelf.questions):,} questions on {len(shelf.articles)} articles, "
        f"{len(index.passages):,} passages; joined in {joined_s:.1f} s; "
        f"a question that is embedded is retrieved in {1000 * float(np.median(times)):.1f} ms "
        "(median)\n"
    )
    yield "| asked of | article R@1 | R@5 | paragraph R@1 | R@5 |\n| --- | --- | --- | --- | --- |"
    yield from (hits.row(name) for name, hits in rows.items())


def _alone(retriever: Retriever, question: str, article: Article) -> list[_Found]:
    return [_placed(one, Member(article)) for one in retriever.retrieve(question, _DEPTH)]


def _placed(scored: ScoredPassage, member: Member) -> _Found:
    return scored.score, member.article, member.own_paragraph(scored.passage.paragraph)


def _count(hits: _Hits, found: Sequence[_Found], own: Article, question: GoldQuestion) -> None:
    of_article = [article is own for _, article, _ in found]
    of_paragraph = [
        article is own and paragraph in question.paragraphs for _, article, paragraph in found
    ]
    hits.article.append(_rank(of_article))
    hits.paragraph.append(_rank(of_paragraph))


def _rank(right: Sequence[bool]) -> int:
    return right.index(True) + 1 if True in right else _DEPTH + 1


if __name__ == "__main__":
    main(*sys.argv[1:])
