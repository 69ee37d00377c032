"""`Place`: where words stand, in the article that says them, and how a person is told."""

from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import urlsplit

from index.article import Article
from index.joined import JoinedArticle, member_at
from index.paragraphs import Paragraph
from index.spans import Span


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand.

    Attributes:
        article: that says them: of several joined ones, the one.
        start: offset of their first code point in `article.text`.
        end: offset behind their last code point.
        paragraph: number of the paragraph, from 1; 0 for a header line.
        page: number of the page that the paragraph begins on, from 1; None where there are none.
        is_caption: whether the paragraph is the caption of a picture or a table.
    """

    article: Article = field(repr=False)
    start: int
    end: int
    paragraph: int
    page: int | None
    is_caption: bool

    @classmethod
    def of(cls, asked: Article, span: Span, paragraph: int) -> "Place":
        """Return the place of a span of what was asked.

        Args:
            asked: one article, or several that are joined.
            span: in `asked.text`, within one paragraph.
            paragraph: its number there, 0 for a header line.
        """
        member = member_at(asked, span.start)
        own = member.own(span)
        found = _paragraph_at(member.article, own.start) if paragraph else None
        return cls(
            article=member.article,
            start=own.start,
            end=own.end,
            paragraph=member.own_paragraph(paragraph) if paragraph else 0,
            page=found.page if found else None,
            is_caption=found is not None and found.kind == "caption",
        )

    def spoken(self) -> str:
        """Return how a person is told, such as "page 3, paragraph 12"."""
        return spoken_place(self.paragraph, self.page, is_caption=self.is_caption)


def spoken_place(paragraph: int, page: int | None, *, is_caption: bool) -> str:
    """Return how a person is told of a place, such as "page 3, paragraph 12"."""
    if not paragraph:
        return "header"
    on_page = f"page {page}, " if page is not None else ""
    return f"{on_page}paragraph {paragraph}{' (caption)' if is_caption else ''}"


def article_name(article: Article) -> str:
    """Return what an article is called where it has to be told from others."""
    if article.title:
        return article.title
    source = article.source
    path = urlsplit(source).path if "://" in source else source
    return PurePath(path).name or source


def name_beside(asked: Article, article: Article) -> str | None:
    """Return what an article is called beside a quote of it.

    Args:
        asked: what was asked, one article or several that are joined.
        article: the one that is quoted.

    Returns:
        None where it has no title and is the only one.
    """
    return article_name(article) if isinstance(asked, JoinedArticle) else article.title


def _paragraph_at(article: Article, start: int) -> Paragraph | None:
    place = bisect_right(article.paragraphs, start, key=lambda paragraph: paragraph.start)
    return article.paragraphs[place - 1] if place else None
