"""The report's list of questions: what became of each, and what the page needs to show it."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from bot.evaluation.comparison import ChangedQuestions
from bot.evaluation.report_data import QuestionScore, ReportData
from bot.evaluation.run import Place, QuestionRecord

Outcome = Literal[
    "right",
    "right_refusal",
    "partly",
    "wrong_refusal",
    "wrong_words",
    "should_have_refused",
    "error",
]

# How the page names them, from good to bad: the order of the bar and of the filter.
OUTCOME_NAMES: dict[Outcome, str] = {
    "right": "right",
    "right_refusal": "right refusal",
    "partly": "partly right",
    "wrong_refusal": "wrong refusal",
    "wrong_words": "wrong words",
    "should_have_refused": "should have refused",
    "error": "error",
}

# Bits of a piece of a sentence: gold, the bot's answer, the best words of a bot that refused.
_GOLD, _ANSWER, _CLOSEST = 1, 2, 4


def outcome(record: QuestionRecord, score: QuestionScore) -> Outcome:
    """Say what became of a question."""
    if record.error is not None:
        return "error"
    if record.prediction is None:
        return "wrong_refusal" if record.is_answerable else "right_refusal"
    if not record.is_answerable:
        return "should_have_refused"
    if score.exact >= 1:
        return "right"
    return "partly" if score.f1 > 0 else "wrong_words"


def question_entries(data: ReportData) -> list[dict[str, Any]]:
    """Return what the page shows of each question, in the order asked, ready for JSON."""
    changed = data.comparison.changed if data.comparison else ChangedQuestions((), ())
    lost, gained = frozenset(changed.right_to_wrong), frozenset(changed.wrong_to_right)
    several_articles = len(data.run.articles) > 1
    entries = []
    for record, score in zip(data.run.records, data.scores, strict=True):
        entry = _entry(record, score)
        if record.id in lost or record.id in gained:
            entry["change"] = "lost" if record.id in lost else "gained"
        if several_articles:
            entry["article"] = record.article
        entries.append(entry)
    return entries


def _entry(record: QuestionRecord, score: QuestionScore) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": record.id,
        "question": record.question,
        "outcome": outcome(record, score),
        "word": score.question_word,
        "tags": record.tags,
        "answer": record.prediction,
        "gold": list(dict.fromkeys(record.gold)),
        "f1": round(score.f1, 4),
        "score": round(record.score, 4) if math.isfinite(record.score) else None,
        "ms": [round(ms, 1) for ms in (record.retrieve_ms, record.read_ms, record.total_ms)],
        "quotes": [quote.to_json() for quote in _quotes(record)],
    }
    if record.is_answerable:
        entry["rank"] = _rank(record)
        entry["depth"] = len(record.passages)
    if record.values:
        entry["values"] = [list(alternatives) for alternatives in record.values]
    if record.error is not None:
        entry["error"] = record.error
    if not record.verbatim:
        entry["not_verbatim"] = True
    return entry


def _rank(record: QuestionRecord) -> int | None:
    """Return the rank of the first passage of a gold paragraph, from 1."""
    ranks = (
        rank
        for rank, passage in enumerate(record.passages, 1)
        if passage.paragraph in record.gold_paragraphs
    )
    return next(ranks, None)


@dataclass(slots=True)
class _Quote:
    """A sentence, and for each of its code points what it is: a sum of the bits above."""

    sentence: str
    start: int | None
    paragraph: int | None
    marks: list[int]

    def mark(self, spans: Iterable[tuple[int, int]], kind: int) -> None:
        """Mark what of these spans of the article is in the sentence."""
        if self.start is None:
            return
        for start, end in spans:
            first = max(start - self.start, 0)
            last = min(end - self.start, len(self.sentence))
            for position in range(first, last):
                self.marks[position] |= kind

    def to_json(self) -> dict[str, Any]:
        """Return the sentence cut where the marks change, so that the page counts no offsets."""
        return {"paragraph": self.paragraph, "pieces": list(self._pieces())}

    def _pieces(self) -> Iterator[list[str | int]]:
        start = 0
        for kind, marks in groupby(self.marks):
            end = start + sum(1 for _ in marks)
            yield [self.sentence[start:end], kind]
            start = end


def _quotes(record: QuestionRecord) -> list[_Quote]:
    """Return the gold sentence, then the sentences of the answer (of a refusal: the closest)."""
    quotes: list[_Quote] = []
    kind = _ANSWER if record.citations else _CLOSEST
    places = record.citations or ((record.best_span,) if record.best_span else ())
    if record.gold_sentence is not None:
        paragraph = record.gold_paragraphs[0] if record.gold_paragraphs else None
        start = _gold_sentence_start(record, record.gold_sentence)
        quotes.append(_quote(record.gold_sentence, start, paragraph))
    for place in places:
        quote = _same_sentence(quotes, place)
        if quote is None:
            quote = _quote(place.sentence, place.sentence_start, place.paragraph)
            quotes.append(quote)
        quote.mark([(place.start, place.end)], kind)
    for quote in quotes:
        quote.mark(record.gold_spans, _GOLD)
    return quotes


def _quote(sentence: str, start: int | None, paragraph: int | None) -> _Quote:
    return _Quote(sentence, start, paragraph, [0] * len(sentence))


def _same_sentence(quotes: list[_Quote], place: Place) -> _Quote | None:
    for quote in quotes:
        if (quote.sentence, quote.start) == (place.sentence, place.sentence_start):
            return quote
    return None


def _gold_sentence_start(record: QuestionRecord, sentence: str) -> int | None:
    """Find the offset that the record does not give: by the evidence, else by a gold answer."""
    for start, end in record.gold_evidence:
        if end - start == len(sentence):
            return start
    for start, end in record.gold_spans:
        for gold in record.gold:
            position = sentence.find(gold)
            if position >= 0 and len(gold) == end - start:
                return start - position
    return None
