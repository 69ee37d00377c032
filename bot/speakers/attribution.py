"""`Speakers`: who said a quotation or a sentence of an article, computed once for the article."""

from bisect import bisect_right
from dataclasses import dataclass

from bot.speakers.hedges import find_hedges
from bot.speakers.passages import read_statements
from bot.speakers.people import People
from bot.speakers.resolving import Resolver
from bot.speakers.said_by import SaidBy
from bot.speakers.speaker import AUTHOR, Label, Speaker
from bot.speakers.speeches import Speeches
from index.article import Article
from index.spans import Span

__all__ = ["Attribution", "Label", "Speakers"]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said something.

    Attributes:
        label: `author`: the article says so itself; `named`: a person, an institution or a
            document; `unnamed_source`: somebody whom it describes without a name; `not_named`:
            somebody else, but it does not say who.
        speaker: the name in its fullest form; of a named one only.
        role: what the article says that he or she is; of an unnamed source the description.
        evidence: the sentence that names or describes the speaker.
    """

    label: Label
    speaker: Span | None = None
    role: Span | None = None
    evidence: Span | None = None


class Speakers:
    """Who says what in an article."""

    def __init__(self, article: Article) -> None:
        """Read an article; takes about linear time."""
        self._article = article
        read = read_statements(article)
        people = People(read.mentions, article.title or "")
        resolver = Resolver(read.statements, people)
        self._speeches = Speeches(article, read, resolver, people)
        self._sentences = read.sentences
        self._starts = [sentence.start for sentence in self._sentences]
        self._said_by = SaidBy(article, self._sentences, self._speeches, people)

    def of(self, span: Span) -> Attribution:
        """Return who said what stands there.

        Args:
            span: a quotation, a sentence or a clause, in the article's text.
        """
        return self._attribution(self._speeches.speaker(span))

    def said_by(self, question: str) -> tuple[Span, ...] | None:
        """Return the sentences that answer "What did Lise Grande say about the camps?", in order.

        Args:
            question: normalised.

        Returns:
            No sentence if the speaker says nothing about it. None if the question asks nothing like
            this, or names nobody who speaks.
        """
        return self._said_by.answer(question)

    def hedges(self, sentence: Span) -> tuple[Span, ...]:
        """Return the words that make a sentence less than certain, in order: "reportedly"."""
        return find_hedges(self._article.text, sentence)

    def _attribution(self, speaker: Speaker) -> Attribution:
        if speaker == AUTHOR or speaker.at is None:
            return Attribution(speaker.label)
        evidence = self._sentence_at(speaker.at)
        return Attribution(speaker.label, speaker.span, speaker.role, evidence)

    def _sentence_at(self, offset: int) -> Span | None:
        position = bisect_right(self._starts, offset) - 1
        return self._sentences[position] if position >= 0 else None
