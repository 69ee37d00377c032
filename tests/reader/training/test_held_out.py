import math
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer

from bot.reader.training.batches import Batch
from bot.reader.training.held_out import HeldOut
from bot.reader.training.sources import Asked
from tests.reader.squad_sets import questions_of, squad_set, write_set
from tests.reader.tiny_models import word_pieces

CPU = torch.device("cpu")
YEARS = [str(1800 + number) for number in range(1, 7)]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return word_pieces([*YEARS, "when", "sold", "built", "the", "in"])


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    path = write_set(tmp_path_factory.mktemp("sets") / "set.json", squad_set())
    return [one for one in questions_of(path) if one.question.startswith("When")]


class Knowing:
    """A network that points at years, but not where something is sold."""

    def __init__(self, tokenizer: Tokenizer, *, refuses: bool = True, finds: bool = True) -> None:
        self._years = torch.tensor([tokenizer.token_to_id(year) for year in YEARS])
        self._sold = tokenizer.token_to_id("sold")
        self._refuses = refuses
        self._finds = finds
        self.modes: list[str] = []

    def eval(self) -> None:
        self.modes.append("eval")

    def train(self) -> None:
        self.modes.append("train")

    def logits(self, batch: Batch) -> tuple[torch.Tensor, torch.Tensor]:
        logits = torch.zeros(batch.input_ids.shape)
        if self._finds:
            logits[torch.isin(batch.input_ids, self._years)] = 5.0
        if self._refuses:
            logits[(batch.input_ids == self._sold).any(dim=1), 0] = 9.0
        logits = logits.masked_fill(batch.outside, -1e4)
        return logits, logits.clone()


def measured(asked: list[Asked], tokenizer: Tokenizer, **knows: Any) -> tuple[float, float]:  # noqa: ANN401
    figures = HeldOut(asked, tokenizer).measure(Knowing(tokenizer, **knows), CPU)  # type: ignore[arg-type]
    return figures.f1, figures.auroc


def test_a_network_that_knows_everything(asked: list[Asked], tokenizer: Tokenizer) -> None:
    assert len(asked) == 48  # more than are read at once
    assert measured(asked, tokenizer) == (1.0, 1.0)


def test_a_network_that_never_refuses(asked: list[Asked], tokenizer: Tokenizer) -> None:
    assert measured(asked, tokenizer, refuses=False) == (1.0, 0.5)


def test_a_network_that_finds_nothing(asked: list[Asked], tokenizer: Tokenizer) -> None:
    f1, auroc = measured(asked, tokenizer, finds=False)
    assert (f1, auroc) == (0.0, 1.0)


def test_what_is_missing_has_no_figure(asked: list[Asked], tokenizer: Tokenizer) -> None:
    answerable = [one for one in asked if one.answers]
    f1, auroc = measured(answerable, tokenizer)
    assert f1 == 1.0
    assert math.isnan(auroc)
    assert [math.isnan(figure) for figure in measured([], tokenizer)] == [True, True]


def test_the_network_is_trained_on_afterwards(asked: list[Asked], tokenizer: Tokenizer) -> None:
    network = Knowing(tokenizer)
    HeldOut(asked, tokenizer).measure(network, CPU)  # type: ignore[arg-type]
    assert network.modes == ["eval", "train"]
