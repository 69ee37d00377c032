"""`python -m bot.reader.train`: train a reader on question sets in SQuAD format."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import torch
from tokenizers import Tokenizer

from bot.console import ConsoleReporter
from bot.process import run_command
from bot.reader.training.batches import Epochs
from bot.reader.training.checkpoint import CheckpointStore, TrainingError
from bot.reader.training.examples import GroupMaker
from bot.reader.training.held_out import HeldOut
from bot.reader.training.loop import Learner, Network, Schedule
from bot.reader.training.memory import keep_freed_memory, return_freed_memory
from bot.reader.training.perturb import Perturber, RelatedWords
from bot.reader.training.sources import Asked, articles_of, read_source
from index.model_files import DEFAULT_MODEL, find_model

_TOKENIZER = "tokenizer.json"
_STEPS_BETWEEN_RETURNS = 200  # of freed memory


@dataclass(frozen=True, slots=True)
class TrainingOptions:
    """What the command line says.

    Attributes:
        data: question sets, and how often an epoch has each of their questions.
        hold_out: titles of articles that are not learnt from.
        output: directory for the model and its checkpoint.
        start: model to begin with.
        epochs: how often the data is gone through.
        learning_rate: the highest.
        seed: of everything that is drawn.
        checkpoint_every: steps between checkpoints.
        stop_after: step to stop at, to go on another day; None for the last.
    """

    data: tuple[tuple[Path, float], ...]
    hold_out: tuple[str, ...]
    output: Path
    start: str
    epochs: float
    learning_rate: float
    seed: int
    checkpoint_every: int
    stop_after: int | None


@dataclass(frozen=True, slots=True)
class _Data:
    weighted: list[tuple[list[Asked], float]]
    held_out: list[Asked]


class _Weighted(click.ParamType[tuple[Path, float]]):
    name = "path[=weight]"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Path, float]:
        path, _, weight = str(value).rpartition("=") if "=" in str(value) else (str(value), "", "1")
        try:
            times = float(weight)
        except ValueError:
            times = -1.0
        if not times > 0:
            self.fail(f"{value}: behind the = stands how often an epoch has it, such as 2 or 0.5.")
        return Path(path), times


@click.command()
@click.option("--data", type=_Weighted(), multiple=True, required=True, help="A SQuAD file.")
@click.option("--hold-out", multiple=True, help="Title of an article to measure with, not learn.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="A directory.")
@click.option("--start", default=DEFAULT_MODEL, show_default=True, help="Model to begin with.")
@click.option("--epochs", type=click.FloatRange(0, min_open=True), default=1.5, show_default=True)
@click.option("--learning-rate", type=float, default=1.5e-4, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--checkpoint-every", type=click.IntRange(1), default=600, show_default=True)
@click.option("--stop-after", type=click.IntRange(1), help="Step to stop at; goes on next time.")
def command(**options: Any) -> int:  # noqa: ANN401 - as click passes them
    """Train a reader. The same command goes on where an interrupted one stopped."""
    return train(TrainingOptions(**options))


def train(options: TrainingOptions) -> int:
    """Train until the last step, or until Ctrl-C, from the newest checkpoint.

    Returns:
        The exit code 0.

    Raises:
        ArticleBotError: if a question set, the start model or the checkpoint cannot be used.
    """
    keep_freed_memory()
    reporter = ConsoleReporter()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    start = _directory(options.start)
    tokenizer = Tokenizer.from_file(str(start / _TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    data = _read(options)
    torch.manual_seed(options.seed)  # of a new head's weights
    network = Network(str(start))
    epochs = _epochs(data, network, tokenizer, options.seed)
    steps = max(round(epochs.batches_per_epoch * options.epochs), 1)
    learner = Learner(network, Schedule(steps, options.learning_rate, options.seed), device)
    store = CheckpointStore(options.output / "checkpoint", _recipe(options))
    saved = store.load()
    if saved is not None:
        learner.restore(saved)
    held_out = HeldOut(data.held_out, tokenizer)
    last = min(steps, options.stop_after or steps)
    batches = epochs.batches(learner.step)
    with reporter.working("Training"):
        while learner.step < last:
            learner.learn(next(batches))
            reporter.progress(learner.step, steps, "Training")
            if learner.step % _STEPS_BETWEEN_RETURNS == 0:
                return_freed_memory()
            if learner.step % options.checkpoint_every == 0 or learner.step == last:
                store.save(learner.checkpoint())
                figures = held_out.measure(learner.network, device)
                reporter.notice(
                    f"Step {learner.step:,} of {steps:,}: held-out F1 {figures.f1:.3f}, AUROC of "
                    f"the refusal {figures.auroc:.3f}."
                )
    if learner.step >= steps:
        network.model.save_pretrained(options.output)
        tokenizer.save(str(options.output / _TOKENIZER))
    return 0


def _directory(name: str) -> Path:
    directory = find_model(name).directory
    if directory is None or not (directory / _TOKENIZER).is_file():
        raise TrainingError(
            f"There is no model with a {_TOKENIZER} at {name}. Set --start to a directory with "
            f"one, or to {DEFAULT_MODEL}."
        )
    return directory


def _read(options: TrainingOptions) -> _Data:
    weighted, held_out = [], []
    for path, weight in options.data:
        source = read_source(path)
        held_out += articles_of(source, options.hold_out)
        learnt = [
            asked
            for title, of_one in source.items()
            for asked in of_one
            if title not in options.hold_out
        ]
        weighted.append((learnt, weight))
    return _Data(weighted, held_out)


def _epochs(data: _Data, network: Network, tokenizer: Tokenizer, seed: int) -> Epochs:
    embeddings = network.model.get_input_embeddings().weight.detach().numpy().copy()
    perturber = Perturber(RelatedWords(tokenizer.get_vocab(), embeddings))
    epochs = Epochs(data.weighted, GroupMaker(perturber), tokenizer, seed)
    if epochs.batches_per_epoch == 0:
        raise TrainingError("The data has too few questions for one batch. Give more of it.")
    return epochs


def _recipe(options: TrainingOptions) -> dict[str, object]:
    """Return what a checkpoint belongs to."""
    return {
        "data": [
            [hashlib.sha256(path.read_bytes()).hexdigest(), weight] for path, weight in options.data
        ],
        "hold_out": list(options.hold_out),
        "start": options.start,
        "epochs": options.epochs,
        "learning_rate": options.learning_rate,
        "seed": options.seed,
    }


if __name__ == "__main__":
    sys.exit(run_command(command, None, "python -m bot.reader.train"))
