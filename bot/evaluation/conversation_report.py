"""What became of a set of conversations, in figures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bot.conversation.session import Understood
from bot.evaluation.conversation_set import GoldTurn


@dataclass(frozen=True, slots=True)
class TurnResult:
    """What became of one question.

    Attributes:
        conversation: id of its conversation.
        turn: what was asked.
        understood: how it was understood.
        said: what was answered, or the best words that were found.
        is_answered: whether it was shown as an answer.
        answered_right: as `bot/evaluation/conversations.py` says.
        best_right: as `bot/evaluation/conversations.py` says.
        full_answered_right: likewise, of the question as a person writes it in full.
        full_best_right: likewise.
        seconds: that understanding and answering took.
        full_seconds: that the question in full took.
    """

    conversation: str
    turn: GoldTurn
    understood: Understood
    said: str
    is_answered: bool
    answered_right: bool
    best_right: bool
    full_answered_right: bool
    full_best_right: bool
    seconds: float
    full_seconds: float


@dataclass(frozen=True, slots=True)
class Shares:
    """Figures of some turns, each a share from 0 to 1.

    Attributes:
        n: number of turns.
        answered_right: share of them.
        best_right: share of them.
        full_answered_right: of the same questions in full.
        full_best_right: of the same questions in full.
        changed: share that was understood as another question.
    """

    n: int
    answered_right: float
    best_right: float
    full_answered_right: float
    full_best_right: float
    changed: float

    @classmethod
    def of(cls, results: Iterable[TurnResult]) -> "Shares":
        """Return the shares of some turns; 0 for none."""
        listed = list(results)
        n = max(len(listed), 1)
        return cls(
            len(listed),
            sum(each.answered_right for each in listed) / n,
            sum(each.best_right for each in listed) / n,
            sum(each.full_answered_right for each in listed) / n,
            sum(each.full_best_right for each in listed) / n,
            sum(each.understood.changed for each in listed) / n,
        )


@dataclass(frozen=True, slots=True)
class ConversationReport:
    """What became of a set of conversations.

    Attributes:
        results: of every turn, in order.
    """

    results: tuple[TurnResult, ...]

    def groups(self) -> dict[str, Shares]:
        """Return the figures of follow-ups, of what stands alone, and by kind."""
        by_kind: dict[str, list[TurnResult]] = defaultdict(list)
        for result in self.results:
            by_kind[result.turn.kind].append(result)
        follow_ups = [r for r in self.results if r.turn.is_follow_up]
        return {
            "follow-ups": Shares.of(follow_ups),
            "of these, answerable": Shares.of(r for r in follow_ups if r.turn.answers),
            "of these, not in the article": Shares.of(r for r in follow_ups if not r.turn.answers),
            "standing alone": Shares.of(r for r in self.results if not r.turn.is_follow_up),
            **{kind: Shares.of(of_kind) for kind, of_kind in sorted(by_kind.items())},
        }

    def latency_ratio(self) -> float:
        """Return how many times a question in full the follow-ups took; medians."""
        follow_ups = [r for r in self.results if r.turn.is_follow_up]
        if not follow_ups:
            return 1.0
        middle = len(follow_ups) // 2
        took = sorted(r.seconds for r in follow_ups)[middle]
        return took / max(sorted(r.full_seconds for r in follow_ups)[middle], 1e-9)

    def table(self) -> str:
        """Return the figures as a Markdown table."""
        head = (
            "| turns | n | answered right | best words right | answered right, asked in full "
            "| best words right, asked in full | changed |\n"
            "| --- | --- | --- | --- | --- | --- | --- |\n"
        )
        rows = (
            f"| {name} | {s.n} | {s.answered_right:.3f} | {s.best_right:.3f} "
            f"| {s.full_answered_right:.3f} | {s.full_best_right:.3f} | {s.changed:.3f} |\n"
            for name, s in self.groups().items()
        )
        return head + "".join(rows)
