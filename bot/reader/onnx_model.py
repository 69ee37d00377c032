"""A reader model in ONNX Runtime; no other module imports that library."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.reader.encoding import Window, WindowEncoder
from bot.reader.errors import ReaderModelError
from bot.reader.reader_files import (
    MODEL_FILE,
    TOKENIZER_FILE,
    ReaderFiles,
    file_sha256,
    read_description,
)
from bot.reader.span_model import SpanLogits

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


class OnnxModel:
    """A model that was exported with `python -m bot.reader.export`.

    Each window is a run of its own. Nothing is padded, and a quantised model scales its activations
    by one window alone, so that what is found does not depend on what is read beside it.
    """

    def __init__(self, files: ReaderFiles, *, threads: int = 0) -> None:
        """Take a model's files; nothing is loaded yet.

        Args:
            files: of a directory with `model.onnx`, `tokenizer.json` and `reader.json`.
            threads: that a window is read with; 0 for as many as there are cores.
        """
        if files.directory is None:
            raise ValueError("an exported model is in a directory")
        self.name = files.name
        self.fingerprint = files.fingerprint
        self._directory = files.directory
        self._threads = threads
        self._loading = threading.Lock()
        self._parts: tuple[InferenceSession, WindowEncoder] | None = None

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
        """Read windows one after the other; the threads share a window's tokens."""
        session = self._loaded()[0]
        inputs = {value.name for value in session.get_inputs()}
        return [_read(session, inputs, window) for window in windows]

    def _loaded(self) -> "tuple[InferenceSession, WindowEncoder]":
        with self._loading:
            if self._parts is None:
                self._parts = _load(self._directory, self._threads)
            return self._parts


def _load(directory: Path, threads: int) -> "tuple[InferenceSession, WindowEncoder]":
    description = read_description(directory)
    try:
        sha256 = file_sha256(directory / MODEL_FILE)
        encoder = WindowEncoder.from_file(directory / TOKENIZER_FILE, description.max_tokens)
        session = _session(directory / MODEL_FILE, threads)
    # Which errors a broken file raises is up to two libraries in C++ and Rust.
    except Exception as error:
        raise ReaderModelError(
            f"The reader model in {directory} cannot be loaded: its {MODEL_FILE} or "
            f"{TOKENIZER_FILE} is missing or damaged. Set READER_MODEL to another, or to none."
        ) from error
    if sha256 != description.sha256:
        raise ReaderModelError(
            f"The {MODEL_FILE} in {directory} is not the one that its reader.json describes. "
            "Export it again, or set READER_MODEL to another."
        )
    return session, encoder


def _session(path: Path, threads: int) -> "InferenceSession":
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors
    # Waiting threads would keep the cores from the embedding model, and from other questions.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _read(session: "InferenceSession", inputs: set[str], window: Window) -> SpanLogits:
    feed: dict[str, Any] = {"input_ids": window.ids[None, :]}
    if "attention_mask" in inputs:
        feed["attention_mask"] = (window.ids >= 0).astype("int64")[None, :]
    if "token_type_ids" in inputs:
        feed["token_type_ids"] = window.type_ids[None, :]
    starts, ends = session.run(["start_logits", "end_logits"], feed)
    return SpanLogits(starts[0], ends[0])
