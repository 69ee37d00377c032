"""`Turn`: what a conversation keeps of one question and its answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from bot.answer import Answer, Verdict
from index.errors import ArticleBotError
from index.spans import Span


class ConversationError(ArticleBotError):
    """A saved conversation cannot be read."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, as it was understood, and what was answered. Offsets are in the article asked.

    Attributes:
        asked: what was typed.
        question: the same as a question that stands alone.
        verdict: of the answer.
        words: the answer's words, or the closest where it is unsure, or what was found best where
            the article does not say; empty where nothing was found.
        span: where they stand.
        sentence: the sentence around them.
        paragraph: its number; 0 for a header line.
        at: when it was answered.
    """

    asked: str
    question: str
    verdict: Verdict
    words: str
    span: Span
    sentence: Span
    paragraph: int
    at: datetime

    @classmethod
    def of(cls, asked: str, answer: Answer, at: datetime) -> "Turn":
        """Keep what a later question may lean on."""
        best = answer.best_span
        if best is None:
            return cls(asked, answer.question, answer.verdict, "", Span(0, 0), Span(0, 0), 0, at)
        words = answer.article.quote(best.span)
        return cls(
            asked,
            answer.question,
            answer.verdict,
            words,
            best.span,
            best.sentence,
            best.paragraph,
            at,
        )

    @property
    def was_shown(self) -> bool:
        """Whether a person saw the words, as an answer or as the closest."""
        return self.verdict != "not_in_article" and bool(self.words)

    def to_json(self) -> dict[str, Any]:
        """Return the turn as JSON values."""
        return {
            "asked": self.asked,
            "question": self.question,
            "verdict": self.verdict,
            "words": self.words,
            "span": [self.span.start, self.span.end],
            "sentence": [self.sentence.start, self.sentence.end],
            "paragraph": self.paragraph,
            "at": self.at.isoformat(),
        }

    @classmethod
    def from_json(cls, value: object) -> "Turn":
        """Return the turn that `to_json` wrote.

        Raises:
            ConversationError: if it is anything else.
        """
        try:
            return cls._read(value)
        except (KeyError, TypeError, ValueError) as error:
            raise ConversationError(
                f"A turn of the saved conversation cannot be read ({error!r}). "
                "Begin a new conversation."
            ) from None

    @classmethod
    def _read(cls, value: Any) -> "Turn":  # noqa: ANN401 - JSON
        texts = [value[name] for name in ("asked", "question", "words", "verdict", "at")]
        numbers = [value["paragraph"], *value["span"], *value["sentence"]]
        if not all(isinstance(text, str) for text in texts) or len(numbers) != 5:
            raise ValueError("a field is missing or no text")
        if not all(type(number) is int and number >= 0 for number in numbers):
            raise ValueError("an offset is no whole number from 0")
        if value["verdict"] not in get_args(Verdict):
            raise ValueError(f"the verdict {value['verdict']}")
        at = datetime.fromisoformat(value["at"])
        if at.tzinfo is None:
            raise ValueError("a time without a zone")
        return cls(
            value["asked"],
            value["question"],
            value["verdict"],
            value["words"],
            Span(*value["span"]),
            Span(*value["sentence"]),
            value["paragraph"],
            at,
        )
