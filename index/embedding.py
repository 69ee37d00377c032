"""`EmbeddingModel`: texts → unit-length vectors, and the fake that ships for tests."""

import hashlib
import re
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float32]

# Told how many texts are done, of how many.
Progress: TypeAlias = Callable[[int, int], None]


class EmbeddingModel(Protocol):
    """Turns texts into vectors whose inner product is their cosine similarity."""

    @property
    def name(self) -> str:
        """What the model is called in settings and messages."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the vectors might: vectors of one fingerprint can be compared."""
        ...

    @property
    def max_tokens(self) -> int:
        """Longest text that is read whole, in tokens, special tokens included."""
        ...

    def load(self) -> None:
        """Load the model now rather than at the first call that needs it.

        Raises:
            EmbeddingModelError: if it cannot be loaded.
        """
        ...

    def verify(self) -> None:
        """Check that the weights are the ones expected, where that is known.

        Raises:
            EmbeddingModelError: if they are not.
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each passage's length in tokens, with all that the model adds to it."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """Return unit-length rows, shape `(len(texts), dimension)`."""
        ...

    def encode_query(self, text: str) -> FloatArray:
        """Return one unit-length vector, shape `(dimension,)`."""
        ...


class HashedWordsModel:
    """A fake without weights: texts are near when they share words.

    The right passage wins, so that ranking can be asserted in tests without a real model (the
    hashing trick, Weinberger et al. 2009).
    """

    _WORD = re.compile(r"\w+")

    def __init__(self, dimension: int = 256, max_tokens: int = 64) -> None:
        """Make a model.

        Args:
            dimension: length of the vectors.
            max_tokens: longest text in words, two special tokens included.
        """
        self._dimension = dimension
        self._max_tokens = max_tokens

    @property
    def name(self) -> str:
        """What the model is called."""
        return "hashed-words"

    @property
    def fingerprint(self) -> str:
        """Identity of the vectors."""
        return f"hashed-words-{self._dimension}"

    @property
    def max_tokens(self) -> int:
        """Longest text that is read whole, in words, two special tokens included."""
        return self._max_tokens

    def load(self) -> None:
        """Do nothing: there are no weights."""

    def verify(self) -> None:
        """Do nothing: there are no weights."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return each text's number of words and two."""
        return [len(self._WORD.findall(text)) + 2 for text in texts]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """Return unit-length rows, shape `(len(texts), dimension)`."""
        rows = np.zeros((len(texts), self._dimension), dtype=np.float32)
        for number, text in enumerate(texts):
            rows[number] = self.encode_query(text)
            if progress is not None:
                progress(number + 1, len(texts))
        return rows

    def encode_query(self, text: str) -> FloatArray:
        """Return one unit-length vector, shape `(dimension,)`."""
        vector = np.zeros(self._dimension, dtype=np.float32)
        for word in self._WORD.findall(text.lower()):
            digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
            vector[int.from_bytes(digest, "big") % self._dimension] += 1
        length = np.linalg.norm(vector)
        if length == 0:
            vector[0] = length = np.float32(1)
        return vector / length
