"""A text as the search of a browser compares it: by its base letters, in whatever case."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.text_bounds import UNSPACED
from index.spans import Span

# Numbers by themselves: the number of a footnote is often joined to a word.
_WORD = re.compile(rf"[a-z]+|\d+|[{UNSPACED}]|[^\W\d_{UNSPACED}]+")
# Letters that Unicode does not decompose, but that its collation (CLDR, root) weighs as these; and
# marks that browsers take for one another.
_SAME = {
    **{"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i"},
    **dict.fromkeys("‘’‚‛′ʼ`׳", "'"),
    **dict.fromkeys("“”„‟″״", '"'),
}
# Marks, and what is drawn as nothing.
_IGNORED = {"Mn", "Me", "Cf", "Cc", "Cs"}
_FILLERS = "\u115f\u1160\u3164\uffa0"


class _Folding(dict[int, str]):
    """What each character becomes, found out once."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded_character(chr(code))
        return self[code]


_FOLDING = _Folding()


@dataclass(frozen=True)
class FoldedText:
    """A text without what a browser's search overlooks, and where each part of it came from.

    More is taken for equal than a browser takes: accents of every script, and marks that look
    alike. So what is found nowhere else here, a browser finds nowhere else.

    Attributes:
        text: as it was.
        folded: its base letters in lower case; every white space but a line break is a space.
    """

    text: str
    folded: str

    @cached_property
    def words(self) -> list[str]:
        """The words and numbers; each character of a script without spaces is one."""
        return [self.folded[start:end] for start, end in self._spans]

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """The numbers of each word's occurrences."""
        found: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            found.setdefault(word, []).append(number)
        return found

    def word_start(self, number: int) -> int:
        """Return where a word starts in `text`."""
        return self._offset(self._spans[number][0])

    def word_end(self, number: int) -> int:
        """Return where a word ends in `text`, behind the marks on its last letter."""
        return self._end(self._spans[number][1])

    def words_in(self, span: Span) -> tuple[int, int]:
        """Return the numbers of the first word that reaches into a span, and behind its last."""
        numbers = range(len(self._spans))
        first = bisect_right(numbers, span.start, key=self.word_end)
        if span.start == span.end:
            return first, first
        return first, bisect_left(numbers, span.end, lo=first, key=self.word_start)

    def span(self, start: int, end: int) -> Span:
        """Return where a part of `folded` came from."""
        first = self._offset(start)
        return Span(first, max(first, self._end(end)))

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where each word is in `folded`."""
        return [match.span() for match in _WORD.finditer(self.folded)]

    @cached_property
    def _turns(self) -> tuple[list[int], list[int]]:
        """Offsets in `folded` and in `text` from which on both count in step."""
        uneven = {c for c in set(self.text) if len(_FOLDING[ord(c)]) != 1}
        here, there = [0], [0]
        if not uneven:
            return here, there
        for match in re.finditer(f"[{re.escape(''.join(uneven))}]", self.text):
            place = here[-1] + match.start() - there[-1]
            length = len(_FOLDING[ord(match.group())])
            for step in range(length):
                here.append(place + step)
                there.append(match.start())
            here.append(place + length)
            there.append(match.end())
        return here, there

    def _offset(self, folded: int) -> int:
        here, there = self._turns
        turn = bisect_right(here, folded) - 1
        return there[turn] + folded - here[turn]

    def _end(self, folded: int) -> int:
        """Return the end of a part, which holds all of a character that became several."""
        return max(self._offset(folded), self._offset(folded - 1) + 1) if folded else 0


@lru_cache(maxsize=8)
def fold(text: str) -> FoldedText:
    """Return a text as a browser's search compares it; the last few are kept."""
    return FoldedText(text, folded(text))


def folded(text: str) -> str:
    """Return only the base letters of a text."""
    return text.translate(_FOLDING)


def _folded_character(character: str) -> str:
    if character == "\n":
        return character
    if character.isspace():
        return " "
    parts = filter(_is_compared, unicodedata.normalize("NFKD", character))
    folded_parts = unicodedata.normalize("NFKD", "".join(parts).casefold())
    compared = "".join(
        _SAME.get(part, " " if part.isspace() else part)
        for part in filter(_is_compared, folded_parts)
    )
    # An accent that stands by itself decomposes into a space with a mark.
    return character if compared.isspace() else compared


def _is_compared(character: str) -> bool:
    return character not in _FILLERS and unicodedata.category(character) not in _IGNORED
