"""How often the right paragraph of an article comes first: the project against simpler schemes.

    python -m tests.bench.retrieval SQUAD.json

Paragraphs are ranked by their best passage; a hit is the paragraph that the question was written
for. No reader takes part.
"""

import sys

import numpy as np

from index.retriever import FusionWeights
from tests.bench.retrieval_features import FUSED, ArticleScores, Scores, article_scores, ranks


def main(path: str) -> None:
    weights = FusionWeights()
    fused = np.array([getattr(weights, name) for name in FUSED])
    schemes = {
        "paragraph vectors": lambda a: a.fused[..., 0],
        "BM25 over paragraphs": lambda a: a.stems[..., 0],
        "sentence vectors, best sentence of the paragraph": lambda a: a.fused[..., 2],
        "paragraph vector + 0.5 · BM25/max": lambda a: a.fused[..., 0] + 0.5 * a.stems[..., 0],
        "paragraph + best sentence vector + 0.5 · BM25/max of both": lambda a: (
            a.fused[..., 0] + a.fused[..., 2] + 0.5 * (a.stems[..., 0] + a.stems[..., 1])
        ),
        "article-bot": lambda a: a.fused @ fused,
    }
    found: dict[str, list[Scores]] = {name: [] for name in schemes}
    articles: list[ArticleScores] = []
    for article, _ in article_scores(path):
        articles.append(article)
        for name, scheme in schemes.items():
            found[name].append(ranks(scheme(article), article.gold))
    questions = sum(len(article.gold) for article in articles)
    sys.stdout.write(
        f"{questions:,} questions on {len(articles)} articles\n\n"
        "| scheme | R@1 | R@3 | R@10 | MRR |\n| --- | --- | --- | --- | --- |\n"
    )
    for name, parts in found.items():
        rank = np.concatenate(parts)
        hits = " | ".join(f"{(rank <= top).mean():.3f}" for top in (1, 3, 10))
        sys.stdout.write(f"| {name} | {hits} | {(1 / rank).mean():.3f} |\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
