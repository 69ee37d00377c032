"""Loading a question set of either format, and making smaller or harder ones of it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.evaluation import jsonl_format, squad_format
from bot.evaluation.json_fields import parse_json
from bot.evaluation.jsonl_format import read_json_lines
from bot.evaluation.question_set import EvaluationError, GoldQuestion, QuestionSet
from bot.evaluation.squad_format import read_squad
from index.article import Article, ReadLimits


def load_question_set(path: Path, default_article: Article, limits: ReadLimits) -> QuestionSet:
    """Load a question set: SQuAD 1.1 or 2.0 JSON, or our JSON Lines.

    The content tells which, not the name.

    Args:
        path: of the file, in UTF-8.
        default_article: what JSON Lines are asked of that name no article.
        limits: of articles that JSON Lines name.

    Raises:
        EvaluationError: if there is no such file, it is no question set, or it has none.
    """
    raw = _read(path)
    text = _decode(raw, path)
    document = _squad_document(text, path)
    if document is not None:
        format_, content = squad_format.FORMAT, read_squad(document, str(path))
    else:
        format_ = jsonl_format.FORMAT
        content = read_json_lines(text, path, default_article, limits)
    if not content.questions:
        raise EvaluationError(f"There is no question in {path}. Name a file with questions.")
    return QuestionSet(
        name=path.name,
        format=format_,
        sha256=hashlib.sha256(raw).hexdigest(),
        articles=content.articles,
        questions=tuple(content.questions),
        problems=tuple(content.problems),
    )


def sample(question_set: QuestionSet, limit: int, seed: int) -> QuestionSet:
    """Return a set with at most so many questions, and only the articles that they are asked of.

    The questions are chosen by a hash of their ids and the seed, the same on every machine, and
    keep their order. A larger sample holds every smaller one of the same seed.

    Raises:
        EvaluationError: if the limit is below 1.
    """
    if limit < 1:
        raise EvaluationError(f"A sample needs at least 1 question, not {limit}. Raise --limit.")
    ids = [question.id for question in question_set.questions]
    chosen = set(sorted(ids, key=lambda id_: _hash(f"{seed}:{id_}"))[:limit])
    kept = tuple(question for question in question_set.questions if question.id in chosen)
    return _with_questions(question_set, kept)


def mismatched(question_set: QuestionSet) -> QuestionSet:
    """Return the set with each article's questions asked of the next one, which answers none.

    None of them was written to deceive, unlike the unanswerable questions of SQuAD 2.0. Take a
    sample of the result, not before, or the next article may be missing.

    Raises:
        EvaluationError: if the set has but one article, or articles with the same text alone.
    """
    following = _following(question_set)
    return _with_questions(
        question_set,
        tuple(
            replace(
                question,
                article=following[question.article],
                answers=(),
                spans=(),
                evidence=(),
                paragraphs=(),
                values=(),
            )
            for question in question_set.questions
        ),
    )


def _read(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise EvaluationError(f"{path} is a directory. Name a question set in it.")
        if not path.is_file():
            raise EvaluationError(f"There is no file {path}. Check the path of the questions.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise EvaluationError(
            f"{str(path)!r} cannot be read: {reason}. Check the path and its permissions."
        ) from error


def _decode(raw: bytes, path: Path) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise EvaluationError(
            f"{path}, line {line}: this is not text in UTF-8 (byte {error.start} does not fit). "
            "Name a question set in SQuAD JSON or JSON Lines, saved as UTF-8."
        ) from error
    if not text.strip():
        raise EvaluationError(f"{path} is empty. Name a file with questions.")
    return text


def _squad_document(text: str, path: Path) -> object | None:
    """Return the parsed file if it is SQuAD JSON, None if it is JSON Lines.

    Raises:
        EvaluationError: if it is neither.
    """
    first_line, *others = text.strip().split("\n", 1)
    first = _object_or_none(first_line)
    if first is not None and "data" not in first and ("question" in first or others):
        return None
    document = parse_json(text, str(path)) if first is None or others else first
    if isinstance(document, dict) and "data" in document:
        return document
    if isinstance(document, dict) and "question" in document:
        raise EvaluationError(
            f"{path}, line 1: a question is spread over several lines. Write each on one line."
        )
    raise EvaluationError(
        f'{path} is JSON, but no question set: it has neither "data", as SQuAD has, nor a '
        '"question" on each line. Name a set in one of the two formats.'
    )


def _object_or_none(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _with_questions(question_set: QuestionSet, questions: tuple[GoldQuestion, ...]) -> QuestionSet:
    asked = {question.article for question in questions}
    articles = {key: article for key, article in question_set.articles.items() if key in asked}
    return replace(question_set, questions=questions, articles=articles)


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _following(question_set: QuestionSet) -> dict[str, str]:
    """Return for each article the next one with another text; the first follows the last."""
    articles = question_set.articles
    keys = list(articles)
    following: dict[str, str] = {}
    for place, key in enumerate(keys):
        others: Sequence[str] = keys[place + 1 :] + keys[:place]
        different = [other for other in others if articles[other].text != articles[key].text]
        if not different:
            raise EvaluationError(
                f"{question_set.name} has but one article, and a mismatch needs two. "
                "Name a set with several articles."
            )
        following[key] = different[0]
    return following
