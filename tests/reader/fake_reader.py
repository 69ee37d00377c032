"""A reader model without weights, which points at the words behind the question's last word."""

import re
from collections.abc import Sequence

import numpy as np

from bot.reader.encoding import Window
from bot.reader.span_model import SpanLogits
from index.lexical import content_stems
from tests.reader.windows import FIRST, window_of

_TOKEN = re.compile(r"\w+|[^\w\s]")
_POINTED, _NOT = 4.0, -4.0


class PointingModel:
    """Says that the two words behind the question's last word answer, where it finds that word.

    Where it does not, "no answer" is likelier than any words.
    """

    name = "pointing"
    fingerprint = "pointing-1"

    def __init__(self) -> None:
        self.loaded = 0
        self.read = 0

    def load(self) -> None:
        self.loaded += 1

    def windows(self, question: str, passages: list[str]) -> list[list[Window]]:
        last = content_stems(question)[-1]
        return [self._windows(last, passage) for passage in passages]

    def logits(self, windows: Sequence[Window]) -> list[SpanLogits]:
        self.read += len(windows)
        return [_pointed(window) for window in windows]

    def _windows(self, last: str, passage: str) -> list[Window]:
        matches = list(_TOKEN.finditer(passage))
        if not matches:
            return []
        window = window_of([match.span() for match in matches])
        for place, match in enumerate(matches):
            # A token's id says whether it is the word that is looked for.
            window.ids[FIRST + place] = content_stems(match.group()) == [last]
        window.ids[:FIRST] = window.ids[-1] = 0
        return [window]


def _pointed(window: Window) -> SpanLogits:
    starts = np.full(len(window.ids), _NOT, dtype=np.float32)
    ends = starts.copy()
    starts[0] = ends[0] = 0.0
    end = window.first + len(window.offsets)
    for place in np.flatnonzero(window.ids[:end]).tolist():
        if place + 1 < end:
            starts[place + 1] = _POINTED
            ends[min(place + 2, end - 1)] = _POINTED
    return SpanLogits(starts, ends)
