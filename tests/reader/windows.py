"""Windows and candidates without a tokenizer or a model."""

import re
from collections.abc import Sequence

import numpy as np

from bot.reader.candidates import Candidate
from bot.reader.encoding import Window
from bot.reader.span_model import SpanLogits
from index.passages import Passage
from index.retriever import ScoredPassage
from index.sentences import split_sentences
from index.spans import Span

FIRST = 3  # place of the passage's first token: behind "no answer" and a question of two tokens


def window_of(offsets: Sequence[tuple[int, int]], first: int = FIRST) -> Window:
    """Return a window whose passage has tokens there, with one sign behind it."""
    count = first + len(offsets) + 1
    types = np.zeros(count, dtype=np.int64)
    types[first:] = 1
    places = np.array(offsets, dtype=np.int64).reshape(-1, 2)
    return Window(np.arange(count, dtype=np.int64), types, first, places)


def words_of(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the pieces between spaces."""
    return [match.span() for match in re.finditer(r"\S+", text)]


def logits_of(
    count: int, starts: dict[int, float], ends: dict[int, float], first: int = FIRST
) -> SpanLogits:
    """Return logits of `count` tokens of a passage: as given for some of them, else -9."""

    def row(given: dict[int, float]) -> np.ndarray:
        logits = np.full(first + count + 1, -9.0, dtype=np.float32)
        for place, value in given.items():
            logits[place if place < 0 else first + place] = value
        return logits

    return SpanLogits(row(starts), row(ends))


def scored(
    text: str,
    *,
    start: int = 0,
    paragraph: int = 1,
    score: float = 0.5,
    sentences: Sequence[Span] | None = None,
) -> ScoredPassage:
    """Return a passage of an article that begins with `start` other characters."""
    own = split_sentences(text) if sentences is None else sentences
    spans = tuple(Span(span.start + start, span.end + start) for span in own)
    passage = Passage(text, start, start + len(text), paragraph, spans)
    return ScoredPassage(passage, score, tuple(score - place / 100 for place in range(len(spans))))


def candidate(
    passage: ScoredPassage,
    words: str,
    *,
    span_score: float = 5.0,
    no_answer_score: float = 0.0,
    sentence_score: float | None = None,
) -> Candidate:
    """Return the first occurrence of words in a passage as a candidate."""
    start = passage.passage.start + passage.passage.text.index(words)
    span = Span(start, start + len(words))
    number, sentence = next(
        (number, sentence)
        for number, sentence in enumerate(passage.passage.sentences)
        if sentence.start <= span.start and span.end <= sentence.end
    )
    own = passage.sentence_scores[number]
    return Candidate(
        span=span,
        sentence=sentence,
        text=words,
        passage=passage,
        span_score=span_score,
        no_answer_score=no_answer_score,
        sentence_score=own if sentence_score is None else sentence_score,
    )
