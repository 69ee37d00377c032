"""Joining the lines of a paragraph, and the words that were parted at their ends."""

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\w+(?:-\w+)*")
_PARTED = re.compile(r"(?P<left>\w+(?:-\w+)*)[-\u2010\xad]$")
# What is more often the first part of a compound than of a parted word.
_COMPOUND = re.compile(
    r"(?:well|self|half|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|non|anti|semi|multi|cross|short|post|quasi)$"
)
_WIDE_LETTER = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_SHORTEST_PART = 4


class LineJoiner:
    """Joins lines, with all words of the document in mind."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Take all lines of the document."""
        self._words: set[str] = set()
        for line in lines:
            found = _WORD.findall(line.casefold())
            # The last one may be part of a word only, and so may the first.
            self._words.update(found[1:-1])

    def join(self, lines: Sequence[str]) -> str:
        """Return lines as one."""
        text = ""
        for line in lines:
            text = self._joined(text, line) if text else line
        return text

    def _joined(self, text: str, line: str) -> str:
        parted = _PARTED.search(text)
        following = _WORD.match(line)
        if parted is None or following is None:
            is_wide = _WIDE_LETTER.match(text[-1]) and _WIDE_LETTER.match(line[:1])
            return f"{text}{line}" if is_wide else f"{text} {line}"
        left, right = parted["left"].casefold(), following.group().casefold()
        if text.endswith("\xad") or (line[0].islower() and self._was_parted(left, right)):
            return f"{text[:-1]}{line}"
        return f"{text}{line}"

    def _was_parted(self, left: str, right: str) -> bool:
        """Whether the hyphen between two parts stands there only because the line ended."""
        if left + right in self._words:
            return True
        if f"{left}-{right}" in self._words:
            return False
        return not (_COMPOUND.match(left) and len(right) >= _SHORTEST_PART)
