"""Fits the weights that rank passages, and the score from which a sentence is an answer.

    python -m tests.bench.fit_retrieval TRAIN.json [TRAIN.json ...]

The weights maximise the likelihood of the right paragraph under a softmax over the article's
paragraphs (ListNet, Cao et al. 2007), and are divided by their sum. Prints them, the recall that
eightfold cross-validation over articles gives, and the score below which 95 % of the questions stay
that are asked of the next article of the same file, where nothing answers them. Only files of
`train/` may be named: nothing is fitted on what is measured.
"""

import sys

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

from tests.bench.retrieval_features import FUSED, Scores, ranks, searched_articles

_FOLDS = 8
_DECAY = 1e-4
_MISMATCHED_REFUSED = 0.95

Fold = tuple[Scores, np.ndarray]  # four scores of each paragraph, and the right one


def main(*paths: str) -> None:
    articles: list[Fold] = []
    own: list[list[Scores]] = []
    other: list[list[Scores]] = []
    for path in paths:
        searched = list(searched_articles(path))
        for number, (article, questions) in enumerate(searched):
            following = searched[(number + 1) % len(searched)][0]
            scores = [article.scores(question.text) for question in questions]
            gold = np.array([question.paragraphs[0] - 1 for question in questions])
            articles.append((np.stack([paragraphs for paragraphs, _ in scores]), gold))
            own.append([s for q, (_, s) in zip(questions, scores, strict=True) if q.is_answerable])
            other.append([following.scores(q.text)[1] for q in questions if q.is_answerable])
    held_out = []
    for fold in range(_FOLDS):
        weights = _fit([a for number, a in enumerate(articles) if number % _FOLDS != fold])
        held_out += [ranks(a[0] @ weights, a[1]) for a in articles[fold::_FOLDS]]
    rank = np.concatenate(held_out)
    recalls = ", ".join(f"R@{top} {(rank <= top).mean():.4f}" for top in (1, 3, 10))
    sys.stdout.write(f"cross-validated: {recalls}, MRR {(1 / rank).mean():.4f}, n {len(rank)}\n")
    weights = _fit(articles)
    weights /= weights.sum()
    for name, weight in zip(FUSED, weights, strict=True):
        sys.stdout.write(f"{name} = {weight:.3f}\n")
    right = np.array([(s @ weights).max() for article in own for s in article])
    wrong = np.array([(s @ weights).max() for article in other for s in article])
    threshold = float(np.quantile(wrong, _MISMATCHED_REFUSED))
    sys.stdout.write(
        f"MIN_SCORE = {threshold:.3f}: refuses {(wrong < threshold).mean():.3f} of {len(wrong)} "
        f"mismatched questions, answers {(right >= threshold).mean():.3f} of the article's own\n"
    )


def _fit(articles: list[Fold]) -> Scores:
    def loss(weights: Scores) -> tuple[float, Scores]:
        total, gradient, count = 0.0, np.zeros(len(FUSED)), sum(len(gold) for _, gold in articles)
        for scores, gold in articles:
            chances = log_softmax(scores @ weights, axis=1)
            rows = np.arange(len(gold))
            total -= chances[rows, gold].sum()
            expected = np.einsum("qp,qpf->qf", np.exp(chances), scores)
            gradient -= (scores[rows, gold] - expected).sum(axis=0)
        return total / count + _DECAY * float(
            weights @ weights
        ), gradient / count + 2 * _DECAY * weights

    found: Scores = minimize(loss, np.ones(len(FUSED)), jac=True, method="L-BFGS-B").x
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
