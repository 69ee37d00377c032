"""Embedding models without weights that tell, or refuse, what they are asked."""

from collections.abc import Sequence
from pathlib import Path

from index.embedding import FloatArray, HashedWordsModel, Progress
from index.model_files import find_model


class CountingModel(HashedWordsModel):
    """Keeps the texts that it has embedded."""

    def __init__(self, dimension: int = 64, max_tokens: int = 64) -> None:
        super().__init__(dimension, max_tokens)
        self.embedded: list[str] = []

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        self.embedded.extend(texts)
        return super().encode_passages(texts, progress)


class UnusedModel(HashedWordsModel):
    """Fails the test that loads it or embeds with it."""

    def __init__(self, dimension: int = 64) -> None:
        super().__init__(dimension)

    def load(self) -> None:
        raise AssertionError("the model was loaded")

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        raise AssertionError(f"the model was to embed {len(texts)} texts")


class DirectoryModel(CountingModel):
    """Is known by the files of a directory, as a model at a path is."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._directory = directory

    @property
    def name(self) -> str:
        return str(self._directory)

    @property
    def fingerprint(self) -> str:
        return find_model(self.name).fingerprint
