"""`Conversation`: of one chat with one article: the last questions and answers, not too old."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.answer import Answer
from bot.conversation.before import Before
from bot.conversation.names import Names
from bot.conversation.turn import ConversationError, Turn
from bot.conversation.understanding import Kind, read_question
from index.article import Article
from index.normalise import normalise

VERSION = 1


@dataclass(frozen=True, slots=True)
class ConversationLimits:
    """How much is kept.

    Attributes:
        turns: most questions that are looked back on, at least 1.
        minutes: age from which a question is not looked back on any more.
    """

    turns: int = 6
    minutes: float = 30


@dataclass(frozen=True, slots=True)
class Understood:
    """A question as it is understood.

    Attributes:
        question: that stands alone.
        changed: whether it is not what was asked; then it is shown.
        kind: "who_said": who said what was last answered; else "question".
        about: of "who_said": the last turn, whose words and sentence somebody said.
    """

    question: str
    changed: bool
    kind: Kind = "question"
    about: Turn | None = None


class Conversation:
    """What was asked and answered."""

    def __init__(
        self,
        article: Article,
        limits: ConversationLimits = ConversationLimits(),  # noqa: B008 - frozen
        *,
        names: Names | None = None,
    ) -> None:
        """Begin a conversation.

        Args:
            article: that is asked.
            limits: of what is kept.
            names: of the article, where they are at hand: finding them takes a moment.
        """
        self._article = article
        self._limits = limits
        self._names = names or Names(article)
        self._turns: list[Turn] = []

    @property
    def turns(self) -> tuple[Turn, ...]:
        """What is kept, the oldest first."""
        return tuple(self._turns)

    def understand(self, question: str, at: datetime | None = None) -> Understood:
        """Return a question as one that stands alone; unchanged if it does.

        Args:
            question: as it was typed.
            at: when it was asked, with a time zone; now if None.
        """
        asked = " ".join(normalise(question).split())
        recent = self._recent(at or datetime.now(UTC))
        reading = read_question(asked, Before(recent, self._names, self._sentence))
        if not reading.ways:
            return Understood(question, changed=False)
        if reading.kind == "who_said":
            return Understood(reading.ways[0], True, reading.kind, recent[0])
        chosen = reading.ways[0]
        changed = _bare(chosen) != _bare(asked)
        return Understood(chosen if changed else question, changed)

    def remember(self, asked: str, answer: Answer, at: datetime) -> None:
        """Keep a question and its answer; the oldest are dropped.

        Args:
            asked: as it was typed; `answer.question` is how it was understood.
            answer: to the question as it was understood.
            at: when, with a time zone.
        """
        self.keep(Turn.of(asked, answer, at))

    def keep(self, turn: Turn) -> None:
        """Keep a turn that is ready; the oldest are dropped."""
        self._turns.append(turn)
        del self._turns[: -self._limits.turns]

    def clear(self) -> None:
        """Forget everything."""
        self._turns.clear()

    def to_json(self) -> str:
        """Return the conversation as JSON, with the article's identity."""
        turns = [turn.to_json() for turn in self._turns]
        return json.dumps({"version": VERSION, "article": _identity(self._article), "turns": turns})

    @classmethod
    def from_json(
        cls,
        text: str,
        article: Article,
        limits: ConversationLimits = ConversationLimits(),  # noqa: B008 - frozen
        *,
        names: Names | None = None,
    ) -> "Conversation":
        """Go on with a conversation that `to_json` wrote.

        One of another article, or of another version, is begun anew.

        Args:
            text: the JSON.
            article: that is asked now.
            limits: of what is kept.
            names: as of the constructor.

        Raises:
            ConversationError: if it is not what `to_json` writes.
        """
        conversation = cls(article, limits, names=names)
        content = _parsed(text)
        same = content.get("article") == _identity(article)
        if content.get("version") == VERSION and same:
            turns = [Turn.from_json(turn) for turn in _turns_of(content)]
            length = len(article.text)
            if any(turn.span.end > length or turn.sentence.end > length for turn in turns):
                raise _unreadable("a place behind the end of the article")
            conversation._turns = turns[-limits.turns :]
        return conversation

    def _recent(self, at: datetime) -> list[Turn]:
        oldest = at - timedelta(minutes=self._limits.minutes)
        return [turn for turn in reversed(self._turns) if turn.at >= oldest]

    def _sentence(self, turn: Turn) -> str:
        return self._article.quote(turn.sentence)


def _identity(article: Article) -> list[Any]:
    """Tell articles apart, without reading the whole text: it may have been joined of several."""
    return [article.sha256, len(article.text)]


def _bare(question: str) -> str:
    return question.lower().rstrip(" ?!.")


def _parsed(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except ValueError as error:
        raise _unreadable(str(error)) from None
    if not isinstance(content, dict):
        raise _unreadable("it is no object")
    return content


def _turns_of(content: dict[str, Any]) -> list[object]:
    turns = content.get("turns")
    if not isinstance(turns, list):
        raise _unreadable("it has no turns")
    return turns


def _unreadable(why: str) -> ConversationError:
    return ConversationError(
        f"The saved conversation cannot be read ({why}). Begin a new conversation."
    )
