"""The `EmbeddingModel` of sentence-transformers; no other module imports that library."""

import logging
import threading
import warnings
from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np

from index.embedding import FloatArray, Progress
from index.errors import EmbeddingModelError
from index.model_files import DEFAULT_MODEL, REINSTALL, ModelFiles, check_is_on_hub, find_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_LOGGER = logging.getLogger(__name__)
# Models that set no limit of their own are still not given a whole book at once.
_MAX_TOKENS_WITHOUT_LIMIT = 512


class SentenceTransformersModel:
    """Any model that sentence-transformers can load, by name or path.

    The library and the weights are loaded at the first call that needs them, or by `load`.
    Prompts that a model's own configuration asks for ("query: ", "passage: ") are applied.
    Source: Reimers & Gurevych 2019, "Sentence-BERT".
    """

    def __init__(self, name: str = DEFAULT_MODEL, *, batch_size: int = 32) -> None:
        """Find the model's files; nothing is loaded yet.

        Args:
            name: "all-MiniLM-L6-v2" for the packaged model, a path, or a name on the hub.
            batch_size: passages that are encoded at once.

        Raises:
            EmbeddingModelError: if the name is a path and nothing is there.
        """
        self._files = find_model(name)
        self._batch_size = batch_size
        self._model: SentenceTransformer | None = None
        self._counter: Any = None
        self._loading = threading.Lock()

    @property
    def name(self) -> str:
        """What the model is called in the settings."""
        return self._files.name

    @property
    def fingerprint(self) -> str:
        """Changes whenever the model's files do. Fetches a model that is not here yet."""
        if self._files.directory is None:
            self.load()
        return self._files.fingerprint

    @property
    def max_tokens(self) -> int:
        """Longest text that is read whole, in tokens, special tokens included."""
        return self._loaded().max_seq_length or _MAX_TOKENS_WITHOUT_LIMIT

    def load(self) -> None:
        """Load library and weights now.

        Raises:
            EmbeddingModelError: if the model cannot be loaded.
        """
        self._loaded()

    def verify(self) -> None:
        """Hash the weights, where the published hash is known.

        Raises:
            EmbeddingModelError: if they are not the published ones.
        """
        self._files.verify()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each passage's length in tokens, special ones and the model's prompt included."""
        prompt = _passage_prompt(self._loaded())
        encoded = self._counter([prompt + text for text in texts], truncation=False, padding=False)
        return [len(tokens) for tokens in encoded["input_ids"]]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """Return unit-length rows, shape `(len(texts), dimension)`."""
        model = self._loaded()
        # Texts of like length together: padding costs as much as words.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        rows: FloatArray | None = None
        for first in range(0, len(order), self._batch_size):
            batch = order[first : first + self._batch_size]
            vectors = model.encode_document(
                [texts[number] for number in batch],
                batch_size=self._batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            if rows is None:
                rows = np.empty((len(texts), vectors.shape[1]), dtype=np.float32)
            rows[batch] = vectors
            if progress is not None:
                progress(min(first + self._batch_size, len(texts)), len(texts))
        return np.empty((0, 0), dtype=np.float32) if rows is None else rows

    def encode_query(self, text: str) -> FloatArray:
        """Return one unit-length vector, shape `(dimension,)`."""
        vector = self._loaded().encode_query(
            text, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vector, dtype=np.float32)

    def _loaded(self) -> "SentenceTransformer":
        with self._loading:
            if self._model is None:
                self._model = _load(self._files)
                # A tokenizer keeps whether it truncates. The model's own always does, and may be
                # in use by another thread while this one counts.
                self._counter = deepcopy(self._model.tokenizer)
                self._files = find_model(self._files.name)  # a fetched model is in the cache now
            return self._model


def _load(files: ModelFiles) -> "SentenceTransformer":
    is_local = files.directory is not None
    if not is_local:
        check_is_on_hub(files.name)
        _LOGGER.warning("Downloading the embedding model %s, once.", files.name)
    _silence_libraries()
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(
            files.name if files.directory is None else str(files.directory),
            local_files_only=is_local,
            trust_remote_code=False,
        )
    # The library lets through whatever the hub, torch or a broken file raises.
    except Exception as error:
        _LOGGER.debug("loading %s failed", files.name, exc_info=True)
        raise EmbeddingModelError(_why_not_loaded(files)) from error


def _passage_prompt(model: "SentenceTransformer") -> str:
    """Return what `encode_document` puts before a passage."""
    names = ("document", "passage", "corpus", model.default_prompt_name)
    return next((model.prompts[name] for name in names if name in model.prompts), None) or ""


def _why_not_loaded(files: ModelFiles) -> str:
    if files.directory is None:
        return (
            f"The embedding model {files.name!r} is not on this machine and could not be fetched "
            f"from the hub. Check the name and the network, or set EMBEDDING_MODEL={DEFAULT_MODEL}."
        )
    if files.published_sha256 is not None:
        return f"The packaged model in {files.directory} cannot be loaded. {REINSTALL}"
    return (
        f"The directory {files.directory} does not hold a sentence-transformers model that can be "
        f"loaded. Set EMBEDDING_MODEL to another, or to {DEFAULT_MODEL}."
    )


def _silence_libraries() -> None:
    """Keep the libraries' progress bars and advice off the screen, for good."""
    warnings.filterwarnings("ignore", module=r"torch|transformers|sentence_transformers")
    silence_transformers()


def silence_transformers() -> None:
    """Keep transformers from telling how it loads a model: what a person should know, we say."""
    from transformers.utils.logging import disable_progress_bar, set_verbosity_error

    set_verbosity_error()  # type: ignore[no-untyped-call]
    disable_progress_bar()  # type: ignore[no-untyped-call]
