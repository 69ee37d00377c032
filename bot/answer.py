"""`Answer` and what it is made of."""

from dataclasses import dataclass, field
from typing import Literal

from bot.places import Place, spoken_place
from index.article import Article
from index.retriever import ScoredPassage
from index.spans import Span

Verdict = Literal["answered", "unsure", "not_in_article"]

# The one sentence for a question that the article does not answer, and for one that it may.
DOES_NOT_SAY = "The article does not say."
MAY_NOT_SAY = "The article may not say."
# The same of several articles that were asked at once.
DO_NOT_SAY = "The articles do not say."
MAY_NOT_SAY_ALL = "The articles may not say."


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """Words of the article that may answer a question.

    Attributes:
        span: where they are in `Article.text`.
        sentence: the sentence around them.
        paragraph: number of their paragraph; 0 for a header line.
        score: how well they answer; higher is better. Of a calibrated reader, the probability that
            they are right.
    """

    span: Span
    sentence: Span
    paragraph: int
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """Where an answer stands in an article: of several joined ones, in the one that says so.

    Attributes:
        number: counted from 1 within an answer, shown as `[1]`.
        paragraph: number of the paragraph, from 1; 0 for a header line.
        start: offset of the quote's first code point in `article.text`.
        end: offset behind its last code point.
        quote: the article's text from `start` to `end`.
        sentence: the sentence around the quote.
        sentence_start: offset of the sentence's first code point.
        article: what is quoted.
        page: number of the page that the paragraph begins on, from 1; None where there are none.
        is_caption: whether the paragraph is the caption of a picture or a table.
    """

    number: int
    paragraph: int
    start: int
    end: int
    quote: str
    sentence: str
    sentence_start: int
    article: Article = field(repr=False)
    page: int | None
    is_caption: bool

    @classmethod
    def of(cls, asked: Article, answer_span: AnswerSpan, number: int) -> "Citation":
        """Cite these words. The quote is cut from the article here and nowhere else.

        Args:
            asked: the article in which the words are, or several that are joined.
            answer_span: in `asked.text`.
            number: counted from 1.
        """
        place = Place.of(asked, answer_span.span, answer_span.paragraph)
        sentence = answer_span.sentence
        return cls(
            number=number,
            paragraph=place.paragraph,
            start=place.start,
            end=place.end,
            quote=place.article.text[place.start : place.end],
            sentence=asked.quote(sentence),
            sentence_start=sentence.start - answer_span.span.start + place.start,
            article=place.article,
            page=place.page,
            is_caption=place.is_caption,
        )

    def spoken_place(self) -> str:
        """Return how a person is told of the place, such as "page 3, paragraph 12"."""
        return spoken_place(self.paragraph, self.page, is_caption=self.is_caption)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person gets.

    Attributes:
        question: as it was understood, with stray white space and invisible characters removed.
        verdict: whether the article answers; "unsure" where it is too likely that it does not.
        text: the article's words; None where there is no answer. Of several values, the likeliest.
        score: of the best span; higher is better.
        probability: that the best span is right, from 0 to 1; None if the reader is not calibrated.
        reason: why there is no answer, as a sentence; None where there is one.
        citations: where the words are; one for each of several values, in the article's order;
            empty where there is no answer.
        closest: the best quote where it is too unsure to be an answer; None for other verdicts.
        best_span: the best span that was found, even where it was not good enough; None where
            nothing at all was found.
        passages: what was retrieved, best first.
        article: what was asked: one, or several that are joined. Offsets of `best_span` and
            `passages` are in its text; a citation's are in the text of its own article.
        retrieve_ms: time that finding the passages took, in milliseconds.
        read_ms: time that reading them took, in milliseconds.
        elapsed_ms: time that answering took in all, in milliseconds.
    """

    question: str
    verdict: Verdict
    text: str | None
    score: float
    probability: float | None
    reason: str | None
    citations: tuple[Citation, ...]
    closest: Citation | None
    best_span: AnswerSpan | None
    passages: tuple[ScoredPassage, ...]
    article: Article
    retrieve_ms: float
    read_ms: float
    elapsed_ms: float
