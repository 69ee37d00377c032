"""What a browser marks for a text directive: a small model of the specification.

Source: WICG, URL Fragment Text Directives: "parse a text directive", "find a range from a text
directive". A page is its text, a line for each block. Words are those of Unicode Standard Annex 29,
but that no script without spaces is cut (browsers have dictionaries for these).
"""

import functools
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import unquote

import regex

from index.spans import Span

_QUOTES = str.maketrans("‘’‚‛“”„‟", "''''" + 4 * '"')
_UNSPACED = regex.compile(
    r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Han}\p{Hiragana}\p{Katakana}]{2}"
)


@dataclass(frozen=True, slots=True)
class TextDirective:
    """The four terms; an empty one was not given."""

    prefix: str
    start: str
    end: str
    suffix: str


def parse(url: str) -> list[TextDirective]:
    """Return the directives of an address."""
    _, _, fragment = url.partition("#")
    _, delimiter, directives = fragment.partition(":~:")
    assert delimiter, url
    return [_parsed(one) for one in directives.split("&")]


def _parsed(directive: str) -> TextDirective:
    name, _, value = directive.partition("=")
    tokens = value.split(",")
    assert name == "text" and 1 <= len(tokens) <= 4 and all(tokens), directive
    assert re.fullmatch(r"(?:[-!$'()*+./:;=?@\w~,]|%[0-9A-F]{2})+", value, re.ASCII), directive
    prefix = tokens.pop(0)[:-1] if tokens[0].endswith("-") else ""
    suffix = tokens.pop()[1:] if tokens and tokens[-1].startswith("-") else ""
    assert 1 <= len(tokens) <= 2, directive
    assert not any("-" in token for token in tokens), directive
    start, end = (*tokens, "")[:2]
    return TextDirective(*(unquote(term, errors="strict") for term in (prefix, start, end, suffix)))


class SearchedPage:
    """The text of a page, searched as the specification says."""

    def __init__(self, text: str) -> None:
        """Take a text with a line for each block."""
        self.text = text
        self._letters: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(text):
            for letter in base_letters(character):
                self._letters.append(letter)
                self._places.append(place)
        self._folded = "".join(self._letters)
        self._bounds = set(_word_bounds(text))

    def marked(self, directive: TextDirective) -> Span | None:
        """Return the range that the directive stands for."""
        search = 0
        while True:
            if directive.prefix:
                prefix = self._find(directive.prefix, search, starts=True, ends=False)
                if prefix is None:
                    return None
                search = prefix[0] + 1
                behind = self._behind_space(prefix[1])
                ends = bool(directive.end) or not directive.suffix
                start = self._find(directive.start, behind, starts=False, ends=ends)
                if start is None:
                    return None
                if start[0] != behind:
                    continue
            else:
                ends = bool(directive.end) or not directive.suffix
                start = self._find(directive.start, search, starts=True, ends=ends)
                if start is None:
                    return None
                search = start[0] + 1
            end = self._end(directive, start[1])
            if end is not None:
                return Span(self._places[start[0]], self._places[end - 1] + 1)
            if directive.end:
                return None

    def _end(self, directive: TextDirective, start_end: int) -> int | None:
        """Return where the range ends, or None if what follows is something else."""
        end = start_end
        while True:
            if directive.end:
                found = self._find(directive.end, end, starts=True, ends=not directive.suffix)
                if found is None:
                    return None
                end = found[1]
            if not directive.suffix:
                return end
            behind = self._behind_space(end)
            suffix = self._find(directive.suffix, behind, starts=False, ends=True)
            if suffix is not None and suffix[0] == behind:
                return end
            if suffix is None or not directive.end:
                return None

    def _find(self, term: str, start: int, *, starts: bool, ends: bool) -> tuple[int, int] | None:
        """Return the first occurrence of a term in one block."""
        letters = "".join(map(base_letters, term))
        assert letters.strip(), term
        at = self._folded.find(letters, start)
        while at >= 0:
            end = at + len(letters)
            if (not starts or self._is_bound(at)) and (not ends or self._is_bound(end)):
                return at, end
            at = self._folded.find(letters, at + 1)
        return None

    def _is_bound(self, at: int) -> bool:
        """Return whether a word begins or ends before a letter."""
        first = self._places[at - 1] + 1 if at else 0
        last = self._places[at] if at < len(self._places) else len(self.text)
        return any(place in self._bounds for place in range(first, last + 1))

    def _behind_space(self, at: int) -> int:
        while at < len(self._letters) and self._letters[at].isspace():
            at += 1
        return at


def base_letters(text: str) -> str:
    """Return the letters of a text that count at the primary level of collation."""
    return "".join(map(_base_letters, text))


@functools.cache
def _base_letters(character: str) -> str:
    if character.isspace():
        return character if character == "\n" else " "
    folded = _without_marks(_without_marks(character).casefold()).translate(_QUOTES)
    # An accent that stands by itself is no space.
    return character if folded.isspace() else re.sub(r"\s", " ", folded)


def _without_marks(text: str) -> str:
    ignored = {"Mn", "Me", "Cf", "Cc", "Cs"}
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if letter.isspace() or unicodedata.category(letter) not in ignored
    )


def _word_bounds(text: str) -> list[int]:
    at, bounds = 0, []
    for line in text.split("\n"):
        bounds += [
            at + match.start()
            for match in regex.finditer(r"(?w)\b", line)
            if not match.start() or not _UNSPACED.match(line, match.start() - 1)
        ]
        bounds += [at, at + len(line)]
        at += len(line) + 1
    return bounds
