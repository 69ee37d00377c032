"""The words of a text, as they are compared."""

import re
from collections.abc import Iterator

# Each character of scripts that are written without spaces counts as a word.
_WORD = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|\\w+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, case folded, without punctuation."""
    return tuple(_WORD.findall(text.casefold()))


def runs_of(words: tuple[str, ...], length: int) -> Iterator[tuple[str, ...]]:
    """Yield all runs of so many words that follow each other."""
    return (words[start : start + length] for start in range(len(words) - length + 1))
