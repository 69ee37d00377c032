"""Question sets to train on, read into paragraphs and what is asked of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.evaluation.answer_metrics import token_f1
from bot.evaluation.loading import load_question_set
from bot.evaluation.question_set import EvaluationError, GoldQuestion
from index.article import Article, ReadLimits, read_default_article
from index.paragraphs import Paragraph
from index.sentences import split_sentences
from index.spans import Span


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A paragraph that questions are asked of.

    Attributes:
        text: of the paragraph.
        sentences: their spans in `text`.
    """

    text: str
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A question and the paragraph that it was written for.

    Attributes:
        question: as published.
        context: the paragraph.
        neighbours: all paragraphs of the same article, this one among them.
        answers: every answer that the set accepts; empty where the paragraph does not say.
        answer: the span in `context.text` that agrees best with the other answers; None where the
            paragraph does not say.
    """

    question: str
    context: Context
    neighbours: tuple[Context, ...]
    answers: tuple[str, ...]
    answer: Span | None


def read_source(path: Path) -> dict[str, list[Asked]]:
    """Read a SQuAD file.

    Returns:
        The questions of each article, by its title as published.

    Raises:
        EvaluationError: if it is no question set, or has answers outside their paragraphs' list.
    """
    questions = load_question_set(path, read_default_article(), ReadLimits())
    contexts = {key: _contexts(article) for key, article in questions.articles.items()}
    asked: dict[str, list[Asked]] = {key: [] for key in contexts}
    for question in questions.questions:
        if not question.paragraphs:
            raise EvaluationError(f"Question {question.id} of {path} names no paragraph.")
        article = questions.articles[question.article]
        neighbours = contexts[question.article]
        number = question.paragraphs[0]
        paragraph = article.paragraphs[number - 1]
        answer = _consensus(question, article, paragraph)
        if question.answers and answer is None:
            continue
        asked[question.article].append(
            Asked(question.text, neighbours[number - 1], neighbours, question.answers, answer)
        )
    return asked


def _contexts(article: Article) -> tuple[Context, ...]:
    return tuple(
        Context(
            article.text[paragraph.start : paragraph.end],
            tuple(
                Span(span.start - paragraph.start, span.end - paragraph.start)
                for span in split_sentences(article.text, Span(paragraph.start, paragraph.end))
            ),
        )
        for paragraph in article.paragraphs
    )


def _consensus(question: GoldQuestion, article: Article, paragraph: Paragraph) -> Span | None:
    """Return the answer that agrees best with the others, the shorter of equals."""
    spans = [
        span for span in question.spans if paragraph.start <= span.start < span.end <= paragraph.end
    ]
    if not spans:
        return None
    texts = [article.quote(span) for span in spans]
    votes = Counter(texts)

    def rank(place: int) -> tuple[float, int, int]:
        agreement = _agreement(texts[place], votes)
        return (-agreement, spans[place].end - spans[place].start, spans[place].start)

    best = spans[min(range(len(spans)), key=rank)]
    return Span(best.start - paragraph.start, best.end - paragraph.start)


def _agreement(text: str, votes: Counter[str]) -> float:
    return sum(token_f1(text, other) * count for other, count in votes.items())


def articles_of(source: dict[str, list[Asked]], titles: Sequence[str]) -> list[Asked]:
    """Return the questions of the articles with these titles."""
    return [asked for title in titles for asked in source.get(title, ())]
