"""Candidates: the spans of all passages that were read, with what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reader.decoding import PassageText, candidate_spans, no_answer_score
from bot.reader.span_model import SpanModel
from index.retriever import ScoredPassage
from index.spans import Span

# From this evidence on, the reader itself says that a passage answers.
MIN_EVIDENCE = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may answer a question.

    Attributes:
        span: in `Article.text`.
        sentence: the sentence around them.
        text: the words.
        passage: that they stand in.
        span_score: of the reader for the span; a sum of logits.
        no_answer_score: of the reader for "no answer in this passage", on the same scale.
        sentence_score: of the retriever, for the sentence.
    """

    span: Span
    sentence: Span
    text: str
    passage: ScoredPassage
    span_score: float
    no_answer_score: float
    sentence_score: float

    @property
    def evidence(self) -> float:
        """How far the reader puts the words above "no answer in this passage"."""
        return self.span_score - self.no_answer_score


def find_candidates(
    model: SpanModel, question: str, passages: Sequence[ScoredPassage]
) -> list[Candidate]:
    """Read passages one by one and return the likeliest spans of each, in the passages' order."""
    windows = model.windows(question, [scored.passage.text for scored in passages])
    logits = iter(model.logits([window for of_one in windows for window in of_one]))
    found: list[Candidate] = []
    for scored, of_one in zip(passages, windows, strict=True):
        passage = scored.passage
        sentences = [
            Span(span.start - passage.start, span.end - passage.start) for span in passage.sentences
        ]
        for window in of_one:
            read = next(logits)
            for span in candidate_spans(PassageText(passage.text, sentences), window, read):
                found.append(
                    Candidate(
                        span=Span(span.span.start + passage.start, span.span.end + passage.start),
                        sentence=passage.sentences[span.sentence],
                        text=passage.text[span.span.start : span.span.end],
                        passage=scored,
                        span_score=span.score,
                        no_answer_score=no_answer_score(read),
                        sentence_score=scored.sentence_scores[span.sentence],
                    )
                )
    return found
