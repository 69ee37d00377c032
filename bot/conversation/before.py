"""`Before`: what was asked and answered before a question, and what its pronouns may mean there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bot.conversation.antecedents import Antecedents, Sort
from bot.conversation.asking_who import is_who_said
from bot.conversation.frame import Frame
from bot.conversation.names import Names
from bot.conversation.parsing import frame_of
from bot.conversation.pronouns import leaning_pronouns, with_antecedents
from bot.conversation.turn import Turn
from bot.conversation.words import spelt_out, words_of

# A question is seldom asked of more than the last few.
_TURNS_BACK = 3


@dataclass(frozen=True, slots=True)
class Before:
    """The last turns of a conversation.

    Attributes:
        turns: the newest first.
        names: of the article.
        quote: returns the article's sentence in which a turn's answer stands.
    """

    turns: Sequence[Turn]
    names: Names
    quote: Callable[[Turn], str]
    _frames: dict[str, Frame] = field(default_factory=dict, repr=False)

    @property
    def asked(self) -> list[Turn]:
        """The last few turns, without those that asked who said something."""
        return [turn for turn in self.turns if not is_who_said(turn.question)][:_TURNS_BACK]

    def frame(self, turn: Turn) -> Frame:
        """Return a turn's question in its parts."""
        if turn.question not in self._frames:
            self._frames[turn.question] = frame_of(spelt_out(turn.question))
        return self._frames[turn.question]

    def meant_by(self, sort: Sort, turns: Sequence[Turn] | None = None) -> list[str]:
        """Return what a pronoun may mean, the likeliest first.

        Args:
            sort: of the pronoun.
            turns: that are looked at; all if None.
        """
        looked_at = self.turns if turns is None else turns
        sentences = [self.quote(turn) for turn in looked_at]
        return Antecedents(looked_at, self.names, sentences).of(sort)

    def with_antecedents(self, frame: Frame) -> list[str]:
        """Return a question with what its pronouns may mean, the likeliest first; () if nothing."""
        found = leaning_pronouns(frame, self.names)
        there = {word.lower for word in frame.words}
        meant: dict[Sort, list[str]] = {}
        for pronoun in found:
            if pronoun.sort not in meant:
                # "How many loggers did they test?": they are not the loggers.
                options = self.meant_by(pronoun.sort)
                meant[pronoun.sort] = [o for o in options if words_of(o)[-1].bare not in there]
        first = {sort: options[0] for sort, options in meant.items() if options}
        if not first:
            return []
        ways = [with_antecedents(frame, found, first)]
        for sort, options in meant.items():
            ways += [with_antecedents(frame, found, {**first, sort: o}) for o in options[1:3]]
        return ways
