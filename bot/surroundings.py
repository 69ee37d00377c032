"""Which of several occurrences is meant: the one between the same words."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from bot.folded_text import FoldedText
from index.spans import Span

# In words. The page may have more between them: a caption, an advertisement.
_CONTEXT = 24
_PUBLISHED_CONTEXT = 2 * _CONTEXT
# What the page may have between two words that are next to each other: a reference mark.
_MARK = 2
# What a word is worth: directly around, and on the same line in both; only of the same paragraph;
# of another. A paragraph is rarely repeated; what is next to it, such as a headline, often is.
_DIRECT, _INSIDE, _OUTSIDE = 8, 2, 1


class Surroundings:
    """The words of an article around some of its words."""

    def __init__(self, said: FoldedText, first: int, last: int) -> None:
        """Keep what is around the words from number `first` to the one before number `last`.

        Args:
            said: the article; a paragraph never goes over a line break.
            first: number of the first word.
            last: number behind the last word, greater than `first`.
        """
        self._said, self._first, self._last = said, first, last
        self._before = said.words[max(first - _CONTEXT, 0) : first][::-1]
        self._behind = said.words[last : last + _CONTEXT]
        self._line = _on_the_line(said, first, last)

    def score(self, published: FoldedText, place: tuple[int, int]) -> int:
        """Return how much of them the page has around a place; more is better.

        Args:
            published: the page, a line for each block.
            place: numbers of the first word there, and of the one behind the last.
        """
        first, last = place
        before = published.words[max(first - _PUBLISHED_CONTEXT, 0) : first][::-1]
        behind = published.words[last : last + _PUBLISHED_CONTEXT]
        line = _on_the_line(published, first, last)
        return _worth(self._before, before, (self._line[0], line[0])) + _worth(
            self._behind, behind, (self._line[1], line[1])
        )

    def occurrences_before(self) -> int:
        """Return how often the same words between the same ones stand further up."""
        words = self._said.words
        start, end = max(self._first - _CONTEXT, 0), self._last + _CONTEXT
        window = words[start:end]
        return sum(
            words[place : place + len(window)] == window
            for place in self._said.places[window[0]]
            if place < start
        )


def _on_the_line(text: FoldedText, first: int, last: int) -> tuple[int, int]:
    """Return how many words before and behind are on the same line."""
    start = text.text.rfind("\n", 0, text.word_start(first)) + 1
    end = text.text.find("\n", text.word_end(last - 1))
    opens, closes = text.words_in(Span(start, end if end >= 0 else len(text.text)))
    return first - opens, closes - last


def _worth(said: Sequence[str], published: Sequence[str], on_line: tuple[int, int]) -> int:
    """Return what the words are worth that both have in the same order.

    Args:
        said: of the article, the nearest word first.
        published: of the page, the nearest word first.
        on_line: how many of each are on the same line.
    """
    direct, end = _directly(said[: on_line[0]], published[: on_line[1]])
    total = direct * _DIRECT
    matcher = SequenceMatcher(None, said[direct:], published[end:], autojunk=False)
    for block in matcher.get_matching_blocks():
        inside = max(min(block.size, on_line[0] - direct - block.a), 0)
        total += inside * _INSIDE + (block.size - inside) * _OUTSIDE
    return total


def _directly(said: Sequence[str], published: Sequence[str]) -> tuple[int, int]:
    """Return how many words follow each other in both, and how far that goes in the page."""
    end = 0
    for count, word in enumerate(said):
        ahead = published[end : end + _MARK + 1]
        if word not in ahead:
            return count, end
        end += ahead.index(word) + 1
    return len(said), end
