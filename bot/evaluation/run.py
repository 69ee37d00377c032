"""`Run`: everything that one evaluation found, from which all figures can be redone.

A run is saved as `run.json`. Metrics, comparisons, SQuAD files and the report are computed from it
alone, without an article or a model.
"""

from dataclasses import dataclass
from typing import Any, Literal

RUN_SCHEMA_VERSION = 1

# How the questions were asked: of the whole article, of the right paragraph only, or of another
# article, where nothing answers.
Mode = Literal["article", "gold_passage", "mismatch"]
MODE_DESCRIPTIONS: dict[Mode, str] = {
    "article": "asked of the whole article",
    "gold_passage": "asked of the right paragraph only",
    "mismatch": "asked of another article: none can be answered",
}

# What `--na-prob-thresh` of the SQuAD 2.0 script must be to reproduce the decisions of any run.
NA_PROB_THRESHOLD = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article.

    Attributes:
        text: the words, cut from the article.
        start: offset of the first code point.
        end: offset behind the last.
        paragraph: number of the paragraph; 0 for a header line.
        sentence: the sentence around them.
        sentence_start: offset of the sentence.
    """

    text: str
    start: int
    end: int
    paragraph: int
    sentence: str
    sentence_start: int


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """A passage as it was ranked: where it is, without its text."""

    paragraph: int
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """One question, what is right, and what the bot did.

    Attributes:
        id: unique in the run.
        article: key of the article that was asked.
        question: as it was asked.
        tags: the set's own.
        gold: acceptable answers; empty if the article does not say (always, in a mismatch).
        gold_spans: `[start, end)` of each gold answer in the article.
        gold_evidence: `[start, end)` of each sentence that gives the answer.
        gold_paragraphs: their paragraphs' numbers.
        gold_sentence: the first gold sentence, to show; None if the article does not say.
        values: where the article gives several answers, the alternatives for each.
        verdict: the bot's.
        prediction: the bot's answer; None where it says that the article does not say.
        score: of the best span; higher is better.
        best_span: the best span that was found, also where the bot refuses; None if none was.
        citations: of the answer.
        verbatim: whether every citation's quote is the article's text at its offsets.
        passages: as retrieved, best first.
        retrieve_ms: time of retrieving, in milliseconds.
        read_ms: time of reading.
        total_ms: time of answering.
        error: what the bot said instead of answering; None if it answered or refused.
    """

    id: str
    article: str
    question: str
    tags: tuple[str, ...]
    gold: tuple[str, ...]
    gold_spans: tuple[tuple[int, int], ...]
    gold_evidence: tuple[tuple[int, int], ...]
    gold_paragraphs: tuple[int, ...]
    gold_sentence: str | None
    values: tuple[tuple[str, ...], ...]
    verdict: str
    prediction: str | None
    score: float
    best_span: Place | None
    citations: tuple[Place, ...]
    verbatim: bool
    passages: tuple[RetrievedPassage, ...]
    retrieve_ms: float
    read_ms: float
    total_ms: float
    error: str | None = None

    @property
    def is_answerable(self) -> bool:
        """Whether the asked article answers it."""
        return bool(self.gold)


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article that was asked.

    Attributes:
        key: as in `QuestionRecord.article`.
        title: the headline, if known.
        sha256: of the bytes read.
        paragraphs: number of paragraphs.
        passages: number of passages.
        index_s: seconds that building its index took; 0 if it was loaded.
    """

    key: str
    title: str | None
    sha256: str
    paragraphs: int
    passages: int
    index_s: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the run took.

    Attributes:
        start_up_s: loading the models, in seconds.
        elapsed_s: the whole run.
        overhead_s: of it, neither start-up, building indexes, retrieving nor reading.
        peak_memory_mb: largest resident size of the process, in megabytes.
    """

    start_up_s: float
    elapsed_s: float
    overhead_s: float
    peak_memory_mb: float


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation.

    Attributes:
        mode: how the questions were asked.
        question_set: name, format and sha256 of the set.
        seed: of the sample.
        limit: size of the sample; None for the whole set.
        settings: without secrets.
        versions: of what computes.
        created: date and time, ISO 8601.
        threshold: the score from which the bot answered.
        articles: that were asked.
        records: in the order asked.
        cost: of the run.
        complete: whether every question was asked.
        score_is_probability: whether `QuestionRecord.score` is the calibrated probability, from 0
            to 1, that the best span is right.
        na_prob_thresh: what `--na-prob-thresh` of the official SQuAD 2.0 script must be, beside
            `na_prob.json`, to come to the same decisions.
    """

    mode: Mode
    question_set: dict[str, str]
    seed: int
    limit: int | None
    settings: dict[str, Any]
    versions: dict[str, str]
    created: str
    threshold: float
    articles: tuple[ArticleRecord, ...]
    records: tuple[QuestionRecord, ...]
    cost: Cost
    complete: bool
    score_is_probability: bool = False
    na_prob_thresh: float = NA_PROB_THRESHOLD
