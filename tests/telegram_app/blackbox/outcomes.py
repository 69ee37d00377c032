"""What is counted after a fault: questions without an answer, with several, out of order."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.telegram_app.emulator.conversation import Message
from tests.telegram_app.emulator.people import Chat


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the questions of some chats were answered.

    Attributes:
        lost: questions without an answer.
        repeated: answers beyond the first of a question.
        out_of_order: answers that came before one to an earlier question of the chat.
    """

    lost: int
    repeated: int
    out_of_order: int


def outcome_of(asked: dict[Chat, list[Message]]) -> Outcome:
    """Count, over all chats; every question has been given all the time that it may take."""
    lost = repeated = out_of_order = 0
    for chat, questions in asked.items():
        answers = [chat.replies_to(question) for question in questions]
        lost += sum(not one for one in answers)
        repeated += sum(max(len(one) - 1, 0) for one in answers)
        out_of_order += _descents([one[0].message_id for one in answers if one])
    return Outcome(lost, repeated, out_of_order)


ALL_FINE = Outcome(lost=0, repeated=0, out_of_order=0)


def wait_for_all(asked: dict[Chat, list[Message]], patience: float = 60.0) -> None:
    """Wait until every question has an answer."""
    chats = list(asked)
    if chats:
        chats[0].telegram.wait_until(
            lambda: all(
                chat.replies_to(question)
                for chat, questions in asked.items()
                for question in questions
            ),
            lambda: f"all are answered: {outcome_of(asked)}",
            patience,
        )


def _descents(numbers: Sequence[int]) -> int:
    return sum(one > next_one for one, next_one in zip(numbers, numbers[1:], strict=False))
