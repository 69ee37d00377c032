"""Sets of conversations: JSON Lines, one a line, as `tests/questions/README.md` says."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.json_fields import JsonObject, parse_json
from bot.evaluation.question_set import EvaluationError

# Names the article that is shipped with the package.
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """A question of a conversation and what a right answer to it is.

    Attributes:
        question: what is typed.
        standalone: the same in full; None where the question stands alone.
        answers: accepted answers; empty if the article does not say.
        evidence: the article's sentences that hold them.
        kind: how it leans on the questions before it: "pronoun", "ellipsis", …
    """

    question: str
    standalone: str | None
    answers: tuple[str, ...]
    evidence: tuple[str, ...]
    kind: str

    @property
    def is_follow_up(self) -> bool:
        """Whether it leans on a question before it."""
        return self.standalone is not None


@dataclass(frozen=True, slots=True)
class GoldConversation:
    """Questions that are asked one after the other.

    Attributes:
        id: unique in its set.
        article: "default", or a path from the set's folder.
        held_out: whether it is asked only for a final figure.
        turns: in order.
    """

    id: str
    article: str
    held_out: bool
    turns: tuple[GoldTurn, ...]


def read_conversations(path: Path) -> tuple[GoldConversation, ...]:
    """Read a set of conversations.

    Raises:
        EvaluationError: if the file cannot be read, or a line has not the form.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(
            f"The conversations {path} cannot be read: {error}. Name a JSON Lines file in UTF-8."
        ) from error
    return tuple(_conversation(line) for line in _lines(text, path))


def _lines(text: str, path: Path) -> Iterator[JsonObject]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            value = parse_json(line, str(path), number)
            yield JsonObject.of(value, str(path), f"line {number}")


def _conversation(line: JsonObject) -> GoldConversation:
    turns = tuple(_turn(turn) for turn in line.objects("turns"))
    held_out = line.values.get("held_out") is True
    return GoldConversation(line.text("id"), line.text("article"), held_out, turns)


def _turn(turn: JsonObject) -> GoldTurn:
    standalone = None if turn.values.get("standalone") is None else turn.text("standalone")
    return GoldTurn(
        question=turn.text("question"),
        standalone=standalone,
        answers=turn.texts("answers", required=True),
        evidence=turn.texts("evidence"),
        kind=turn.text("kind"),
    )
