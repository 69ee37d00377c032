"""`python -m bot.reader.average`: one reader from several, by the mean of their weights.

Models that were trained on from the same weights lie so near to each other that the mean of their
weights is a model too. It reads as well as the best of them and knows better how sure it may be
(Wortsman et al. 2022, "Robust fine-tuning of zero-shot models" and "Model soups").
"""

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import click
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from bot.process import run_command
from bot.reader.errors import ReaderModelError

_WEIGHTS = "model.safetensors"
_COPIED = ("config.json", "tokenizer.json")


@click.command()
@click.option(
    "--model",
    "models",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help="Directory of a trained model; at least two.",
)
@click.option("--output", type=click.Path(path_type=Path), required=True, help="A directory.")
def command(models: tuple[Path, ...], output: Path) -> int:
    """Average the weights of models that were trained on from the same ones."""
    average(models, output)
    return 0


def average(models: Sequence[Path], output: Path) -> None:
    """Write the mean of several models, in the form of transformers.

    Args:
        models: directories as `bot.reader.train` writes them; those of the first are copied.
        output: a directory; made when needed.

    Raises:
        ReaderModelError: if there are fewer than two, or they do not have the same weights.
    """
    if len(models) < 2:
        raise ReaderModelError(f"There is nothing to average with {models[0]}. Name two --model.")
    weights = [_weights(directory) for directory in models]
    shapes = [{name: value.shape for name, value in one.items()} for one in weights]
    for directory, of_one in zip(models, shapes, strict=True):
        if of_one != shapes[0]:
            raise ReaderModelError(
                f"{directory} and {models[0]} are models of different shapes. Name models that "
                "were trained on from the same one."
            )
    mean = {
        name: torch.stack([one[name] for one in weights]).mean(dim=0).contiguous()
        for name in weights[0]
    }
    output.mkdir(parents=True, exist_ok=True)
    for name in _COPIED:
        shutil.copyfile(models[0] / name, output / name)
    save_file(mean, output / _WEIGHTS, metadata={"format": "pt"})


def _weights(directory: Path) -> dict[str, torch.Tensor]:
    try:
        return load_file(directory / _WEIGHTS)
    except (OSError, SafetensorError) as error:
        raise ReaderModelError(
            f"{directory / _WEIGHTS} cannot be read: {error}. Name a directory that "
            "python -m bot.reader.train wrote."
        ) from error


if __name__ == "__main__":
    sys.exit(run_command(command, None, "python -m bot.reader.average"))
