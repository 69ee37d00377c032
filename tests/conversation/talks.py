"""Turns for tests: questions with answers, without a pipeline."""

from datetime import UTC, datetime, timedelta

from bot.conversation.before import Before
from bot.conversation.names import Names
from bot.conversation.session import Conversation
from bot.conversation.turn import Turn
from bot.conversation.understanding import read_question
from index.article import Article, article_from_bytes
from index.sentences import split_sentences
from index.spans import Span

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)

TEXT = """The ferry that decides

By Tom Aldous | 8 June 2019

The ferry to Corran costs £12 and carries no cars. Corran is 11 kilometres long and four wide.
It has 162 people and some 3,000 sheep. Fergus and Anna Doyle run the inn.

The inn opened in 2011. The chapel was built by monks in the ninth century.
"The monks were not lost," said Ewan Rae, the society's chairman, who wrote the leaflet.

Helena Brandt is the chief executive of Nordvik. She took over from Erik Nordvik in 2022.
Nordvik made an offer of £1.1 million. Analysts called the offer poor. Sales in Britain fell.
"""


def island() -> Article:
    return article_from_bytes(TEXT.encode(), "island.txt")


def turn(article: Article, question: str, answer: str = "", *, minutes: float = 0) -> Turn:
    """Return a turn whose answer stands in the article; refused without an answer."""
    at = NOON + timedelta(minutes=minutes)
    if not answer:
        return Turn(question, question, "not_in_article", "", Span(0, 0), Span(0, 0), 0, at)
    for paragraph in article.paragraphs:
        for sentence in split_sentences(article.text, Span(paragraph.start, paragraph.end)):
            start = article.text.find(answer, sentence.start, sentence.end)
            if start >= 0:
                span = Span(start, start + len(answer))
                number = paragraph.number
                return Turn(question, question, "answered", answer, span, sentence, number, at)
    raise ValueError(f"no sentence has {answer!r}")


def understood(question: str, *turns: tuple[str, str]) -> str:
    """Return how a question is understood on the island after others, the oldest first."""
    conversation = Conversation(island())
    for asked, answer in turns:
        conversation.keep(turn(island(), asked, answer))
    return conversation.understand(question, NOON).question


def ways(question: str, *turns: tuple[str, str]) -> tuple[str, ...]:
    """Return every way that a question may be meant."""
    article = island()
    newest_first = [turn(article, *each) for each in reversed(turns)]
    before = Before(newest_first, Names(article), lambda t: article.quote(t.sentence))
    return read_question(question, before).ways
