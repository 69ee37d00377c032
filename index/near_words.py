"""Which words are near a mistyped one; only here is rapidfuzz imported."""

import re
from collections.abc import Collection, Iterator

_DOUBLED = re.compile(r"(.)\1+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_STEPS = 2


def is_usual(typed: str, word: str) -> bool:
    """Whether two neighbours are swapped, or a letter is doubled that is not, or the reverse."""
    return sorted(typed) == sorted(word) or _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", word)


def near_words(typed: str, words: Collection[str]) -> Iterator[tuple[str, int]]:
    """Yield the words that are near, each with its steps: a letter more, less, other or swapped.

    Steps are those of the restricted Damerau-Levenshtein distance.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    near = process.extract_iter(typed, words, scorer=OSA.distance, score_cutoff=_MOST_STEPS)
    for word, steps, _ in near:
        yield word, int(steps)


def one_step_from(word: str) -> set[str]:
    """Return all that differs from a word in one step, most of it no word (Norvig 2007)."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    return {
        *(left + right[1:] for left, right in parts if right),
        *(left + right[1] + right[0] + right[2:] for left, right in parts if len(right) > 1),
        *(left + letter + right[1:] for left, right in parts if right for letter in _LETTERS),
        *(left + letter + right for left, right in parts for letter in _LETTERS),
    }
