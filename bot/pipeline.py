"""`QAPipeline`: the one way from a question to an answer, for every front end."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, AnswerSpan, Citation
from bot.metadata_questions import metadata_asked
from bot.reader.protocol import Reader, Reading
from index.article import Article
from index.errors import QuestionError
from index.header import HeaderField
from index.normalise import normalise
from index.passages import Passage
from index.retriever import Retriever, ScoredPassage

# A header line that states what is asked needs no search.
_CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class AnswerLimits:
    """What is asked and how much is read.

    Attributes:
        top_k: passages that are read, at least 1.
        max_question_length: in Unicode code points.
        retrieved: passages that are retrieved, where that should be more than are read.
    """

    top_k: int = 5
    max_question_length: int = 1_000
    retrieved: int = 0


@dataclass(frozen=True, slots=True)
class _Times:
    """When a question came, its passages were found, and they were read; in seconds."""

    started: float
    retrieved: float
    read: float


class QAPipeline:
    """Answers questions about one article. May be used from several threads at once."""

    def __init__(
        self, article: Article, retriever: Retriever, reader: Reader, limits: AnswerLimits
    ) -> None:
        """Put the parts together; the retriever's index must be of this article."""
        self.article = article
        self._retriever = retriever
        self._reader = reader
        self._limits = limits

    def answer(self, question: str, *, paragraph: int | None = None) -> Answer:
        """Answer a question with the article's own words, or say that it does not say.

        Args:
            question: in any language that the embedding model knows.
            paragraph: number of the only paragraph to look in, 0 for the header; the whole article
                if None.

        Raises:
            QuestionError: if the question is empty, too long, or no text.
        """
        started = time.perf_counter()
        question = clean_question(question, self._limits.max_question_length)
        field = None if paragraph else self._header_field(question)
        if field is not None:
            passages, reading = _read_header(self.article, field)
            retrieved = time.perf_counter()
        else:
            limits = self._limits
            passages = self._retriever.retrieve(
                question, max(limits.top_k, limits.retrieved), paragraph=paragraph
            )
            retrieved = time.perf_counter()
            reading = self._reader.read(question, passages[: limits.top_k])
        read = time.perf_counter()
        return _decide(self.article, question, passages, reading, _Times(started, retrieved, read))

    def _header_field(self, question: str) -> HeaderField | None:
        asked = metadata_asked(question)
        return None if asked is None else self.article.field(asked)


def clean_question(question: str, max_length: int) -> str:
    """Return a question in the form in which articles are kept, so that the two can be compared.

    Raises:
        QuestionError: if it is empty, longer than `max_length` code points, or no text.
    """
    if len(question) > max_length:
        raise QuestionError(
            f"The question has {len(question):,} characters, and the limit is {max_length:,}. "
            "Ask something shorter, or raise MAX_QUESTION_LENGTH."
        )
    try:
        question.encode()
    except UnicodeEncodeError:
        raise QuestionError(
            f"The question {ascii(question[:40])} is not valid text. Send it as UTF-8."
        ) from None
    words = " ".join(normalise(question).split())
    if not any(character.isalnum() for character in words):
        complaint = f"The question {words} has no word in it" if words else "The question is empty"
        raise QuestionError(f"{complaint}. Ask something, such as “Who wrote this?”")
    return words


def _read_header(article: Article, field: HeaderField) -> tuple[Sequence[ScoredPassage], Reading]:
    line = field.line
    passage = Passage(article.quote(line), line.start, line.end, 0, (line,))
    span = AnswerSpan(field.span, line, 0, _CERTAIN)
    return [ScoredPassage(passage, _CERTAIN, (_CERTAIN,))], Reading((span,), _CERTAIN)


def _decide(
    article: Article,
    question: str,
    passages: Sequence[ScoredPassage],
    reading: Reading,
    times: _Times,
) -> Answer:
    best = reading.spans[0] if reading.spans else None
    answered = best is not None and best.score >= reading.no_answer_score
    citations = (Citation.of(article, best, 1),) if best is not None and answered else ()
    return Answer(
        question=question,
        verdict="answered" if answered else "not_in_article",
        text=citations[0].quote if citations else None,
        score=best.score if best is not None else 0.0,
        reason=None if answered else _reason(best, reading.no_answer_score),
        citations=citations,
        best_span=best,
        passages=tuple(passages),
        article=article,
        retrieve_ms=(times.retrieved - times.started) * 1000,
        read_ms=(times.read - times.retrieved) * 1000,
        elapsed_ms=(time.perf_counter() - times.started) * 1000,
    )


def _reason(best: AnswerSpan | None, needed: float) -> str:
    if best is None:
        return "There is no sentence in it to read."
    return (
        f"Its nearest sentence scores {best.score:.2f} against the question, "
        f"and an answer needs {needed:.2f}."
    )
