"""Asking who said what, in words."""

from bot.speakers.attribution import Speakers
from index.article import Article, article_from_bytes
from index.spans import Span


def article_of(text: str) -> Article:
    return article_from_bytes(text.encode(), "article.txt")


def place(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def who(text: str, words: str) -> tuple[str, str | None, str | None]:
    """Return label, speaker and role of words of a text."""
    article = article_of(text)
    found = Speakers(article).of(place(article, words))
    speaker = article.quote(found.speaker) if found.speaker else None
    return found.label, speaker, article.quote(found.role) if found.role else None
