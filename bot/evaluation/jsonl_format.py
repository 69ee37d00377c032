"""Our own format: JSON Lines, one question a line, as `bot/schemas/question.schema.json` says.

`{"question": "Who wrote this?", "answers": ["Jane Doe"], "evidence": ["By Jane Doe"]}`. Empty
`answers` say that the article does not say. An answer's places are its occurrences inside the
evidence, or in the whole article where no evidence is given.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.json_fields import JsonObject, parse_json, shown, text_list
from bot.evaluation.question_set import EvaluationError, GoldQuestion, QuestionSetContent
from index.article import Article, ReadLimits
from index.errors import ArticleError
from index.normalise import normalise
from index.sources.reading import ReadOptions, read_article
from index.spans import Span

FORMAT = "JSON Lines"
FIELDS = ("question", "answers", "evidence", "article", "id", "tags", "values", "closest")


class _Articles:
    """The articles that the lines name, each opened once."""

    def __init__(self, directory: Path, default: Article, limits: ReadLimits) -> None:
        self._directory = directory
        self._limits = limits
        self._default = default
        self._opened: dict[str, Article] = {}
        self._keys: dict[Path | None, str] = {}

    def find(self, line: JsonObject) -> tuple[str, Article]:
        """Return the article that a line asks, and its key: the path as it was first written."""
        name = line.text("article") if "article" in line.values else None
        path = None if name is None else _resolved(self._directory / name)
        if path not in self._keys:
            article = self._default if name is None else self._open(name, line)
            key = Path(self._default.source).name if name is None else name
            while key in self._opened:  # A file may be called like the default article.
                key += "'"
            self._keys[path] = key
            self._opened[key] = article
        key = self._keys[path]
        return key, self._opened[key]

    def _open(self, name: str, line: JsonObject) -> Article:
        try:
            return read_article(str(self._directory / name), ReadOptions(self._limits))
        except ArticleError as error:
            raise EvaluationError(f"{line.place}: its article cannot be used. {error}") from error


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, ValueError):  # A path that no system takes; opening it will say so.
        return path


def read_json_lines(
    text: str, path: Path, default_article: Article, limits: ReadLimits
) -> QuestionSetContent:
    """Read a JSON Lines file.

    Args:
        text: of the file.
        path: of the file; articles that it names are found from its directory.
        default_article: what is asked where a line names no article.
        limits: of the articles.

    Raises:
        EvaluationError: if a line has not the form, or an article cannot be read.
    """
    result = QuestionSetContent()
    articles = _Articles(path.parent, default_article, limits)
    lines_of_ids: dict[str, int] = {}
    for number, line in _lines(text, path):
        question = _read_question(line, number, articles, result)
        if question.id in lines_of_ids:
            raise line.error(
                f"the id {shown(question.id)} is also that of line {lines_of_ids[question.id]}"
            )
        lines_of_ids[question.id] = number
        result.questions.append(question)
    return result


def _lines(text: str, path: Path) -> Iterator[tuple[int, JsonObject]]:
    # Not `splitlines`, which would part at the U+2028 that JSON allows inside a text.
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value = parse_json(line, str(path), number)
            yield number, JsonObject.of(value, str(path), f"line {number}")


def _read_question(
    line: JsonObject, number: int, articles: _Articles, result: QuestionSetContent
) -> GoldQuestion:
    _check_fields(line)
    key, article = articles.find(line)
    result.articles[key] = article
    answers = line.texts("answers", required=True)
    found = _Found(article, line.place, result.problems)
    evidence = found.evidence(line.texts("evidence"))
    spans = [span for answer in answers for span in found.answer(answer, evidence)]
    values = _values(line)
    for alternative in (alternative for value in values for alternative in value):
        if alternative not in answers:
            found.answer(alternative, evidence)
    if "closest" in line.values:
        found.evidence((line.text("closest"),))
    spans = sorted(set(spans))
    return GoldQuestion(
        id=_id(line, number),
        text=line.text("question"),
        article=key,
        answers=answers,
        spans=tuple(spans),
        evidence=tuple(evidence),
        paragraphs=_paragraphs(article, (*spans, *evidence)),
        values=values,
        tags=line.texts("tags"),
    )


def _check_fields(line: JsonObject) -> None:
    for name in line.values:
        if name not in FIELDS:
            raise line.error(f"{shown(name)} is none of the fields {', '.join(FIELDS)}")
    if not line.text("question").strip():
        raise line.error('"question" is empty')


def _id(line: JsonObject, number: int) -> str:
    if "id" not in line.values:
        return str(number)
    id_ = line.text("id")
    if not id_.strip():
        raise line.error('"id" is empty')
    return id_


def _values(line: JsonObject) -> tuple[tuple[str, ...], ...]:
    if "values" not in line.values:
        return ()
    values = line.items("values")
    if values and not line.items("answers"):
        raise line.error('"values" are given, and "answers" are empty')
    alternatives = []
    for number, value in enumerate(values, start=1):
        if not isinstance(value, list) or not value:
            raise line.error(f'item {number} of "values" is {shown(value)}, and a list is needed')
        alternatives.append(text_list(value, line.place, "values"))
    return tuple(alternatives)


@dataclass(frozen=True, slots=True)
class _Found:
    """Finds gold texts in an article, and notes those that are not in it."""

    article: Article
    place: str
    problems: list[str]

    def evidence(self, texts: Sequence[str]) -> list[Span]:
        """Return every occurrence of sentences."""
        spans: list[Span] = []
        for text in texts:
            places = _occurrences(self.article.text, text)
            spans.extend(places)
            if not places:
                self.problems.append(f"{self.place}: {shown(text)} is not in the article.")
        return sorted(set(spans))

    def answer(self, text: str, evidence: Sequence[Span]) -> list[Span]:
        """Return every occurrence of an answer inside the evidence, or anywhere without any."""
        inside = evidence or [Span(0, len(self.article.text))]
        places = [place for span in inside for place in _occurrences(self.article.text, text, span)]
        if not places:
            where = "the evidence" if evidence else "the article"
            self.problems.append(f"{self.place}: the answer {shown(text)} is not in {where}.")
        return places


def _occurrences(text: str, words: str, inside: Span | None = None) -> list[Span]:
    """Return where words stand as whole words, or else within others; any white space matches."""
    start, end = (inside.start, inside.end) if inside is not None else (0, len(text))
    pattern = r"\s+".join(re.escape(word) for word in normalise(words).split())
    found: list[Span] = []
    for whole in (rf"(?<!\w){pattern}(?!\w)", pattern):
        if pattern and not found:
            matches = re.compile(whole).finditer(text, start, end)
            found = [Span(match.start(), match.end()) for match in matches]
    return found


def _paragraphs(article: Article, spans: Sequence[Span]) -> tuple[int, ...]:
    """Return the numbers of the paragraphs that spans touch; 0 is the header."""
    numbers: set[int] = set()
    for span in spans:
        touched = {
            paragraph.number
            for paragraph in article.paragraphs
            if paragraph.start < span.end and span.start < paragraph.end
        }
        numbers |= touched or {0}
    return tuple(sorted(numbers))
