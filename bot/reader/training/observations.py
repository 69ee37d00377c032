"""What a reader finds for held-out questions, and what of it is right: what rules are fitted on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.evaluation.answer_metrics import RIGHT_F1, best_over_golds, token_f1
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import GoldQuestion, QuestionSet
from bot.reader.candidates import Candidate, find_candidates
from bot.reader.span_model import SpanModel
from index.article import ReadLimits, read_default_article
from index.embedding import EmbeddingModel
from index.passage_index import IndexSettings, build_index
from index.retriever import Retriever

Kind = Literal["answerable", "unanswerable", "mismatch"]


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """One question, and what was found for it.

    Attributes:
        question: that was asked.
        article: title of the article that the question was written for.
        kind: whether the asked article answers it, only looks so, or is another.
        candidates: as `find_candidates` gives them.
        f1: of each candidate's words against the best gold answer; 0 for unanswerable ones.
    """

    question: str
    article: str
    kind: Kind
    candidates: tuple[Candidate, ...]
    f1: tuple[float, ...]

    @property
    def right(self) -> tuple[bool, ...]:
        """Whether each candidate is right."""
        return tuple(f1 >= RIGHT_F1 for f1 in self.f1)


@dataclass(frozen=True, slots=True)
class Asking:
    """How the questions are asked.

    Attributes:
        reader: reads.
        embedding: retrieves.
        top_k: passages that are read.
    """

    reader: SpanModel
    embedding: EmbeddingModel
    top_k: int


def observe(paths: Sequence[Path], titles: Sequence[str], asking: Asking) -> Iterator[Observation]:
    """Ask the questions of some articles of SQuAD files, and as many of the next article.

    Args:
        paths: of the files.
        titles: of the articles, as published.
        asking: how.

    Raises:
        EvaluationError: if a file is no question set.
    """
    for path in paths:
        questions = load_question_set(path, read_default_article(), ReadLimits())
        keys = [key for key in questions.articles if key in set(titles)]
        for place, key in enumerate(keys):
            retriever = _retriever(questions, key, asking)
            for question in _of_article(questions, key):
                yield _observation(question, "article", retriever, asking)
            if len(keys) > 1:
                for question in _of_article(questions, keys[place - 1]):
                    yield _observation(question, "mismatch", retriever, asking)


def _of_article(questions: QuestionSet, key: str) -> list[GoldQuestion]:
    return [question for question in questions.questions if question.article == key]


def _retriever(questions: QuestionSet, key: str, asking: Asking) -> Retriever:
    index = build_index(questions.articles[key], asking.embedding, IndexSettings())
    return Retriever(index, asking.embedding)


def _observation(
    question: GoldQuestion,
    mode: Literal["article", "mismatch"],
    retriever: Retriever,
    asking: Asking,
) -> Observation:
    passages = retriever.retrieve(question.text, asking.top_k)
    candidates = find_candidates(asking.reader, question.text, passages)
    kind: Kind = "answerable" if question.answers else "unanswerable"
    if mode == "mismatch":
        kind = "mismatch"
    f1 = [
        best_over_golds(token_f1, one.text, question.answers) if kind == "answerable" else 0.0
        for one in candidates
    ]
    return Observation(question.text, question.article, kind, tuple(candidates), tuple(f1))
