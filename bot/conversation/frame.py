"""`Frame`: how a question is built: what it asks for, its auxiliary, its verb and its nouns.

`bot/conversation/parsing.py` takes a question apart into one.
"""

from dataclasses import dataclass

from bot.conversation.words import BE, Word
from index.spans import Span

# Question words whose answer is a thing or a number that the question itself leaves out.
ASKS_FOR_NOUN = frozenset({"who", "whom", "whose", "what", "which", "many", "much"})


@dataclass(frozen=True, slots=True)
class Chunk:
    """A noun with what belongs to it: "the bicycle works".

    Attributes:
        first: position of its first word, determiner included.
        end: position behind its last word.
        preposition: the word in front of it, if that is a preposition; else empty.
        is_asked: whether it is part of what is asked for: "people" of "how many people".
    """

    first: int
    end: int
    preposition: str = ""
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A question in its parts; positions count `words`.

    Attributes:
        text: the question without the mark at its end.
        words: its words and marks.
        wh: what it asks for: "For how long", "How many people"; None of a yes/no question.
        head: the word of `wh` that says what kind of answer is wanted: "when", "many", "long".
        auxiliary: position of "did", "is", "have"; None where there is none.
        is_inverted: whether the subject stands behind the auxiliary.
        verb: position of the main verb, where it was found.
        chunks: its nouns, in order.
    """

    text: str
    words: tuple[Word, ...]
    wh: tuple[int, int] | None
    head: str
    auxiliary: int | None
    is_inverted: bool
    verb: int | None
    chunks: tuple[Chunk, ...]

    def span(self, first: int, end: int) -> Span:
        """Return where words stand in `text`."""
        return Span(self.words[first].start, self.words[end - 1].end)

    def said(self, first: int, end: int) -> str:
        """Return words as they stand in `text`; empty for none."""
        return self.text[self.words[first].start : self.words[end - 1].end] if first < end else ""

    def chunk_text(self, chunk: Chunk) -> str:
        """Return a noun as it stands in `text`."""
        return self.said(chunk.first, chunk.end)

    @property
    def asks_for_noun(self) -> bool:
        """Whether a noun or a number is asked for, which an answer can stand for."""
        return self.head in ASKS_FOR_NOUN

    @property
    def is_yes_no(self) -> bool:
        """Whether it begins with an auxiliary."""
        return self.wh is None and self.auxiliary == 0

    @property
    def is_copula(self) -> bool:
        """Whether it asks who or what something is."""
        at = self.auxiliary
        return at is not None and self.words[at].lower in BE and self.verb is None
