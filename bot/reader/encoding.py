"""A question and a passage as one sequence of tokens; only here is `tokenizers` imported."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

IntArray = npt.NDArray[np.int64]

# A question that is longer is cut: nobody asks in so many words, and the passage has to be read.
_LONGEST_QUESTION = 128
# Of a passage that is longer than the model reads, neighbouring windows share so many tokens, which
# is longer than an answer may be.
_OVERLAP = 64
# Of what a small model reads, so much at least is left to the passage.
_PASSAGE_SHARE = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """What is read at once: the question and a passage, or a part of it.

    Attributes:
        ids: shape `(t,)`; the first token stands for "no answer".
        type_ids: 1 for the second text where the model tells the two apart, shape `(t,)`.
        first: place of the passage's first token.
        offsets: `[start, end)` in the passage of each of its tokens, in code points, shape
            `(n, 2)`; the tokens stand from `first` on.
    """

    ids: IntArray
    type_ids: IntArray
    first: int
    offsets: IntArray


@dataclass(frozen=True, slots=True)
class _Signs:
    """What a model puts round two texts, and how it numbers them."""

    before: list[int]
    between: list[int]
    after: list[int]
    second_type: int


class WindowEncoder:
    """Turns questions and passages into windows. May be used from several threads at once."""

    def __init__(self, tokenizer: "Tokenizer", max_tokens: int) -> None:
        """Take a model's tokenizer.

        Args:
            tokenizer: of a model that reads pairs of texts.
            max_tokens: the most that the model reads, special tokens included.

        Raises:
            ValueError: if the tokenizer does not put a sign before the question: nothing would
                stand for "no answer".
        """
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._max_tokens = max_tokens
        self._signs = _signs(tokenizer)
        if not self._signs.before:
            raise ValueError("the tokenizer puts no sign before the question")

    @classmethod
    def from_file(cls, path: Path, max_tokens: int) -> "WindowEncoder":
        """Read a `tokenizer.json`."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)), max_tokens)

    def encode(self, question: str, passages: list[str]) -> list[list[Window]]:
        """Return the windows of each passage, in order; none for a passage without a token."""
        asked = self._tokenizer.encode(question, add_special_tokens=False)
        encoded = self._tokenizer.encode_batch(passages, add_special_tokens=False)
        longest = int(self._room(0) * (1 - _PASSAGE_SHARE))
        question_ids = asked.ids[: min(_LONGEST_QUESTION, longest)]
        return [list(self._windows(question_ids, passage)) for passage in encoded]

    def _room(self, question_tokens: int) -> int:
        """Return how many tokens of a passage fit beside so many of the question."""
        signs = self._signs
        taken = len(signs.before) + question_tokens + len(signs.between) + len(signs.after)
        return self._max_tokens - taken

    def _windows(self, question_ids: list[int], passage: Any) -> Iterator[Window]:  # noqa: ANN401
        signs = self._signs
        head = [*signs.before, *question_ids, *signs.between]
        room = self._room(len(question_ids))
        overlap = min(_OVERLAP, room // 2)
        start = 0
        while start < len(passage.ids):
            part = passage.ids[start : start + room]
            ids = np.array([*head, *part, *signs.after], dtype=np.int64)
            types = np.zeros(len(ids), dtype=np.int64)
            types[len(head) :] = signs.second_type
            offsets = np.array(passage.offsets[start : start + room], dtype=np.int64)
            yield Window(ids, types, len(head), offsets)
            if start + room >= len(passage.ids):
                return
            start += room - overlap


def _signs(tokenizer: "Tokenizer") -> _Signs:
    """Find out what surrounds two texts, by encoding two and looking."""
    both = tokenizer.encode("a", "b")
    first = [place for place, part in enumerate(both.sequence_ids) if part == 0]
    second = [place for place, part in enumerate(both.sequence_ids) if part == 1]
    if not first or not second:
        raise ValueError("the tokenizer does not read pairs of texts")
    return _Signs(
        before=both.ids[: first[0]],
        between=both.ids[first[-1] + 1 : second[0]],
        after=both.ids[second[-1] + 1 :],
        second_type=both.type_ids[second[0]],
    )
