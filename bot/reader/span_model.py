"""`SpanModel`: what every extractive question-answering model can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.reader.encoding import Window
from index.embedding import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class SpanLogits:
    """What a model says of one window's tokens; higher is likelier, on no scale.

    Attributes:
        starts: of each token to be an answer's first; shape `(t,)`. The first stands for "no
            answer" (Devlin et al. 2019).
        ends: to be its last; shape `(t,)`.
    """

    starts: FloatArray
    ends: FloatArray


class SpanModel(Protocol):
    """A question-answering model. May be used from several threads at once."""

    @property
    def name(self) -> str:
        """What the model is called in the settings."""
        ...

    @property
    def fingerprint(self) -> str:
        """Changes whenever the model's files do."""
        ...

    def load(self) -> None:
        """Load library and weights now.

        Raises:
            ReaderModelError: if the model cannot be loaded.
        """
        ...

    def windows(self, question: str, passages: list[str]) -> list[list[Window]]:
        """Return what is read of each passage."""
        ...

    def logits(self, windows: Sequence[Window]) -> list[SpanLogits]:
        """Read windows, each by itself, so that none bears on what is found in another."""
        ...
