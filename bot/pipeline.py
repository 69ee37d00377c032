"""`QAPipeline`: the one way from a question to an answer, for every front end."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer import Answer, AnswerSpan, Citation, Verdict
from bot.mentions import Mentions
from bot.metadata_questions import metadata_asked
from bot.reader.pronouns import is_pronoun
from bot.reader.protocol import Reader, Reading
from index.article import Article
from index.errors import QuestionError
from index.header import HeaderField
from index.joined import JoinedArticle
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
        self._mentions = Mentions(article)

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
        return self._decide(question, passages, reading, _Times(started, retrieved, read))

    def _decide(
        self,
        question: str,
        passages: Sequence[ScoredPassage],
        reading: Reading,
        times: _Times,
    ) -> Answer:
        article = self.article
        best = reading.spans[0] if reading.spans else None
        verdict = _verdict(reading)
        quoted = (reading.values or reading.spans[:1]) if verdict == "answered" else ()
        return Answer(
            question=question,
            verdict=verdict,
            text=article.quote(best.span) if best is not None and quoted else None,
            score=best.score if best is not None else 0.0,
            probability=best.score if best is not None and self.is_calibrated else None,
            reason=None if quoted else self._reason(question, verdict, best, reading),
            citations=tuple(Citation.of(article, span, n) for n, span in enumerate(quoted, 1)),
            closest=Citation.of(article, best, 1) if best and verdict == "unsure" else None,
            best_span=best,
            passages=tuple(passages),
            article=article,
            retrieve_ms=(times.retrieved - times.started) * 1000,
            read_ms=(times.read - times.retrieved) * 1000,
            elapsed_ms=(time.perf_counter() - times.started) * 1000,
        )

    def _reason(
        self, question: str, verdict: Verdict, best: AnswerSpan | None, reading: Reading
    ) -> str:
        are_several = isinstance(self.article, JoinedArticle)
        if best is None:
            return f"There is no sentence in {'them' if are_several else 'it'} to read."
        if verdict == "not_in_article":
            missing = self._mentions.reason(question)
            if missing is not None:
                return missing
        words = self.article.quote(best.span)
        if is_pronoun(words):
            subject, verbs = ("They only say", "do") if are_several else ("It only says", "does")
            return f"{subject} “{words}” there, and {verbs} not name it."
        # Rounded apart, so that the two never look equal.
        score, needed = _rounded_down(best.score), -_rounded_down(-reading.no_answer_score)
        whose = "Their" if are_several else "Its"
        if self.is_calibrated:
            return (
                f"{whose} closest words are right with a probability of {score:.0%}, "
                f"and an answer needs {needed:.0%}."
            )
        return (
            f"{whose} nearest words score {score:.2f} against the question, "
            f"and an answer needs {needed:.2f}."
        )

    @property
    def is_calibrated(self) -> bool:
        """Whether an answer's score is the probability that it is right."""
        return self._reader.is_calibrated

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
    reading = Reading((span,), no_answer_score=_CERTAIN, unsure_from=_CERTAIN)
    return [ScoredPassage(passage, _CERTAIN, (_CERTAIN,))], reading


def _verdict(reading: Reading) -> Verdict:
    best = reading.spans[0].score if reading.spans else -math.inf
    if best >= reading.no_answer_score:
        return "answered"
    return "unsure" if best >= reading.unsure_from else "not_in_article"


def _rounded_down(score: float) -> float:
    """Return a score with two decimals."""
    nearest = round(score, 2)
    return nearest if nearest <= score else nearest - 0.01
