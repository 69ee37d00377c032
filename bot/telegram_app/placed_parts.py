"""What an answer is made of, each part in the one of its articles that it stands in."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from bot.answer import AnswerSpan, Citation
from index.article import Article
from index.joined import Member, join_articles, member_at, members_of
from index.library.article_json import article_id
from index.passages import Passage
from index.retriever import ScoredPassage
from index.spans import Span

Offsets = tuple[int, int]


class Part(BaseModel):
    """Something that is kept as JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Placed(Part):
    """Something in one of an answer's articles.

    Attributes:
        article: number of the article, from 0; offsets and paragraphs are its own.
        paragraph: number of the paragraph.
    """

    article: int = 0
    paragraph: int


class SpanRecord(Placed):
    """An `AnswerSpan`."""

    span: Offsets
    sentence: Offsets
    score: float


class PassageRecord(Placed):
    """A `ScoredPassage`; the text is its article's."""

    span: Offsets
    score: float
    sentences: tuple[Offsets, ...]
    sentence_scores: tuple[float, ...]


class CitationRecord(Placed):
    """A `Citation`; quote and sentence are its article's."""

    number: int
    span: Offsets
    sentence: Offsets


def offsets_of(span: Span) -> Offsets:
    """Return a span as it is kept."""
    return span.start, span.end


class Places:
    """Tells of whatever is in what was asked, in which of the joined articles it is."""

    def __init__(self, asked: Article) -> None:
        """Place nothing yet.

        Args:
            asked: one article, or several that are joined.
        """
        self._asked = asked
        self._used: list[Article] = []

    def references(self) -> tuple[str, ...]:
        """Return the ids of the articles in which something was placed, by their numbers."""
        # Where nothing was found at all, the answer is still about what was asked.
        return tuple(map(article_id, self._used or members_of(self._asked)[:1]))

    def span(self, found: AnswerSpan) -> SpanRecord:
        """Place a span of what was asked."""
        member = member_at(self._asked, found.span.start)
        return SpanRecord(
            article=self._number(member.article),
            span=offsets_of(member.own(found.span)),
            sentence=offsets_of(member.own(found.sentence)),
            paragraph=_own_paragraph(member, found.paragraph),
            score=found.score,
        )

    def citation(self, citation: Citation) -> CitationRecord:
        """Place a citation."""
        sentence_end = citation.sentence_start + len(citation.sentence)
        return CitationRecord(
            article=self._number(citation.article),
            number=citation.number,
            span=(citation.start, citation.end),
            sentence=(citation.sentence_start, sentence_end),
            paragraph=citation.paragraph,
        )

    def passage(self, scored: ScoredPassage) -> PassageRecord:
        """Place a passage of what was asked."""
        passage = scored.passage
        member = member_at(self._asked, passage.start)
        return PassageRecord(
            article=self._number(member.article),
            span=offsets_of(member.own(Span(passage.start, passage.end))),
            paragraph=_own_paragraph(member, passage.paragraph),
            score=scored.score,
            sentences=tuple(offsets_of(member.own(sentence)) for sentence in passage.sentences),
            sentence_scores=scored.sentence_scores,
        )

    def _number(self, article: Article) -> int:
        for number, used in enumerate(self._used):
            if used is article:
                return number
        self._used.append(article)
        return len(self._used) - 1


def _own_paragraph(member: Member, number: int) -> int:
    return member.own_paragraph(number) if number else 0


class Whole:
    """What was asked, as far as it is still there: one article, or several that are joined.

    Attributes:
        article: what the places are in.
    """

    def __init__(self, articles: Mapping[int, Article], *, of_several: bool) -> None:
        """Join the articles again.

        Args:
            articles: by their numbers, at least one.
            of_several: whether several were asked.
        """
        self._members: dict[int, Member]
        if of_several:
            joined = join_articles(tuple(articles.values()), "")
            self._members = dict(zip(articles, joined.members, strict=True))
            self.article: Article = joined
        else:
            ((number, self.article),) = articles.items()
            self._members = {number: Member(self.article)}

    def span(self, kept: SpanRecord) -> AnswerSpan:
        """Return a span of the whole."""
        place = self._place(kept, kept.span), self._place(kept, kept.sentence)
        return AnswerSpan(*place, self._paragraph(kept), kept.score)

    def citation(self, kept: CitationRecord) -> Citation:
        """Return a citation of its article."""
        # A citation has no score of its own.
        found = AnswerSpan(Span(*kept.span), Span(*kept.sentence), kept.paragraph, 0.0)
        return Citation.of(self._members[kept.article].article, found, kept.number)

    def passage(self, kept: PassageRecord) -> ScoredPassage:
        """Return a passage of the whole."""
        span = self._place(kept, kept.span)
        sentences = tuple(self._place(kept, sentence) for sentence in kept.sentences)
        text = self.article.quote(span)
        passage = Passage(text, span.start, span.end, self._paragraph(kept), sentences)
        return ScoredPassage(passage, kept.score, kept.sentence_scores)

    def _place(self, kept: Placed, offsets: Offsets) -> Span:
        start = self._members[kept.article].start
        return Span(offsets[0] + start, offsets[1] + start)

    def _paragraph(self, kept: Placed) -> int:
        return kept.paragraph + self._members[kept.article].paragraphs_before
