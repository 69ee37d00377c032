"""The steps of training: the loss, the learning rate, and going on where a run stopped."""

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.functional import cross_entropy, softplus
from transformers import AutoModelForQuestionAnswering

from bot.reader.training.batches import NO_PAIR, Batch
from bot.reader.training.checkpoint import Checkpoint
from bot.reader.training.dropout import quicken_dropout
from index.sentence_transformers_model import silence_transformers

_WARM_UP_SHARE = 0.06
_WEIGHT_DECAY = 0.01
_LARGEST_GRADIENT = 1.0
_PAIR_WEIGHT = 0.5
_SHARED_WEIGHT = 0.5
_FAR_BELOW = -1e4


class Network(torch.nn.Module):
    """A transformers question-answering model, asked for logits where an answer may be."""

    def __init__(self, name: str) -> None:
        """Load a model by path or hub name; a missing head is made anew.

        On a processor, dropping attention out would take a third of the time, and the plain
        implementation of attention learns one and a half times as fast as PyTorch's fused one.
        """
        super().__init__()
        silence_transformers()
        self.model = AutoModelForQuestionAnswering.from_pretrained(
            name, attention_probs_dropout_prob=0.0, attn_implementation="eager"
        )
        quicken_dropout(self.model)

    def logits(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of each token to be an answer's first and last, shapes `(n, t)`."""
        output = self.model(
            input_ids=batch.input_ids,
            attention_mask=batch.attention_mask,
            token_type_ids=batch.token_type_ids,
        )
        starts, ends = output.start_logits.float(), output.end_logits.float()
        return (
            starts.masked_fill(batch.outside, _FAR_BELOW),
            ends.masked_fill(batch.outside, _FAR_BELOW),
        )


def loss_of(starts: torch.Tensor, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
    """Return the loss of a batch: the right tokens, in the right passage of the right question.

    The first token stands for "no answer" (Devlin et al. 2019). The log odds of "there is an
    answer" should be higher for an answerable example than for its counterpart (a logistic ranking
    loss, Burges et al. 2005). Among all tokens of a passage and of its rival, the right ones should
    be the likeliest (shared normalisation, Clark and Gardner 2018), so that spans of several
    passages are comparable with each other.
    """
    loss = (cross_entropy(starts, batch.starts) + cross_entropy(ends, batch.ends)) / 2
    first = _with(batch.counterparts)
    if len(first):
        odds = _log_odds(starts) + _log_odds(ends)
        loss = loss + _PAIR_WEIGHT * softplus(odds[batch.counterparts[first]] - odds[first]).mean()
    first = _with(batch.rivals)
    if len(first):
        rivals = batch.rivals[first]
        shared = _shared(starts, batch.starts, first, rivals)
        shared = (shared + _shared(ends, batch.ends, first, rivals)) / 2
        loss = loss + _SHARED_WEIGHT * shared
    return loss


def _with(others: torch.Tensor) -> torch.Tensor:
    """Return the numbers of the examples that another belongs to."""
    return torch.nonzero(others != NO_PAIR).squeeze(1)


def _shared(
    logits: torch.Tensor, right: torch.Tensor, first: torch.Tensor, rivals: torch.Tensor
) -> torch.Tensor:
    """Return the cross entropy of the right tokens among those of two passages."""
    both = torch.cat([logits[first, 1:], logits[rivals, 1:]], dim=1)
    # An answer that was cut off stands at the first token, which is none of the passage's.
    kept = right[first] > 0
    if not kept.any():
        return logits.new_zeros(())
    return cross_entropy(both[kept], right[first][kept] - 1)


def _log_odds(logits: torch.Tensor) -> torch.Tensor:
    return torch.logsumexp(logits[:, 1:], dim=1) - logits[:, 0]


def is_no_answer_score(starts: torch.Tensor, ends: torch.Tensor) -> float:
    """Return the score of "no answer" of one example, on the scale of its spans' scores."""
    return float(starts[0] + ends[0])


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast is learnt.

    Attributes:
        steps: in all.
        learning_rate: the highest; rises over the first 6 % of the steps, falls linearly to 0.
        seed: of dropout.
    """

    steps: int
    learning_rate: float
    seed: int

    def rate(self, step: int) -> float:
        """Return the learning rate of a step, counted from 0."""
        warm_up = max(math.ceil(self.steps * _WARM_UP_SHARE), 1)
        rising = (step + 1) / warm_up
        falling = (self.steps - step) / max(self.steps - warm_up, 1)
        return self.learning_rate * min(rising, falling, 1.0)


class Learner:
    """A network and its optimiser."""

    def __init__(self, network: Network, schedule: Schedule, device: torch.device) -> None:
        """Begin with a network's weights."""
        self.network = network.to(device)
        self.step = 0
        self._schedule = schedule
        self._device = device
        plain = [p for name, p in network.named_parameters() if p.ndim < 2]
        decayed = [p for name, p in network.named_parameters() if p.ndim >= 2]
        groups: list[dict[str, Any]] = [
            {"params": decayed, "weight_decay": _WEIGHT_DECAY},
            {"params": plain},
        ]
        self._optimiser = torch.optim.AdamW(
            groups,
            lr=schedule.learning_rate,
            weight_decay=0.0,
            fused=True,
        )
        network.train()

    def learn(self, batch: Batch) -> float:
        """Take one step.

        Returns:
            The loss.
        """
        # A run that goes on drops out what it would have.
        torch.manual_seed(self._schedule.seed * 1_000_003 + self.step)
        batch = batch.to(self._device)
        for group in self._optimiser.param_groups:
            group["lr"] = self._schedule.rate(self.step)
        with torch.autocast(self._device.type, torch.bfloat16):
            starts, ends = self.network.logits(batch)
        loss = loss_of(starts, ends, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), _LARGEST_GRADIENT)
        self._optimiser.step()
        self._optimiser.zero_grad()
        self.step += 1
        return float(loss.detach())

    def checkpoint(self) -> Checkpoint:
        """Return all that is needed to go on."""
        tensors = {f"model.{name}": value for name, value in self.network.state_dict().items()}
        for name, parameter in self.network.named_parameters():
            for key, value in self._optimiser.state[parameter].items():
                tensors[f"optimiser.{key}.{name}"] = torch.as_tensor(value)
        return Checkpoint(self.step, tensors)

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go on from a checkpoint."""
        self.step = checkpoint.step
        tensors = checkpoint.tensors
        self.network.load_state_dict(
            {
                name.removeprefix("model."): value
                for name, value in tensors.items()
                if name.startswith("model.")
            }
        )
        for name, parameter in self.network.named_parameters():
            self._optimiser.state[parameter] = {
                key: tensors[f"optimiser.{key}.{name}"].to("cpu" if key == "step" else self._device)
                for key in ("step", "exp_avg", "exp_avg_sq")
            }
