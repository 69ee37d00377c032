"""Several articles as one: one text behind them all, and one index of it.

Retrieving and reading need offsets that are unique, so that of two articles that are joined no two
places are the same. Whatever is told to a person is of the member that it stands in: `member_at`
leads back.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain

import numpy as np

from index.article import Article
from index.paragraphs import BLOCK_BREAK, Paragraph
from index.passage_index import IndexSettings, PassageIndex, index_of_vectors
from index.passages import Passage
from index.spans import Span


@dataclass(frozen=True, slots=True)
class Member:
    """One of several joined articles, or the only one.

    Attributes:
        article: the member.
        start: offset of its text in the joined one.
        paragraphs_before: number of paragraphs of the members before it.
    """

    article: Article
    start: int = 0
    paragraphs_before: int = 0

    def own(self, span: Span) -> Span:
        """Return in the member's text what is a span of the joined one."""
        return Span(span.start - self.start, span.end - self.start)

    def own_paragraph(self, number: int) -> int:
        """Return the member's number of a paragraph of the joined article."""
        return number - self.paragraphs_before


@dataclass(frozen=True, slots=True)
class JoinedArticle(Article):
    """Several articles as one. It has no header: theirs are of the members.

    Attributes:
        members: in the order of their texts; at least one.
    """

    members: tuple[Member, ...] = ()


def member_at(article: Article, start: int) -> Member:
    """Return the member that an offset is in; an article that is not joined is its own."""
    if not isinstance(article, JoinedArticle):
        return Member(article)
    place = bisect_right(article.members, start, key=lambda member: member.start)
    return article.members[max(place - 1, 0)]


def members_of(article: Article) -> tuple[Article, ...]:
    """Return the articles that are joined, or the only one."""
    if not isinstance(article, JoinedArticle):
        return (article,)
    return tuple(member.article for member in article.members)


def join_articles(articles: Sequence[Article], source: str) -> JoinedArticle:
    """Return several articles as one.

    Args:
        articles: at least one.
        source: what the whole is called.
    """
    members = tuple(_members(articles))
    digests = "".join(article.sha256 for article in articles)
    return JoinedArticle(
        text=BLOCK_BREAK.join(article.text for article in articles),
        paragraphs=tuple(chain.from_iterable(map(_paragraphs, members))),
        header=(),
        source=source,
        sha256=sha256(digests.encode()).hexdigest(),
        members=members,
    )


def join_indexes(
    joined: JoinedArticle, indexes: Sequence[PassageIndex], settings: IndexSettings
) -> PassageIndex:
    """Return one index of all members; nothing is embedded again.

    The lexical scores are those of one collection: a word is as rare as it is in all of it.

    Args:
        joined: what to index.
        indexes: of each of its members, in order, all embedded with one model.
        settings: how to search.
    """
    placed = zip(joined.members, indexes, strict=True)
    passages = chain.from_iterable(_passages(member, index) for member, index in placed)
    of_passages = [index.passage_vectors for index in indexes]
    of_sentences = [index.sentence_vectors for index in indexes]
    rows = [vectors.vectors(np.arange(len(vectors))) for vectors in (*of_passages, *of_sentences)]
    return index_of_vectors(joined, tuple(passages), np.concatenate(rows), settings)


def _members(articles: Iterable[Article]) -> Iterable[Member]:
    start = paragraphs_before = 0
    for article in articles:
        yield Member(article, start, paragraphs_before)
        start += len(article.text) + len(BLOCK_BREAK)
        paragraphs_before += max((part.number for part in article.paragraphs), default=0)


def _paragraphs(member: Member) -> Iterable[Paragraph]:
    for part in member.article.paragraphs:
        yield replace(
            part,
            number=part.number + member.paragraphs_before,
            start=part.start + member.start,
            end=part.end + member.start,
        )


def _passages(member: Member, index: PassageIndex) -> Iterable[Passage]:
    for passage in index.passages:
        yield Passage(
            text=passage.text,
            start=passage.start + member.start,
            end=passage.end + member.start,
            paragraph=passage.paragraph + member.paragraphs_before,
            sentences=tuple(
                Span(span.start + member.start, span.end + member.start)
                for span in passage.sentences
            ),
        )
