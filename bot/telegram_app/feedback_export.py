"""Feedback as questions to evaluate with: 👍 as a question set, the rest for a person to complete.

A 👎 says that an answer is wrong, not what is right: it is no gold label. A question is only taken
as answered if everybody who judged it found the same answer good.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Answer
from bot.evaluation.question_set import EvaluationError
from bot.telegram_app.answer_record import answer_from
from bot.telegram_app.store.records import Feedback
from index.article import DEFAULT_ARTICLE, Article
from index.files import write_atomically

LABELLED = "feedback.jsonl"
UNLABELLED = "feedback.unlabelled.jsonl"

_TAG = "feedback"


@dataclass(frozen=True, slots=True)
class FeedbackExport:
    """What is written; a line is a JSON object.

    Attributes:
        labelled: lines of a question set.
        unlabelled: the same, but for `answers`, which a person fills in, and `given`, which tells
            what was answered and thought of it, and which that person takes out.
        left_out: answers about another article, which cannot be told from this one.
    """

    labelled: tuple[dict[str, Any], ...]
    unlabelled: tuple[dict[str, Any], ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Judged:
    """An answer, and what one person thinks of it."""

    feedback: Feedback
    answer: Answer


def export_of(feedback: Iterable[Feedback], article: Article, directory: Path) -> FeedbackExport:
    """Return feedback as lines, one for each question.

    Args:
        feedback: oldest first.
        article: what the answers are about; those about another one are left out.
        directory: to which the article's path is given, unless it is the one that is shipped.
    """
    by_question: dict[str, list[_Judged]] = {}
    left_out: set[str] = set()
    for one in feedback:
        answer = answer_from(one.answer.payload, article)
        if answer is None:
            left_out.add(one.answer.id)
        else:
            by_question.setdefault(answer.question.casefold(), []).append(_Judged(one, answer))
    path = _article_path(article, directory)
    labelled, unlabelled = [], []
    for judged in by_question.values():
        if _is_agreed(judged):
            labelled.append(_labelled(judged[-1], path))
        else:
            unlabelled.append(_unlabelled(judged, path))
    return FeedbackExport(tuple(labelled), tuple(unlabelled), len(left_out))


def write_export(export: FeedbackExport, directory: Path) -> tuple[Path, ...]:
    """Write the files that have a line, and return their paths.

    Raises:
        EvaluationError: if a file is there already, as somebody may have completed it, or the
            directory does not take it.
    """
    contents = {directory / LABELLED: export.labelled, directory / UNLABELLED: export.unlabelled}
    for path in contents:
        if path.exists():
            raise EvaluationError(f"{path} is there already. Name another directory, or move it.")
    contents = {path: lines for path, lines in contents.items() if lines}
    try:
        for path, lines in contents.items():
            directory.mkdir(parents=True, exist_ok=True)
            write_atomically(path, "".join(map(_json_line, lines)))
    except OSError as error:
        raise EvaluationError(
            f"{directory} cannot be written: {error.strerror}. Name another directory."
        ) from error
    return tuple(contents)


def _is_agreed(judged: Sequence[_Judged]) -> bool:
    """Whether everybody found the same answer good; that an article may not say is no answer."""
    first = judged[0].answer
    return first.verdict != "unsure" and all(
        one.feedback.rating == "good"
        and one.answer.verdict == first.verdict
        and _quotes(one.answer) == _quotes(first)
        for one in judged
    )


def _labelled(judged: _Judged, article_path: str | None) -> dict[str, Any]:
    answer, quotes = judged.answer, _quotes(judged.answer)
    line = _head(judged) | {"answers": quotes, "evidence": _sentences(answer)}
    if len(quotes) > 1:
        line["values"] = [[quote] for quote in quotes]
    return line | _foot(article_path)


def _unlabelled(judged: Sequence[_Judged], article_path: str | None) -> dict[str, Any]:
    line = _head(judged[-1]) | {"answers": None, "given": list(map(_given, judged))}
    return line | _foot(article_path)


def _given(judged: _Judged) -> dict[str, Any]:
    answer, feedback = judged.answer, judged.feedback
    return {
        "rating": feedback.rating,
        "comment": feedback.comment,
        "verdict": answer.verdict,
        "score": round(answer.score, 4),
        "answers": _quotes(answer),
        "evidence": _sentences(answer),
    }


def _head(judged: _Judged) -> dict[str, Any]:
    return {"id": f"{_TAG}-{judged.feedback.answer.id}", "question": judged.answer.question}


def _foot(article_path: str | None) -> dict[str, Any]:
    return {"tags": [_TAG]} if article_path is None else {"article": article_path, "tags": [_TAG]}


def _quotes(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.quote for citation in answer.citations))


def _sentences(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.sentence for citation in answer.citations))


def _article_path(article: Article, directory: Path) -> str | None:
    """Return how a question set in this directory names an article; None for the one shipped."""
    if article.source == str(DEFAULT_ARTICLE):
        return None
    source = Path(article.source).resolve()
    try:
        return Path(os.path.relpath(source, directory.resolve())).as_posix()
    except ValueError:  # on another drive
        return str(source)


def _json_line(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
