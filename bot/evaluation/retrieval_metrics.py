"""Whether the passage that answers was found, and how high it was ranked.

Each figure comes twice. For `span_…`, a passage is right if a gold answer span, or a sentence given
as evidence, lies wholly inside it; any of them will do. For `paragraph_…`, the passages are taken
as votes for their paragraphs, each ranked by its best passage, and the paragraphs that hold the
gold spans and evidence are right.

Left out are unanswerable questions, questions whose gold is nowhere in the article, and runs in
which the right paragraph was given. A run that retrieved fewer than 10 passages a question is
scored by those: what was not retrieved was not found.
"""

import math
from collections.abc import Sequence

import numpy as np

from bot.evaluation.run import QuestionRecord, RetrievedPassage, Run
from bot.evaluation.table import Metric, Table, mean_of

DEPTHS = (1, 3, 5, 10)
_DEEPEST = 10
_NAMES = (*(f"recall@{depth}" for depth in DEPTHS), f"mrr@{_DEEPEST}", f"ndcg@{_DEEPEST}")

Gains = Sequence[bool]


def recall_at(gains: Gains, depth: int) -> float:
    """Return 1 if anything right is among the first `depth`, else 0.

    Also called top-k accuracy (Karpukhin et al. 2020): gold answers are alternatives, so one found
    is all found.
    """
    return float(any(gains[:depth]))


def reciprocal_rank(gains: Gains, depth: int = _DEEPEST) -> float:
    """Return 1 / the place of the first right one, counted from 1; 0 if it is not in `depth`.

    Its mean is the MRR (Voorhees 1999, "The TREC-8 Question Answering Track Report").
    """
    return next((1 / place for place, gain in enumerate(gains[:depth], start=1) if gain), 0.0)


def ndcg(gains: Gains, relevant: int, depth: int = _DEEPEST) -> float:
    """Return the discounted gain of the right ones over that of an ideal ranking, in [0, 1].

    A right one in place r gains 1 / log2(r + 1) (Järvelin & Kekäläinen 2002, binary gains).

    Args:
        gains: whether each is right, best first.
        relevant: how many right ones there are, at least 1.
        depth: how many places count.
    """
    discounts = [1 / math.log2(place + 1) for place in range(1, depth + 1)]
    gained = sum(discount for discount, gain in zip(discounts, gains, strict=False) if gain)
    return gained / sum(discounts[:relevant])


def span_gains(record: QuestionRecord) -> list[bool]:
    """Return for each retrieved passage whether a gold span or an evidence lies wholly inside."""
    gold = (*record.gold_spans, *record.gold_evidence)
    return [
        any(passage.start <= start and end <= passage.end for start, end in gold)
        for passage in record.passages
    ]


def paragraph_gains(record: QuestionRecord) -> list[bool]:
    """Return for each retrieved paragraph, ranked by its best passage, whether it is a gold one."""
    ranked = dict.fromkeys(passage.paragraph for passage in record.passages)
    return [paragraph in record.gold_paragraphs for paragraph in ranked]


def retrieval_columns(run: Run) -> Table:
    """Return the columns that the retrieval metrics are computed from."""
    rows = [_scores(record, run) for record in run.records]
    names = [f"{kind}_{name}" for kind in ("span", "paragraph") for name in _NAMES]
    values = np.array(rows, dtype=np.float64).reshape(-1, len(names))
    return {name: values[:, place] for place, name in enumerate(names)}


def _scores(record: QuestionRecord, run: Run) -> list[float]:
    is_counted = (
        run.mode != "gold_passage"
        and record.is_answerable
        and record.gold_paragraphs
        and (record.gold_spans or record.gold_evidence)
    )
    if not is_counted:
        return [math.nan] * (2 * len(_NAMES))
    relevant = len(set(record.gold_paragraphs))
    spans, paragraphs = span_gains(record), paragraph_gains(record)
    span_ndcg = ndcg(_first_of_each_paragraph(record.passages, spans), relevant)
    return [*_depths(spans), span_ndcg, *_depths(paragraphs), ndcg(paragraphs, relevant)]


def _depths(gains: Gains) -> list[float]:
    return [*(recall_at(gains, depth) for depth in DEPTHS), reciprocal_rank(gains)]


def _first_of_each_paragraph(passages: Sequence[RetrievedPassage], gains: Gains) -> list[bool]:
    """Keep the first right passage of each paragraph.

    How many right passages there are in all is known only by paragraph. A second one of the same
    paragraph holds another wording of the same answer, and adds nothing.
    """
    seen: set[int] = set()
    kept = []
    for passage, gain in zip(passages, gains, strict=True):
        kept.append(gain and passage.paragraph not in seen)
        if gain:
            seen.add(passage.paragraph)
    return kept


def _metrics(kind: str, right: str) -> list[Metric]:
    recalls = [
        (f"recall@{k}", f"Share of questions with {right} among the first {k}.", "Karpukhin 2020")
        for k in DEPTHS
    ]
    ranks = [
        ("mrr@10", f"Mean of 1 / the place of the first of {right}.", "Voorhees 1999"),
        ("ndcg@10", f"Discounted gain of {right}, over the ideal.", "Järvelin & Kekäläinen 2002"),
    ]
    return [
        Metric(
            f"{kind}_{name}",
            "retrieval",
            "higher",
            "[0, 1]",
            definition,
            source,
            mean_of(f"{kind}_{name}"),
            f"{kind}_{name}",
        )
        for name, definition, source in (*recalls, *ranks)
    ]


METRICS: tuple[Metric, ...] = (
    *_metrics("span", "a passage that holds a gold answer or evidence"),
    *_metrics("paragraph", "a gold paragraph"),
)
