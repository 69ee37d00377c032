"""Turning groups into batches of tensors, in an order that a seed fixes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer

from bot.reader.training.examples import Example, Group, GroupMaker, most_alike
from bot.reader.training.sources import Asked

GROUPS_PER_BATCH = 16
MAX_TOKENS = 320
# Pairs of similar length are read together, from among so many batches: less padding is computed.
_BATCHES_PER_CHUNK = 64
NO_PAIR = -1


@dataclass(frozen=True, slots=True)
class Batch:
    """What one step learns from; `n` examples of at most `t` tokens.

    Attributes:
        input_ids: shape `(n, t)`.
        attention_mask: shape `(n, t)`.
        token_type_ids: 1 for the passage's tokens, shape `(n, t)`.
        outside: True where no answer may be: question, signs and padding, but not the first token,
            which stands for "no answer"; shape `(n, t)`.
        starts: the answer's first token, 0 for none; shape `(n,)`.
        ends: its last token, shape `(n,)`.
        counterparts: number of the unanswerable example that belongs to an answerable one, or
            `NO_PAIR`; shape `(n,)`.
        rivals: number of the same question's example with another passage of the article, which
            does not answer it, or `NO_PAIR`; shape `(n,)`.
    """

    input_ids: torch.Tensor
    attention_mask: torch.Tensor
    token_type_ids: torch.Tensor
    outside: torch.Tensor
    starts: torch.Tensor
    ends: torch.Tensor
    counterparts: torch.Tensor
    rivals: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        """Return the batch on a device."""
        return Batch(
            *(
                tensor.to(device)
                for tensor in (
                    self.input_ids,
                    self.attention_mask,
                    self.token_type_ids,
                    self.outside,
                    self.starts,
                    self.ends,
                    self.counterparts,
                    self.rivals,
                )
            )
        )


@dataclass(frozen=True, slots=True)
class _Encoded:
    ids: list[int]
    type_ids: list[int]
    outside: list[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _EncodedGroup:
    first: _Encoded
    counterpart: _Encoded | None = None
    rival: _Encoded | None = None

    @classmethod
    def of(cls, tokenizer: Tokenizer, group: Group) -> "_EncodedGroup":
        counterpart, rival = (
            None if example is None else encode(tokenizer, example)
            for example in (group.counterpart, group.rival)
        )
        return cls(encode(tokenizer, group.first), counterpart, rival)

    @property
    def rows(self) -> list[_Encoded]:
        return [row for row in (self.first, self.counterpart, self.rival) if row is not None]


class Epochs:
    """The batches of every epoch. A step's batch depends on the seed and its number alone."""

    def __init__(
        self,
        weighted: Sequence[tuple[list[Asked], float]],
        groups: GroupMaker,
        tokenizer: Tokenizer,
        seed: int,
    ) -> None:
        """Take what is asked.

        Args:
            weighted: questions, and how often an epoch has each.
            groups: finds what goes with each.
            tokenizer: without truncation and padding; pairs of texts become one sequence.
            seed: fixes everything.
        """
        self._weighted = weighted
        self._alike = {
            id(asked): most_alike(asked, questions)
            for questions, _ in weighted
            for asked in questions
            if asked.answer is None
        }
        self._groups = groups
        self._tokenizer = tokenizer
        self._seed = seed
        self._epoch_groups = sum(int(len(questions) * weight) for questions, weight in weighted)

    @property
    def batches_per_epoch(self) -> int:
        """Steps that an epoch takes."""
        return self._epoch_groups // GROUPS_PER_BATCH

    def batches(self, first_step: int) -> Iterator[Batch]:
        """Yield the batches from a step on, without end."""
        step = 0
        for epoch in range(first_step // self.batches_per_epoch, 1_000_000):
            step = epoch * self.batches_per_epoch
            order = self._order(epoch)
            for place in range(0, self.batches_per_epoch, _BATCHES_PER_CHUNK):
                count = min(_BATCHES_PER_CHUNK, self.batches_per_epoch - place)
                if step + count > first_step:
                    chunk = order[place * GROUPS_PER_BATCH : (place + count) * GROUPS_PER_BATCH]
                    batches = self._chunk(chunk, f"{self._seed}:{epoch}:{place}")
                    yield from batches[max(first_step - step, 0) :]
                step += count

    def _order(self, epoch: int) -> list[Asked]:
        rng = random.Random(f"{self._seed}:{epoch}")
        order: list[Asked] = []
        for questions, weight in self._weighted:
            whole, rest = divmod(int(len(questions) * weight), max(len(questions), 1))
            order += questions * whole + rng.sample(questions, rest)
        rng.shuffle(order)
        return order

    def _chunk(self, asked: list[Asked], seed: str) -> list[Batch]:
        rng = random.Random(seed)
        groups = [self._groups.group(one, self._alike.get(id(one)), rng) for one in asked]
        encoded = [_EncodedGroup.of(self._tokenizer, group) for group in groups]
        encoded.sort(key=lambda group: max(len(one.ids) for one in group.rows))
        batches = [
            _batch(encoded[place : place + GROUPS_PER_BATCH])
            for place in range(0, len(encoded), GROUPS_PER_BATCH)
        ]
        rng.shuffle(batches)
        return batches


def encode(tokenizer: Tokenizer, example: Example) -> _Encoded:
    """Return an example's tokens; its answer is lost where it lies behind the last of them."""
    # Not cut by `Encoding.truncate`, which forgets which tokens are the question's.
    encoding = tokenizer.encode(example.question, example.passage)
    parts = encoding.sequence_ids[:MAX_TOKENS]
    start = end = 0
    if example.answer is not None:
        found = [
            place
            for place, (offsets, part) in enumerate(zip(encoding.offsets, parts, strict=False))
            if part == 1 and offsets[0] < example.answer.end and example.answer.start < offsets[1]
        ]
        if found:
            start, end = found[0], found[-1]
    outside = [int(place > 0 and part != 1) for place, part in enumerate(parts)]
    return _Encoded(encoding.ids[:MAX_TOKENS], encoding.type_ids[:MAX_TOKENS], outside, start, end)


def _batch(groups: Sequence[_EncodedGroup]) -> Batch:
    rows: list[_Encoded] = []
    counterparts: list[int] = []
    rivals: list[int] = []
    for group in groups:
        behind = len(rows) + 1
        counterparts.append(NO_PAIR if group.counterpart is None else behind)
        rivals.append(NO_PAIR if group.rival is None else behind + (group.counterpart is not None))
        rows += group.rows
        counterparts += [NO_PAIR] * (len(rows) - len(counterparts))
        rivals += [NO_PAIR] * (len(rows) - len(rivals))
    longest = max(len(row.ids) for row in rows)

    def padded(values: Sequence[Sequence[int]], filler: int) -> torch.Tensor:
        return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in values])

    return Batch(
        input_ids=padded([row.ids for row in rows], 0),
        attention_mask=padded([[1] * len(row.ids) for row in rows], 0),
        token_type_ids=padded([row.type_ids for row in rows], 0),
        outside=padded([row.outside for row in rows], 1).bool(),
        starts=torch.tensor([row.start for row in rows]),
        ends=torch.tensor([row.end for row in rows]),
        counterparts=torch.tensor(counterparts),
        rivals=torch.tensor(rivals),
    )


def batch_of(tokenizer: Tokenizer, examples: Sequence[Example]) -> Batch:
    """Return examples that have no counterparts as one batch."""
    return _batch([_EncodedGroup(encode(tokenizer, example)) for example in examples])
