"""Logits → the spans of a passage that may answer: whole words, inside one sentence, tidy ends."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.reader.encoding import Window
from bot.reader.span_model import SpanLogits
from bot.reader.tidying import tidied
from index.embedding import FloatArray
from index.spans import Span

_LONGEST_ANSWER = 40  # tokens
_CANDIDATES = 20  # for each window

# What is one word to a reader: "3.5", "0.4%", "al-Abadi", "U.S.", "don't", "1,000", "09:06".
_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:[-'’·.,:/&_][^\W_]+)*"
)


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """A span of a passage.

    Attributes:
        span: in the passage.
        sentence: number of its sentence in the passage.
        score: sum of the logits of its ends; comparable within one window alone.
    """

    span: Span
    sentence: int
    score: float


@dataclass(frozen=True, slots=True)
class PassageText:
    """A passage's text and its sentences, as spans in it, in order."""

    text: str
    sentences: Sequence[Span]


def candidate_spans(passage: PassageText, window: Window, logits: SpanLogits) -> list[ScoredSpan]:
    """Return the likeliest spans of a window, the likeliest first; ties by position.

    A span begins and ends with a word of one sentence. Punctuation and quotation marks that the
    span does not hold whole are dropped from its ends.
    """
    starts, ends = _inside(logits.starts, window), _inside(logits.ends, window)
    may_start, may_end = _word_ends(passage.text, window.offsets)
    sentences = _sentence_numbers(passage.sentences, window.offsets)
    may_start &= sentences >= 0
    may_end &= sentences >= 0
    scores = _span_scores(
        np.where(may_start, starts, -np.inf), np.where(may_end, ends, -np.inf), sentences
    )
    found: dict[Span, ScoredSpan] = {}
    for place in _highest(scores):
        first, further = divmod(int(place), scores.shape[1])
        score = float(scores[first, further])
        if score == -np.inf:
            break
        last = first + further
        whole = Span(int(window.offsets[first, 0]), int(window.offsets[last, 1]))
        span = tidied(passage.text, whole)
        # A token may begin in the sentence before: "feed.Soldiers".
        begin = passage.sentences[int(sentences[first])].start
        if begin <= span.start < span.end and span not in found:
            found[span] = ScoredSpan(span, int(sentences[first]), score)
    return list(found.values())


def no_answer_score(logits: SpanLogits) -> float:
    """Return the score of "no answer in this window", on the scale of its spans."""
    return float(logits.starts[0]) + float(logits.ends[0])


def _inside(logits: FloatArray, window: Window) -> FloatArray:
    """Return the logits of the passage's tokens."""
    return logits[window.first : window.first + len(window.offsets)]


def _word_ends(
    text: str, offsets: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Return which tokens do not begin in the middle of a word, and which do not end in one."""
    in_middle = np.zeros(len(text) + 1, dtype=np.bool_)
    for match in _WORD.finditer(_with_letters_for_marks(text)):
        in_middle[match.start() + 1 : match.end()] = True
    has_text = offsets[:, 0] < offsets[:, 1]
    return ~in_middle[offsets[:, 0]] & has_text, ~in_middle[offsets[:, 1]] & has_text


def _with_letters_for_marks(text: str) -> str:
    """Return a text, as long, whose vowel signs and accents count as letters: "हिन्दी" is a word."""
    if text.isascii():
        return text
    return "".join("x" if unicodedata.category(sign)[0] == "M" else sign for sign in text)


def _sentence_numbers(
    sentences: Sequence[Span], offsets: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Return each token's sentence, -1 for one outside of all, such as a heading's."""
    begins = [span.start for span in sentences]
    numbers = []
    for start, end in offsets.tolist():
        number = bisect_right(begins, max(start, end - 1)) - 1
        inside = number >= 0 and end <= sentences[number].end
        numbers.append(number if inside else -1)
    return np.array(numbers, dtype=np.int64)


def _span_scores(
    starts: FloatArray, ends: FloatArray, sentences: npt.NDArray[np.int64]
) -> FloatArray:
    """Return the score of each span by first token and further tokens; shape `(n, longest)`.

    -inf for those that reach over the end of a sentence.
    """
    count, longest = len(starts), min(_LONGEST_ANSWER, len(starts))
    scores = np.full((count, longest), -np.inf, dtype=np.float32)
    for length in range(longest):
        first = slice(0, count - length)
        last = slice(length, count)
        same = sentences[first] == sentences[last]
        scores[first, length] = np.where(same, starts[first] + ends[last], -np.inf)
    return scores


def _highest(scores: FloatArray) -> npt.NDArray[np.int64]:
    """Return the places of the highest scores, highest first, ties by position."""
    flat = scores.ravel()
    count = min(_CANDIDATES, len(flat))
    if count == 0:
        return np.empty(0, dtype=np.int64)
    lowest = np.partition(flat, len(flat) - count)[len(flat) - count]
    places = np.flatnonzero(flat >= lowest)
    return places[np.lexsort((places, -flat[places]))][:count]
