"""Where a reader model's files are, and what `reader.json` says of an exported one."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.reader.errors import ReaderModelError
from index.errors import EmbeddingModelError
from index.files import write_atomically
from index.model_files import find_model

PACKAGED_READER = "packaged"
MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
DESCRIPTION_FILE = "reader.json"
_TORCH_WEIGHTS = "model.safetensors"
_PACKAGED_DIRECTORY = Path(__file__).parent / "model"


class ReaderDescription(BaseModel):
    """What `reader.json` says of an exported model.

    Attributes:
        format: of this file.
        max_tokens: the most that the model reads, special tokens included.
        sha256: of `model.onnx`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    max_tokens: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """A reader model's files.

    Attributes:
        name: what the settings call the model.
        directory: where its files are; None for a model of the hub that is not here yet.
        fingerprint: identity of the model: changes whenever its files do.
        exported_sha256: what the weights of a model that was exported for ONNX Runtime must hash
            to; None for any other.
    """

    name: str
    directory: Path | None
    fingerprint: str
    exported_sha256: str | None = None

    def weights_sha256(self) -> str | None:
        """Hash the weights; None where there are none in one file."""
        if self.exported_sha256 is not None or self.directory is None:
            return self.exported_sha256
        path = self.directory / _TORCH_WEIGHTS
        return file_sha256(path) if path.is_file() else None


def find_reader(name: str) -> ReaderFiles:
    """Find a reader's files: packaged, at a path, or in the hub's cache on this machine.

    Raises:
        ReaderModelError: if the name looks like a path and nothing can be read there.
    """
    if name == PACKAGED_READER:
        return _exported(name, _PACKAGED_DIRECTORY)
    try:
        files = find_model(name)
    except EmbeddingModelError as error:
        raise ReaderModelError(
            f"There is no reader model at {name}. Set READER_MODEL to a directory, a name on the "
            f"hub, {PACKAGED_READER}, or none."
        ) from error
    if files.directory is not None and (files.directory / DESCRIPTION_FILE).is_file():
        return _exported(name, files.directory)
    return ReaderFiles(name, files.directory, files.fingerprint)


def _exported(name: str, directory: Path) -> ReaderFiles:
    sha256 = read_description(directory).sha256
    return ReaderFiles(name, directory, f"{directory.name}-{sha256[:16]}", sha256)


def read_description(directory: Path) -> ReaderDescription:
    """Read `reader.json`.

    Raises:
        ReaderModelError: if it is missing or damaged.
    """
    path = directory / DESCRIPTION_FILE
    try:
        return ReaderDescription.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ReaderModelError(
            f"The reader model in {directory} has no {DESCRIPTION_FILE} that can be read. Export "
            "it again, or set READER_MODEL to another."
        ) from error


def write_description(directory: Path, max_tokens: int) -> None:
    """Describe the `model.onnx` of a directory."""
    description = ReaderDescription(
        max_tokens=max_tokens, sha256=file_sha256(directory / MODEL_FILE)
    )
    content = description.model_dump_json(indent=1) + "\n"
    write_atomically(directory / DESCRIPTION_FILE, content)


def file_sha256(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
