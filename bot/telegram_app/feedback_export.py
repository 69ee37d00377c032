"""Feedback as questions to evaluate with: 👍 as a question set, the rest for a person to complete.

A 👎 says that an answer is wrong, not what is right: it is no gold label. A question is only taken
as answered if everybody who judged it found the same answer good.
"""

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Answer
from bot.evaluation.question_set import EvaluationError
from bot.telegram_app.answer_record import answer_from, references_in
from bot.telegram_app.store.records import Feedback
from index.article import DEFAULT_ARTICLE, Article
from index.files import write_atomically
from index.joined import JoinedArticle
from index.library.article_json import article_id

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
        left_out: answers whose article is not there any more, or that are about several.
        texts: articles of chats that the lines name, by the name of their file.
    """

    labelled: tuple[dict[str, Any], ...]
    unlabelled: tuple[dict[str, Any], ...]
    left_out: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Judged:
    """An answer, and what one person thinks of it."""

    feedback: Feedback
    answer: Answer
    article: Article


# Chat, and references as `references_in` gives them → the articles that there are, by reference.
Known = Callable[[int, Sequence[str]], Mapping[str, Article]]


def export_of(
    feedback: Iterable[Feedback], known: Known, default: Article, directory: Path
) -> FeedbackExport:
    """Return feedback as lines, one for each question about an article.

    Args:
        feedback: oldest first.
        known: finds the articles of a chat's answers.
        default: the article that is asked where a line names none, if it is the one shipped.
        directory: to which the default article's path is given, unless it is the one shipped; the
            articles of chats are written into it.
    """
    by_question: dict[tuple[str, str], list[_Judged]] = {}
    left_out: set[str] = set()
    for one in feedback:
        judged = _judged(one, known)
        if judged is None:
            left_out.add(one.answer.id)
        else:
            key = article_id(judged.article), judged.answer.question.casefold()
            by_question.setdefault(key, []).append(judged)
    paths = _Paths(default, directory)
    labelled, unlabelled = [], []
    for (number, _), of_question in by_question.items():
        path = paths.of(number, of_question[-1].article)
        if _is_agreed(of_question):
            labelled.append(_labelled(of_question[-1], path))
        else:
            unlabelled.append(_unlabelled(of_question, path))
    return FeedbackExport(tuple(labelled), tuple(unlabelled), len(left_out), paths.texts)


def _judged(feedback: Feedback, known: Known) -> _Judged | None:
    """Return an answer with its article; None where that is gone, or there are several."""
    payload = feedback.answer.payload
    answer = answer_from(payload, known(feedback.answer.chat_id, references_in(payload)))
    if answer is None:
        return None
    cited = answer.citations or ((answer.closest,) if answer.closest is not None else ())
    articles = {id(one.article): one.article for one in cited}
    # What several articles do not say, none of them was asked alone.
    if not articles and not isinstance(answer.article, JoinedArticle):
        articles = {0: answer.article}
    return _Judged(feedback, answer, *articles.values()) if len(articles) == 1 else None


class _Paths:
    """How the lines of an export name the articles.

    Attributes:
        texts: articles of chats that were named, by the name of their file.
    """

    def __init__(self, default: Article, directory: Path) -> None:
        self.texts: dict[str, str] = {}
        self._default_id = article_id(default)
        self._default_path = _article_path(default, directory)

    def of(self, number: str, article: Article) -> str | None:
        """Return the path of an article with an id; None for the one that is shipped."""
        if number == self._default_id:
            return self._default_path
        name = f"article-{number}.txt"
        self.texts[name] = article.text
        return name


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
        for name, text in export.texts.items():
            directory.mkdir(parents=True, exist_ok=True)
            write_atomically(directory / name, text)
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
