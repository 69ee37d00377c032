"""A reader model in PyTorch, by path or hub name; with `training`, the door to transformers."""

import logging
import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bot.reader.encoding import Window, WindowEncoder
from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import ReaderFiles, find_reader
from bot.reader.span_model import SpanLogits
from index.errors import EmbeddingModelError
from index.model_files import check_is_on_hub
from index.sentence_transformers_model import silence_transformers

if TYPE_CHECKING:
    from torch import Tensor

_LOGGER = logging.getLogger(__name__)
_MAX_TOKENS = 512


class TransformersModel:
    """Any model that transformers can load for question answering."""

    def __init__(self, files: ReaderFiles) -> None:
        """Take a model's files; nothing is loaded yet."""
        self._files = files
        self._loading = threading.Lock()
        self._parts: tuple[Any, WindowEncoder, bool] | None = None

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

    def load(self) -> None:
        """Load library and weights now.

        Raises:
            ReaderModelError: if the model cannot be loaded.
        """
        self._loaded()

    def windows(self, question: str, passages: list[str]) -> list[list[Window]]:
        """Return what is read of each passage."""
        return self._loaded()[1].encode(question, passages)

    def logits(self, windows: Sequence[Window]) -> list[SpanLogits]:
        """Read windows one after the other."""
        import torch

        model, _, has_types = self._loaded()
        found = []
        for window in windows:
            inputs: dict[str, Tensor] = {"input_ids": torch.from_numpy(window.ids)[None]}
            if has_types:
                inputs["token_type_ids"] = torch.from_numpy(window.type_ids)[None]
            with torch.inference_mode():
                output = model(**inputs)
            starts, ends = output.start_logits[0], output.end_logits[0]
            found.append(SpanLogits(starts.float().numpy(), ends.float().numpy()))
        return found

    def _loaded(self) -> tuple[Any, WindowEncoder, bool]:
        with self._loading:
            if self._parts is None:
                self._parts = _load(self._files)
                self._files = find_reader(self._files.name)  # a fetched model is in the cache now
            return self._parts


def _load(files: ReaderFiles) -> tuple[Any, WindowEncoder, bool]:
    is_local = files.directory is not None
    if not is_local:
        try:
            check_is_on_hub(files.name)
        except EmbeddingModelError as error:
            raise ReaderModelError(
                f"The reader model {files.name!r} is not on this machine, and the hub has no such "
                "model or does not answer. Check the name and the network, or unset READER_MODEL."
            ) from error
        _LOGGER.warning("Downloading the reader model %s, once.", files.name)
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    silence_transformers()
    place = files.name if files.directory is None else str(files.directory)
    try:
        tokenizer = AutoTokenizer.from_pretrained(place, local_files_only=is_local)
        model, report = AutoModelForQuestionAnswering.from_pretrained(
            place, local_files_only=is_local, trust_remote_code=False, output_loading_info=True
        )
        max_tokens = min(tokenizer.model_max_length, _MAX_TOKENS)
        encoder = WindowEncoder(tokenizer.backend_tokenizer, max_tokens)
    # The library lets through whatever the hub, torch or a broken file raises.
    except Exception as error:
        _LOGGER.debug("loading %s failed", files.name, exc_info=True)
        raise ReaderModelError(
            f"{files.name!r} is no extractive question-answering model that transformers can "
            "load. Set READER_MODEL to another, or unset it."
        ) from error
    if report["missing_keys"]:
        # transformers would make up a head, and its answers.
        raise ReaderModelError(
            f"The model {files.name!r} was not trained to answer questions: its weights lack "
            f"{', '.join(sorted(report['missing_keys']))}. Set READER_MODEL to another."
        )
    return model.eval(), encoder, "token_type_ids" in tokenizer.model_input_names
