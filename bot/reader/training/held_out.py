"""How well a reader in training does on questions that it does not learn from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from tokenizers import Tokenizer

from bot.evaluation.answer_metrics import best_over_golds, token_f1
from bot.reader.training.batches import batch_of
from bot.reader.training.examples import Example
from bot.reader.training.loop import Network, is_no_answer_score
from bot.reader.training.sources import Asked
from index.embedding import FloatArray

_BATCH = 32
_LONGEST_ANSWER = 40  # tokens


@dataclass(frozen=True, slots=True)
class HeldOutFigures:
    """Figures with the right paragraph given.

    Attributes:
        f1: mean over the answerable questions of the best span's F1, refused or not.
        auroc: that an answerable question scores higher than an unanswerable one; NaN where one of
            the two is missing.
    """

    f1: float
    auroc: float


class HeldOut:
    """Questions that measure a reader while it is trained."""

    def __init__(self, asked: Sequence[Asked], tokenizer: Tokenizer) -> None:
        """Take the questions."""
        self._tokenizer = tokenizer
        self._asked = sorted(asked, key=lambda one: len(one.context.text))

    def measure(self, model: Network, device: torch.device) -> HeldOutFigures:
        """Read each question's own paragraph."""
        model.eval()
        f1s: list[float] = []
        answerable: list[float] = []
        unanswerable: list[float] = []
        for place in range(0, len(self._asked), _BATCH):
            batch = self._asked[place : place + _BATCH]
            for one, (text, score) in zip(batch, self._read(model, batch, device), strict=True):
                if one.answers:
                    f1s.append(best_over_golds(token_f1, text, one.answers))
                (answerable if one.answers else unanswerable).append(score)
        model.train()
        return HeldOutFigures(
            float(np.mean(f1s)) if f1s else float("nan"), _auroc(answerable, unanswerable)
        )

    @torch.no_grad()
    def _read(
        self, model: Network, asked: Sequence[Asked], device: torch.device
    ) -> list[tuple[str, float]]:
        """Return the best span's text and its score over "no answer", for each."""
        examples = [Example(one.question, one.context.text, None) for one in asked]
        batch = batch_of(self._tokenizer, examples).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            starts, ends = model.logits(batch)
        found = []
        for row, one in enumerate(asked):
            encoding = self._tokenizer.encode(one.question, one.context.text)
            first, last, score = _best_span(starts[row].cpu().numpy(), ends[row].cpu().numpy())
            text = one.context.text[encoding.offsets[first][0] : encoding.offsets[last][1]]
            found.append((text, score - is_no_answer_score(starts[row], ends[row])))
        return found


def _best_span(starts: FloatArray, ends: FloatArray) -> tuple[int, int, float]:
    """Return first and last token of the best span, and its score; shapes `(t,)`."""
    scores = starts[:, None] + ends[None, :]
    allowed = np.triu(np.ones_like(scores, dtype=bool))
    allowed &= ~np.triu(allowed, _LONGEST_ANSWER)
    allowed[0, :] = False
    scores = np.where(allowed, scores, -np.inf)
    first, last = divmod(int(scores.argmax()), len(ends))
    return first, last, float(scores[first, last])


def _auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Return the area under the ROC curve (Hanley & McNeil 1982)."""
    if not positive or not negative:
        return float("nan")
    difference = np.array(positive)[:, None] - np.array(negative)[None, :]
    return float(np.mean((difference > 0) + 0.5 * (difference == 0)))
