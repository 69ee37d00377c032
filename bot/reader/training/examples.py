"""Groups to learn from: a question with a passage that answers it, and with ones that do not."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from bot.reader.training.perturb import Perturber, holds_answer, shared_words
from bot.reader.training.sources import Asked, Context
from index.spans import Span

# Passages in use are whole paragraphs of up to 256 tokens, so many are learnt from; the others are
# shorter, which is faster and puts answers at all places.
_WHOLE_SHARE = 0.3
_LONGEST = 1_000  # code points
_SHORTEST = 150
_LONGEST_CUT = 650
_NEIGHBOURS = 24  # paragraphs of the article that are looked at for one without the answer
_HARDEST = 4
_WITHOUT_ANSWER_SHARE = 0.25
_RIVAL_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to read.

    Attributes:
        question: what is asked.
        passage: what is read.
        answer: span in `passage`; None where it does not say.
    """

    question: str
    passage: str
    answer: Span | None


@dataclass(frozen=True, slots=True)
class Group:
    """Examples that are learnt together.

    Attributes:
        first: answerable, unless nothing goes with it.
        counterpart: much like it, and not answerable; None if none was found.
        rival: the same question with another passage of the article, which does not answer it; None
            if none was looked for or found.
    """

    first: Example
    counterpart: Example | None = None
    rival: Example | None = None


class GroupMaker:
    """Makes the groups of an epoch; each is the same for the same seed, whatever came before."""

    def __init__(self, perturber: Perturber) -> None:
        """Take what makes questions unanswerable."""
        self._perturber = perturber

    def group(self, asked: Asked, alike: Asked | None, rng: random.Random) -> Group:
        """Return an example and what goes with it.

        Args:
            asked: answerable or not.
            alike: for a question without an answer, one with an answer of the same paragraph.
            rng: chooses the cuts, the counterpart and the rival.
        """
        if asked.answer is None:
            example = Example(asked.question, _any_cut(asked, rng), None)
            if alike is None or alike.answer is None:
                return Group(example)
            return Group(_answered(alike, alike.answer, rng), example, self._rival(alike, rng))
        positive = _answered(asked, asked.answer, rng)
        counterpart = self._counterpart(asked, asked.answer, positive, rng)
        return Group(positive, counterpart, self._rival(asked, rng))

    def _counterpart(
        self, asked: Asked, answer: Span, positive: Example, rng: random.Random
    ) -> Example | None:
        if rng.random() < _WITHOUT_ANSWER_SHARE:
            return _without_answer(asked, answer, rng) or self._changed(asked, positive, rng)
        return self._changed(asked, positive, rng) or _without_answer(asked, answer, rng)

    def _rival(self, asked: Asked, rng: random.Random) -> Example | None:
        return _elsewhere(asked, rng) if rng.random() < _RIVAL_SHARE else None

    def _changed(self, asked: Asked, positive: Example, rng: random.Random) -> Example | None:
        near = rng.sample(asked.neighbours, min(8, len(asked.neighbours)))
        article = "\n".join(context.text for context in near)
        question = self._perturber.perturb(asked.question, asked.context.text, article, rng)
        return None if question is None else Example(question, positive.passage, None)


def _answered(asked: Asked, answer: Span, rng: random.Random) -> Example:
    cut = _cut(asked.context, answer, rng)
    passage = asked.context.text[cut.start : cut.end]
    return Example(asked.question, passage, Span(answer.start - cut.start, answer.end - cut.start))


def _any_cut(asked: Asked, rng: random.Random) -> str:
    """Return a passage of the paragraph that an unanswerable question was written for.

    Mostly the whole, as nobody said which sentence it was written to look answered by.
    """
    text = asked.context.text
    if len(text) <= _LONGEST or not asked.context.sentences:
        return text
    cut = _cut(asked.context, _likest(asked.question, asked.context), rng, _LONGEST)
    return text[cut.start : cut.end]


def _elsewhere(asked: Asked, rng: random.Random) -> Example | None:
    """Return the question with a passage of the same article that does not hold the answer.

    It is cut around the sentence that shares most words with the question, as a retriever would.
    """
    others = [context for context in asked.neighbours if context is not asked.context]
    others = rng.sample(others, min(_NEIGHBOURS, len(others)))
    others = [context for context in others if not holds_answer(context.text, asked.answers)]
    others.sort(key=lambda context: -shared_words(asked.question, context.text))
    if not others:
        return None
    context = rng.choice(others[:_HARDEST])
    if not context.sentences:
        return None
    cut = _cut(context, _likest(asked.question, context), rng)
    return Example(asked.question, context.text[cut.start : cut.end], None)


def _likest(question: str, context: Context) -> Span:
    """Return the sentence that shares most words with a question, the first of equals."""
    return max(
        context.sentences,
        key=lambda span: shared_words(question, context.text[span.start : span.end]),
    )


def _without_answer(asked: Asked, answer: Span, rng: random.Random) -> Example | None:
    """Return the question with its own passage, less the sentences that hold an answer."""
    text = asked.context.text
    cut = _cut(asked.context, answer, rng, _LONGEST)
    kept = [
        text[span.start : span.end]
        for span in asked.context.sentences
        if cut.start <= span.start
        and span.end <= cut.end
        and (span.end <= answer.start or answer.end <= span.start)
        and not holds_answer(text[span.start : span.end], asked.answers)
    ]
    return Example(asked.question, " ".join(kept), None) if kept else None


def _cut(context: Context, around: Span, rng: random.Random, length: int | None = None) -> Span:
    """Return a span of whole sentences around another, with a random length and place."""
    if length is None:
        whole = rng.random() < _WHOLE_SHARE
        length = _LONGEST if whole else rng.randint(_SHORTEST, _LONGEST_CUT)
    sentences = context.sentences
    inside = [
        place
        for place, span in enumerate(sentences)
        if span.start < around.end and around.start < span.end
    ]
    if not inside:
        return Span(0, len(context.text))
    first, last = inside[0], inside[-1]
    while True:
        grown = [
            (low, high)
            for low, high in ((first - 1, last), (first, last + 1))
            if low >= 0
            and high < len(sentences)
            and sentences[high].end - sentences[low].start <= length
        ]
        if not grown:
            break
        first, last = rng.choice(grown)
    start = min(sentences[first].start, around.start)
    return Span(start, max(sentences[last].end, around.end))


def most_alike(asked: Asked, others: Sequence[Asked]) -> Asked | None:
    """Return the answerable question of the same paragraph that shares most words; None if none."""
    same = [other for other in others if other.context is asked.context and other.answer]
    return max(same, key=lambda other: shared_words(asked.question, other.question), default=None)
