"""Whether an answer of a conversation is right, as `bot/evaluation/conversations.py` says."""

from dataclasses import dataclass

from bot.evaluation.answer_metrics import RIGHT_F1, best_over_golds, token_f1
from bot.evaluation.conversation_set import GoldTurn


@dataclass(frozen=True, slots=True)
class Given:
    """What was answered, for judging.

    Attributes:
        is_answered: whether it was given as an answer.
        texts: the words of its citations.
        sentences: the sentences of its citations.
        best: the best words that were found, given as an answer or not; empty for none.
        best_sentence: the sentence around them.
    """

    is_answered: bool
    texts: tuple[str, ...]
    sentences: tuple[str, ...]
    best: str
    best_sentence: str

    @property
    def words(self) -> str:
        """The first words that were given, or the best that were found."""
        return self.texts[0] if self.texts else self.best

    def answers(self, turn: GoldTurn) -> bool:
        """Whether what was given as an answer is right."""
        if not turn.answers:
            return not self.is_answered
        pairs = zip(self.texts, self.sentences, strict=True)
        return self.is_answered and any(_is_right(text, at, turn) for text, at in pairs)

    def finds(self, turn: GoldTurn) -> bool:
        """Whether the best words are right."""
        if not turn.answers:
            return not self.is_answered
        return bool(self.best) and _is_right(self.best, self.best_sentence, turn)


def _is_right(words: str, sentence: str, turn: GoldTurn) -> bool:
    f1 = best_over_golds(token_f1, words, turn.answers)
    return f1 >= RIGHT_F1 or any(_same(sentence, gold) for gold in turn.evidence)


def _same(sentence: str, gold: str) -> bool:
    """Whether two sentences are the same, however white space and a cut in a quotation fall."""
    one, other = " ".join(sentence.split()), " ".join(gold.split())
    return bool(one) and (one in other or other in one)
