"""SQuAD 1.1 and 2.0 JSON: reading sets as published, writing what the official script reads.

Each entry of `data` is one article, whose questions are asked of the whole of it: its paragraphs,
normalised as every article is, joined by blank lines. The files that are written are the input of
`evaluate-v2.0.py SET predictions.json --na-prob-file na_prob.json --na-prob-thresh 0.5`.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.decisions import best_text, na_probabilities
from bot.evaluation.json_fields import JsonObject, shown
from bot.evaluation.question_set import GoldQuestion, QuestionSetContent
from bot.evaluation.run import Run
from index.article import Article
from index.files import write_atomically
from index.normalise import normalise
from index.paragraphs import Paragraph
from index.spans import Span

FORMAT = "SQuAD"

_PARAGRAPH_BREAK = "\n\n"
# Stands behind the text before an answer, so that spaces there are not at the end and stay.
_MARK = "\ufffc"


@dataclass(frozen=True, slots=True)
class _Context:
    """A paragraph of a SQuAD file, and where it stands in the article."""

    raw: str
    text: str
    paragraph: Paragraph
    article: str


def read_squad(document: object, file_name: str) -> QuestionSetContent:
    """Read a parsed SQuAD file.

    An article's key is its title as published; where several have the same, a number is added.

    Args:
        document: what the JSON holds.
        file_name: to name in messages, and in `Article.source`.

    Raises:
        EvaluationError: if it has not the form of a SQuAD file, or a question's id comes twice.
    """
    result = QuestionSetContent()
    for entry in JsonObject.of(document, file_name).objects("data"):
        _read_article(entry, file_name, result)
    _refuse_duplicate_ids(result, file_name)
    return result


def predictions(run: Run) -> dict[str, str]:
    """Return the content of `predictions.json`: for each question the best span, also if refused.

    An empty text stands where no span was found, and for questions that failed.
    """
    return {record.id: best_text(record) for record in run.records}


def na_probs(run: Run) -> dict[str, float]:
    """Return the content of `na_prob.json`, see `na_probabilities`; 0.5 is the threshold."""
    ids = [record.id for record in run.records]
    return dict(zip(ids, na_probabilities(run.records), strict=True))


def write_squad_files(run: Run, directory: Path) -> None:
    """Write `predictions.json` and `na_prob.json` into a directory, each whole or not at all.

    Raises:
        OSError: if the disk does not take them.
    """
    for name, content in (("predictions.json", predictions(run)), ("na_prob.json", na_probs(run))):
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_atomically(directory / name, f"{text}\n")


def _read_article(entry: JsonObject, file_name: str, result: QuestionSetContent) -> None:
    title = entry.text("title") if "title" in entry.values else "untitled"
    key = _unused_key(title, result)
    contexts: list[_Context] = []
    start = 0
    for number, paragraph in enumerate(entry.objects("paragraphs"), start=1):
        raw = paragraph.text("context")
        text = normalise(raw)
        questions = paragraph.objects("qas")
        if not text:
            result.problems.append(
                f"Paragraph {number} of {key} is empty: "
                f"it and its questions ({len(questions)}) are left out."
            )
            continue
        place = Paragraph(len(contexts) + 1, start, start + len(text))
        context = _Context(raw, text, place, key)
        contexts.append(context)
        start = place.end + len(_PARAGRAPH_BREAK)
        result.questions.extend(_read_question(qa, context, result.problems) for qa in questions)
    if contexts:
        result.articles[key] = _article(contexts, title, f"{file_name}#{key}")


def _unused_key(title: str, result: QuestionSetContent) -> str:
    key, number = title, 1
    while key in result.articles:
        number += 1
        key = f"{title} ({number})"
    return key


def _article(contexts: list[_Context], title: str, source: str) -> Article:
    text = _PARAGRAPH_BREAK.join(context.text for context in contexts)
    return Article(
        text=text,
        paragraphs=tuple(context.paragraph for context in contexts),
        header=(),
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=title.replace("_", " "),
    )


def _read_question(qa: JsonObject, context: _Context, problems: list[str]) -> GoldQuestion:
    id_ = _id(qa)
    answers = qa.objects("answers")
    texts = [answer.text("text") for answer in answers]
    if qa.values.get("is_impossible", not answers) is not (not answers):
        problems.append(
            f"Question {id_} says is_impossible: {shown(qa.values['is_impossible'])} and has "
            f"{len(answers)} answers: the answers are believed, as the official script does."
        )
    spans = [
        span
        for answer, text in zip(answers, texts, strict=True)
        for span in _gold_span(id_, text, answer.number("answer_start"), context, problems)
    ]
    return GoldQuestion(
        id=id_,
        text=qa.text("question"),
        article=context.article,
        answers=tuple(dict.fromkeys(texts)),
        spans=tuple(dict.fromkeys(spans)),
        paragraphs=(context.paragraph.number,),
    )


def _id(qa: JsonObject) -> str:
    value = qa.values.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return qa.text("id")


def _gold_span(
    id_: str, text: str, start: int, context: _Context, problems: list[str]
) -> Iterator[Span]:
    """Yield where an answer stands in the article, or add a problem."""
    answer = normalise(text)
    expected = _normalised_offset(context, start)
    found = _nearest(context.text, answer, expected) if answer else None
    if found is None:
        problems.append(f"The answer {shown(text)} to question {id_} is not in its paragraph.")
        return
    if context.raw[start : start + len(text)] != text:
        problems.append(
            f"The answer {shown(text)} to question {id_} does not start at {start} as the set "
            "says: its nearest occurrence is taken."
        )
    offset = context.paragraph.start + found
    yield Span(offset, offset + len(answer))


def _normalised_offset(context: _Context, start: int) -> int:
    """Return about where in the normalised paragraph an offset of the published one is."""
    if context.raw == context.text:
        return start
    return len(normalise(context.raw[:start] + _MARK)) - len(_MARK)


def _nearest(text: str, words: str, expected: int) -> int | None:
    """Return the offset of the occurrence that is nearest to an offset; None if there is none."""
    before = text.rfind(words, 0, max(expected, 0) + len(words))
    after = text.find(words, max(expected, 0))
    found = [place for place in (before, after) if place >= 0]
    return min(found, key=lambda place: abs(place - expected)) if found else None


def _refuse_duplicate_ids(result: QuestionSetContent, file_name: str) -> None:
    seen: set[str] = set()
    for question in result.questions:
        if question.id in seen:
            raise JsonObject({}, file_name).error(
                f"the id {shown(question.id)} belongs to two questions"
            )
        seen.add(question.id)
