"""`Passage`, and cutting an article into passages that the embedding model reads whole."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.article import Article
from index.paragraphs import Paragraph
from index.sentences import split_sentences
from index.spans import Span, stripped

# Part of an index's key: a change of the rules below makes saved passages void.
SPLITTING_VERSION = 1

TokenCounter = Callable[[Sequence[str]], list[int]]

# A word-piece model reads a very long word as one unknown token, that is, not at all. Text is
# therefore counted as at least one token for so many code points.
_CODE_POINTS_PER_TOKEN = 10
_CLAUSE_END = re.compile(r"[,;:–—、，；：)\]]\s+|[、，；：]")
_WORD_END = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A cut of the article of a few whole sentences.

    Attributes:
        text: the article's words from `start` to `end`.
        start: offset of the first code point in `Article.text`.
        end: offset behind the last code point.
        paragraph: number of the paragraph that it was cut from.
        sentences: spans of its sentences; headings inside the passage are not among them.
    """

    text: str
    start: int
    end: int
    paragraph: int
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never parted: a sentence, a heading, or a piece of a sentence that is too long."""

    span: Span
    paragraph: int
    is_sentence: bool
    tokens: int


def split_passages(
    article: Article, count_tokens: TokenCounter, max_tokens: int
) -> tuple[Passage, ...]:
    """Cut an article into passages.

    A passage never reaches over the end of its paragraph; a heading goes with the passage that
    follows it. Only a sentence that is longer than a passage may be is cut, at the end of a clause
    or else between words.

    Args:
        article: what to cut; its header lines are left out.
        count_tokens: the embedding model's count for each text, special tokens included.
        max_tokens: longest passage, in the model's tokens, special tokens included.

    Returns:
        The passages in order. Together they hold every non-space character of the body.
    """
    special = count_tokens([""])[0]
    budget = max_tokens - special
    if budget < 1:
        raise ValueError(f"max_tokens must exceed the {special} special tokens, not {max_tokens}")
    counter = _Counter(article.text, count_tokens, special)
    units = list(_units(article, counter, budget))
    passages: list[Passage] = []
    for group in _pack(units, counter, budget):
        start, end = group[0].span.start, group[-1].span.end
        sentences = tuple(unit.span for unit in group if unit.is_sentence)
        passages.append(
            Passage(article.text[start:end], start, end, group[-1].paragraph, sentences)
        )
    return tuple(passages)


class _Counter:
    """Counts a span's tokens without the special ones."""

    def __init__(self, text: str, count_tokens: TokenCounter, special: int) -> None:
        self._text = text
        self._count_tokens = count_tokens
        self._special = special

    def __call__(self, spans: Sequence[Span]) -> list[int]:
        counts = self._count_tokens([self._text[span.start : span.end] for span in spans])
        return [
            max(count - self._special, (span.end - span.start) // _CODE_POINTS_PER_TOKEN)
            for count, span in zip(counts, spans, strict=True)
        ]


def _units(article: Article, counter: _Counter, budget: int) -> Iterator[_Unit]:
    sentences: list[tuple[Span, Paragraph]] = []
    for paragraph in article.paragraphs:
        found = [Span(paragraph.start, paragraph.end)]
        if paragraph.kind != "heading":
            found = split_sentences(article.text, found[0], article.sentence_language)
        sentences.extend((sentence, paragraph) for sentence in found)
    counts = counter([span for span, _ in sentences])
    for (span, paragraph), tokens in zip(sentences, counts, strict=True):
        is_sentence = paragraph.kind != "heading"
        if tokens <= budget:
            yield _Unit(span, paragraph.number, is_sentence, tokens)
            continue
        for piece in _cut(article.text, span, counter, budget):
            yield _Unit(piece, paragraph.number, is_sentence, counter([piece])[0])


def _pack(units: list[_Unit], counter: _Counter, budget: int) -> Iterator[list[_Unit]]:
    """Group neighbouring units of one paragraph so that each group keeps within the budget."""
    group: list[_Unit] = []
    for unit in units:
        if group and not _fits(group, unit, counter, budget):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _fits(group: list[_Unit], unit: _Unit, counter: _Counter, budget: int) -> bool:
    if unit.paragraph != group[-1].paragraph or (group[-1].is_sentence and not unit.is_sentence):
        return False
    if sum(member.tokens for member in group) + unit.tokens > budget:
        return False
    # Some tokenizers count a joined text higher than its parts.
    return counter([Span(group[0].span.start, unit.span.end)])[0] <= budget


def _cut(text: str, span: Span, counter: _Counter, budget: int) -> Iterator[Span]:
    """Halve a span until each piece fits, near its middle, at the best place for a cut."""
    if span.end - span.start <= 1 or counter([span])[0] <= budget:
        yield span
        return
    place = _cutting_place(text, span)
    for piece in (Span(span.start, place), Span(place, span.end)):
        bare = stripped(text, piece)
        if bare.start < bare.end:
            yield from _cut(text, bare, counter, budget)


def _cutting_place(text: str, span: Span) -> int:
    middle = (span.start + span.end) // 2
    quarter = max((span.end - span.start) // 4, 1)
    for boundary in (_CLAUSE_END, _WORD_END):
        ends = [
            match.end()
            for match in boundary.finditer(text, middle - quarter, middle + quarter)
            if span.start < match.end() < span.end
        ]
        if ends:
            return min(ends, key=lambda end: abs(end - middle))
    # A letter that bears more marks than that is cut between its marks.
    places = range(middle, min(middle + quarter, span.end))
    return next((place for place in places if not _joins_previous(text[place])), middle)


def _joins_previous(character: str) -> bool:
    """Whether a character is drawn together with the one before it."""
    return unicodedata.combining(character) != 0 or character in "\u200c\u200d\ufe0e\ufe0f"
