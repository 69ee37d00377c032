"""`ReadStatement`: the statements of an article with the names and reporting phrases in them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.speakers.cue import Cue
from bot.speakers.cues import find_cues
from bot.speakers.names import NameFinder, NameRun
from bot.speakers.quotations import Quotation, find_quotations
from bot.speakers.words import Statement, Word, masked, statements
from index.article import Article
from index.sentences import split_sentences
from index.spans import Span

HEADLINE = -1


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """One statement, read.

    Attributes:
        words: its words; a quotation is one of them.
        paragraph: position of its paragraph in the article; -1 for the article's title.
        runs: the names in it, outside quotations.
        cues: its reporting phrases.
        is_headline: whether it is the title or a heading.
    """

    words: tuple[Word, ...]
    paragraph: int
    runs: tuple[NameRun, ...]
    cues: tuple[Cue, ...]
    is_headline: bool = False

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.words[0].start, self.words[-1].end)

    def range(self, first: int, end: int) -> Span:
        """Return where the words from `first` to before `end` stand, without a possessive's end."""
        last = self.words[end - 1]
        cut = len(last.text) - len(last.bare) if last.is_possessive and end - first == 1 else 0
        return Span(self.words[first].start, last.end - cut)

    def span_of_run(self, run: NameRun) -> Span:
        """Return where a name stands, without titles and without a possessive's ending."""
        last = self.words[run.end - 1]
        return Span(self.words[run.name].start, last.start + len(last.bare))


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article's statements and quotations.

    Attributes:
        statements: of title and paragraphs, in order.
        nested: of the insides of quotations that have quotations in them.
        quotations: all, in order.
        mentions: statements as if there were no quotation marks: every name stands in one.
        sentences: of title and paragraphs, in order; those of a quotation one by one.
    """

    statements: tuple[ReadStatement, ...]
    nested: tuple[ReadStatement, ...]
    quotations: tuple[Quotation, ...]
    mentions: tuple[ReadStatement, ...]
    sentences: tuple[Span, ...]


def read_statements(article: Article) -> ReadArticle:
    """Find an article's statements, quotations, names and reporting phrases.

    Args:
        article: of any language; reporting phrases are found in English only.
    """
    text, language = article.text, article.sentence_language
    spans = _blocks(article)
    headlines = {HEADLINE, *(n for n, p in enumerate(article.paragraphs) if p.kind == "heading")}
    quotations = find_quotations(text, list(spans.values()))
    sentences = {number: split_sentences(text, span, language) for number, span in spans.items()}
    plain = {n: tuple(statements(text, some, (), n)) for n, some in sentences.items()}
    names = NameFinder(s for n, some in plain.items() if n not in headlines for s in some)
    read = {n: [_read(s, names, headline=n in headlines) for s in plain[n]] for n in spans}
    mentions = [s for n, some in read.items() if n not in headlines for s in some]
    for number, some in _split(text, spans, quotations, language):
        read[number] = [_read(s, names, headline=number in headlines) for s in some]
    inner = _split_insides(text, spans, quotations, language)
    return ReadArticle(
        tuple(statement for some in read.values() for statement in some),
        tuple(_read(s, names, headline=False) for s in inner),
        quotations,
        tuple(mentions),
        tuple(sentence for some in sentences.values() for sentence in some),
    )


def _blocks(article: Article) -> dict[int, Span]:
    """Return the title, if it stands before the body, and the paragraphs by their positions."""
    title = article.field("title")
    spans = {number: Span(p.start, p.end) for number, p in enumerate(article.paragraphs)}
    if title is None or any(span.start <= title.span.start for span in spans.values()):
        return spans
    return {HEADLINE: title.span, **spans}


def _read(statement: Statement, names: NameFinder, *, headline: bool) -> ReadStatement:
    runs = tuple(names.runs(statement.words, headline=headline))
    cues = find_cues(statement.words, runs, headline=headline)
    return ReadStatement(statement.words, statement.paragraph, runs, cues, headline)


def _split(
    text: str, spans: dict[int, Span], quotations: Sequence[Quotation], language: str
) -> Iterator[tuple[int, list[Statement]]]:
    """Yield the statements of the paragraphs that have quotations, with these masked."""
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    hidden = masked(text, outer)
    for number, inside in _by_block(spans, outer):
        sentences = split_sentences(hidden, spans[number], language)
        yield number, list(statements(hidden, sentences, inside, number))


def _split_insides(
    text: str, spans: dict[int, Span], quotations: Sequence[Quotation], language: str
) -> Iterator[Statement]:
    """Yield the statements inside the quotations that have quotations in them."""
    outer = [quotation for quotation in quotations if quotation.depth == 0]
    nested = [quotation for quotation in quotations if quotation.depth == 1]
    around = {position: quotation.inner for position, quotation in enumerate(outer)}
    numbers = {q: number for number, inside in _by_block(spans, outer) for q in inside}
    hidden = masked(text, nested)
    for position, inside in _by_block(around, nested):
        sentences = split_sentences(hidden, around[position], language)
        yield from statements(hidden, sentences, inside, numbers[outer[position]])


def _by_block(
    blocks: dict[int, Span], quotations: Sequence[Quotation]
) -> Iterator[tuple[int, list[Quotation]]]:
    """Yield the blocks that have quotations, with these; both are in order."""
    at = 0
    for number, block in blocks.items():
        inside = []
        while at < len(quotations) and quotations[at].outer.start < block.end:
            inside.append(quotations[at])
            at += 1
        if inside:
            yield number, inside
