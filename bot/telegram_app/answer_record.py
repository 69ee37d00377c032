"""An answer as it is kept: offsets and scores, from which its articles' texts give it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bot.answer import Answer, Verdict
from bot.telegram_app.placed_parts import (
    CitationRecord,
    Offsets,
    Part,
    PassageRecord,
    Places,
    SpanRecord,
    Whole,
    offsets_of,
)
from index.article import Article
from index.joined import JoinedArticle
from index.spans import Span

RECORD_VERSION = 2
# The first version knew one article, by the bytes that were read.
_BY_BYTES = "sha256:"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer stands in a chat.

    Attributes:
        names_asker: whether its first line names who asked; the name itself is not kept.
        quoted: what its reply quotes of the article's message; None where it quotes nothing.
    """

    names_asker: bool = False
    quoted: Span | None = None


class _Record(Part):
    version: int
    article_sha256: str = ""
    articles: tuple[str, ...] = ()
    of_several: bool = False
    question: str
    verdict: Verdict
    reason: str | None
    score: float
    probability: float | None
    citations: tuple[CitationRecord, ...]
    closest: CitationRecord | None
    best_span: SpanRecord | None
    passages: tuple[PassageRecord, ...]
    times_ms: tuple[float, float, float]
    names_asker: bool = False
    quoted: Offsets | None = None

    @property
    def references(self) -> tuple[str, ...]:
        """By what the articles are found, in the order of their numbers."""
        return self.articles or (f"{_BY_BYTES}{self.article_sha256}",)


def record_of(answer: Answer, shown: Shown = Shown()) -> str:  # noqa: B008 - frozen
    """Return an answer as JSON; the articles' words are in it as offsets only.

    Takes milliseconds for a long article: not for the event loop.

    Args:
        answer: what to keep.
        shown: how it stands in its chat.
    """
    best, asked = answer.best_span, answer.article
    places = Places(asked)
    return _Record(
        version=RECORD_VERSION,
        citations=tuple(map(places.citation, answer.citations)),
        closest=places.citation(answer.closest) if answer.closest else None,
        best_span=places.span(best) if best else None,
        passages=tuple(map(places.passage, answer.passages)),
        articles=places.references(),
        of_several=isinstance(asked, JoinedArticle),
        question=answer.question,
        verdict=answer.verdict,
        reason=answer.reason,
        score=answer.score,
        probability=answer.probability,
        times_ms=(answer.retrieve_ms, answer.read_ms, answer.elapsed_ms),
        names_asker=shown.names_asker,
        quoted=offsets_of(shown.quoted) if shown.quoted else None,
    ).model_dump_json()


def references_in(record: str) -> tuple[str, ...]:
    """Return by what the articles of an answer are found; nothing where it cannot be read.

    Each is an id of the library, or what `by_bytes` gives for an article of an earlier version.
    """
    kept = _read(record)
    return kept.references if kept is not None else ()


def by_bytes(article: Article) -> str:
    """Return by what an earlier version has known an article."""
    return f"{_BY_BYTES}{article.sha256}"


def answer_from(record: str, known: Mapping[str, Article]) -> Answer | None:
    """Return the answer that a record keeps.

    Args:
        record: as `record_of` returned it.
        known: the articles that there are, by reference. What was retrieved from others is left
            out.

    Returns:
        None where an article that is quoted is not there, or the record is damaged or of another
        version.
    """
    kept = _read(record)
    if kept is None:
        return None
    found = [number for number, reference in enumerate(kept.references) if reference in known]
    articles = {number: known[kept.references[number]] for number in found}
    if not _quoted_numbers(kept) <= articles.keys() or not articles or not _fits(kept, articles):
        return None
    if len(articles) > 1 and not kept.of_several:
        return None
    whole = Whole(articles, of_several=kept.of_several)
    best = kept.best_span
    retrieve_ms, read_ms, elapsed_ms = kept.times_ms
    best_span = whole.span(best) if best else None
    return Answer(
        question=kept.question,
        verdict=kept.verdict,
        text=whole.article.quote(best_span.span) if best_span and kept.citations else None,
        score=kept.score,
        probability=kept.probability,
        reason=kept.reason,
        citations=tuple(map(whole.citation, kept.citations)),
        closest=whole.citation(kept.closest) if kept.closest else None,
        best_span=best_span,
        passages=tuple(whole.passage(one) for one in kept.passages if one.article in articles),
        article=whole.article,
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
    return kept if 1 <= kept.version <= RECORD_VERSION else None


def _quoted(kept: _Record) -> Iterable[CitationRecord | SpanRecord]:
    return (one for one in (*kept.citations, kept.closest, kept.best_span) if one is not None)


def _quoted_numbers(kept: _Record) -> set[int]:
    return {one.article for one in _quoted(kept)}


def _fits(kept: _Record, articles: Mapping[int, Article]) -> bool:
    """Whether all offsets are in their articles: a record is read from a disk."""
    return all(
        0 <= start <= end <= len(articles[number].text)
        for number, (start, end) in _all_offsets(kept)
        if number in articles
    )


def _all_offsets(kept: _Record) -> Iterable[tuple[int, Offsets]]:
    for one in _quoted(kept):
        yield one.article, one.span
        yield one.article, one.sentence
    for passage in kept.passages:
        yield passage.article, passage.span
        yield from ((passage.article, sentence) for sentence in passage.sentences)
