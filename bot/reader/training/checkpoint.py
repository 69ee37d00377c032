"""A checkpoint on disk: written whole or not at all, and read only if it fits."""

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from index.errors import ArticleBotError

_TENSORS = "checkpoint.safetensors"
_STATE = "checkpoint.json"
_FORMAT = 1


class TrainingError(ArticleBotError):
    """Training cannot begin or go on."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All that is needed to go on.

    Attributes:
        step: steps taken.
        tensors: weights, and the optimiser's averages.
    """

    step: int
    tensors: Mapping[str, torch.Tensor]


class CheckpointStore:
    """The newest checkpoint of a run."""

    def __init__(self, directory: Path, recipe: Mapping[str, object]) -> None:
        """Keep checkpoints of a recipe.

        Args:
            directory: where; made when needed.
            recipe: what the run is made of, JSON values; a checkpoint of another is refused.
        """
        self._directory = directory
        self._recipe = dict(recipe)

    def save(self, checkpoint: Checkpoint) -> None:
        """Replace the checkpoint."""
        new = self._directory.with_name(f"{self._directory.name}.new")
        old = self._directory.with_name(f"{self._directory.name}.old")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        save_file(
            {name: value.contiguous() for name, value in checkpoint.tensors.items()}, new / _TENSORS
        )
        state = {"format": _FORMAT, "step": checkpoint.step, "recipe": self._recipe}
        (new / _STATE).write_text(json.dumps(state, indent=1), encoding="utf-8")
        shutil.rmtree(old, ignore_errors=True)
        if self._directory.exists():
            self._directory.rename(old)
        new.rename(self._directory)
        shutil.rmtree(old, ignore_errors=True)

    def load(self) -> Checkpoint | None:
        """Return the checkpoint; None if there is none.

        Raises:
            TrainingError: if it is of another recipe, or damaged.
        """
        old = self._directory.with_name(f"{self._directory.name}.old")
        directory = next((path for path in (self._directory, old) if path.exists()), None)
        if directory is None:
            return None
        try:
            state = json.loads((directory / _STATE).read_text(encoding="utf-8"))
            tensors = load_file(directory / _TENSORS)
        except (OSError, ValueError, SafetensorError) as error:
            raise TrainingError(
                f"The checkpoint in {directory} cannot be read: {error}. Delete it to begin anew."
            ) from error
        if state.get("format") != _FORMAT or state.get("recipe") != self._recipe:
            raise TrainingError(
                f"The checkpoint in {directory} is of another run. Name another --output, or "
                "delete it to begin anew."
            )
        return Checkpoint(int(state["step"]), tensors)
