"""An answer as it is kept: offsets and scores, from which the article's text gives it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.answer import Answer, AnswerSpan, Citation, Verdict
from index.article import Article
from index.passages import Passage
from index.retriever import ScoredPassage
from index.spans import Span

RECORD_VERSION = 1

_Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer stands in a chat.

    Attributes:
        names_asker: whether its first line names who asked; the name itself is not kept.
        quoted: what its reply quotes of the article's message; None where it quotes nothing.
    """

    names_asker: bool = False
    quoted: Span | None = None


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class _SpanRecord(_Part):
    span: _Offsets
    sentence: _Offsets
    paragraph: int
    score: float


class _PassageRecord(_Part):
    span: _Offsets
    paragraph: int
    score: float
    sentences: tuple[_Offsets, ...]
    sentence_scores: tuple[float, ...]


class _CitationRecord(_Part):
    number: int
    span: _Offsets
    sentence: _Offsets
    paragraph: int


class _Record(_Part):
    version: int
    article_sha256: str
    question: str
    verdict: Verdict
    reason: str | None
    score: float
    probability: float | None
    citations: tuple[_CitationRecord, ...]
    closest: _CitationRecord | None
    best_span: _SpanRecord | None
    passages: tuple[_PassageRecord, ...]
    times_ms: tuple[float, float, float]
    names_asker: bool = False
    quoted: _Offsets | None = None


def record_of(answer: Answer, shown: Shown = Shown()) -> str:  # noqa: B008 - frozen
    """Return an answer as JSON; the article's words are in it as offsets only.

    Args:
        answer: what to keep.
        shown: how it stands in its chat.
    """
    best = answer.best_span
    return _Record(
        version=RECORD_VERSION,
        article_sha256=answer.article.sha256,
        question=answer.question,
        verdict=answer.verdict,
        reason=answer.reason,
        score=answer.score,
        probability=answer.probability,
        citations=tuple(map(_citation_record, answer.citations)),
        closest=_citation_record(answer.closest) if answer.closest else None,
        best_span=_span_record(best) if best else None,
        passages=tuple(map(_passage_record, answer.passages)),
        times_ms=(answer.retrieve_ms, answer.read_ms, answer.elapsed_ms),
        names_asker=shown.names_asker,
        quoted=_offsets(shown.quoted) if shown.quoted else None,
    ).model_dump_json()


def answer_from(record: str, article: Article) -> Answer | None:
    """Return the answer that a record keeps.

    Args:
        record: as `record_of` returned it.
        article: the one that is asked now.

    Returns:
        None where the answer is about another article, or the record is damaged or of another
        version.
    """
    kept = _read(record)
    if kept is None or kept.article_sha256 != article.sha256 or not _fits(kept, article):
        return None
    best = kept.best_span
    retrieve_ms, read_ms, elapsed_ms = kept.times_ms
    best_span = _answer_span(best) if best else None
    return Answer(
        question=kept.question,
        verdict=kept.verdict,
        text=article.quote(best_span.span) if best_span and kept.citations else None,
        score=kept.score,
        probability=kept.probability,
        reason=kept.reason,
        citations=tuple(_citation(article, one) for one in kept.citations),
        closest=_citation(article, kept.closest) if kept.closest else None,
        best_span=best_span,
        passages=tuple(_passage(article, one) for one in kept.passages),
        article=article,
        retrieve_ms=retrieve_ms,
        read_ms=read_ms,
        elapsed_ms=elapsed_ms,
    )


def shown_in(record: str) -> Shown:
    """Return how an answer stands in its chat, as far as its record can be read."""
    kept = _read(record)
    if kept is None:
        return Shown()
    return Shown(kept.names_asker, Span(*kept.quoted) if kept.quoted else None)


def _read(record: str) -> _Record | None:
    try:
        kept = _Record.model_validate_json(record)
    except ValidationError:
        return None
    return kept if kept.version == RECORD_VERSION else None


def _fits(kept: _Record, article: Article) -> bool:
    """Whether all offsets are in the article: a record is read from a disk."""
    return all(0 <= start <= end <= len(article.text) for start, end in _all_offsets(kept))


def _all_offsets(kept: _Record) -> Iterable[_Offsets]:
    for one in (*kept.citations, kept.closest, kept.best_span):
        if one is None:
            continue
        yield one.span
        yield one.sentence
    for passage in kept.passages:
        yield passage.span
        yield from passage.sentences


def _offsets(span: Span) -> _Offsets:
    return span.start, span.end


def _span_record(found: AnswerSpan) -> _SpanRecord:
    return _SpanRecord(
        span=_offsets(found.span),
        sentence=_offsets(found.sentence),
        paragraph=found.paragraph,
        score=found.score,
    )


def _answer_span(kept: _SpanRecord) -> AnswerSpan:
    return AnswerSpan(Span(*kept.span), Span(*kept.sentence), kept.paragraph, kept.score)


def _citation_record(citation: Citation) -> _CitationRecord:
    return _CitationRecord(
        number=citation.number,
        span=(citation.start, citation.end),
        sentence=(citation.sentence_start, citation.sentence_start + len(citation.sentence)),
        paragraph=citation.paragraph,
    )


def _citation(article: Article, kept: _CitationRecord) -> Citation:
    # A citation has no score of its own.
    found = AnswerSpan(Span(*kept.span), Span(*kept.sentence), kept.paragraph, 0.0)
    return Citation.of(article, found, kept.number)


def _passage_record(scored: ScoredPassage) -> _PassageRecord:
    passage = scored.passage
    return _PassageRecord(
        span=(passage.start, passage.end),
        paragraph=passage.paragraph,
        score=scored.score,
        sentences=tuple(map(_offsets, passage.sentences)),
        sentence_scores=scored.sentence_scores,
    )


def _passage(article: Article, kept: _PassageRecord) -> ScoredPassage:
    start, end = kept.span
    text = article.text[start:end]
    sentences = tuple(Span(*sentence) for sentence in kept.sentences)
    passage = Passage(text, start, end, kept.paragraph, sentences)
    return ScoredPassage(passage, kept.score, kept.sentence_scores)
