"""Small articles, as a reader would have read them."""

from dataclasses import replace

from index.article import Article, article_from_bytes


def article_of(text: str, source: str = "sent.txt", *, title: str | None = None) -> Article:
    """Return an article with this text; the source names a file that need not be there."""
    article = article_from_bytes(text.encode(), source)
    return article if title is None else replace(article, title=title)


TEA = article_of("The tea house opened in the spring of 1921. It has nine rooms.", "/here/tea.txt")
COAL = article_of("The mine gave coal for eighty years. It closed in 1967.", "/here/coal.txt")
