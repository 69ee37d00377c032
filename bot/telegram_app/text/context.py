"""What stands around a citation in the article."""

from index.article import Article
from index.spans import Span


def context_of(article: Article, paragraph: int) -> Span:
    """Return the span of a paragraph with the one before and the one after it.

    Of the header (0), all its lines and the first paragraph. Headings in between are within it;
    one that stands above its first paragraph is, too. Captions stand behind the text, out of their
    places: only their neighbours are captions.

    Args:
        article: what is cited.
        paragraph: a number of the article's.
    """
    near = [p for p in article.paragraphs if abs(p.number - paragraph) <= 1]
    is_caption = any(p.number == paragraph and p.kind == "caption" for p in near)
    near = [p for p in near if (p.kind == "caption") == is_caption]
    start = near[0].start if near and paragraph else 0
    last = [p.end for p in near if p.kind != "heading"]
    return Span(start, max(last, default=len(article.text)))
