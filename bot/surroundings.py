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
# What a word is worth: directly around and of the same paragraph, or only of the same paragraph, or
# of another. A paragraph is rarely repeated; what stands next to it, such as a headline, often is.
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
        text = said.text
        start = text.rfind("\n", 0, said.word_starts[first]) + 1
        end = text.find("\n", said.word_ends[last - 1])
        opens, closes = said.words_in(Span(start, end if end >= 0 else len(text)))
        self._before = said.words[max(first - _CONTEXT, 0) : first][::-1]
        self._behind = said.words[last : last + _CONTEXT]
        self._in_paragraph = first - opens, closes - last

    def score(self, published: FoldedText, place: tuple[int, int]) -> int:
        """Return how much of them the page has around a place; more is better.

        Args:
            published: the page.
            place: numbers of the first word there, and of the one behind the last.
        """
        first, last = place
        before = published.words[max(first - _PUBLISHED_CONTEXT, 0) : first][::-1]
        behind = published.words[last : last + _PUBLISHED_CONTEXT]
        return _worth(self._before, before, self._in_paragraph[0]) + _worth(
            self._behind, behind, self._in_paragraph[1]
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


def _worth(said: Sequence[str], published: Sequence[str], in_paragraph: int) -> int:
    """Return what the words are worth that both have in the same order.

    Args:
        said: of the article, the nearest word first.
        published: of the page, the nearest word first.
        in_paragraph: how many of `said` are in the same paragraph.
    """
    direct, end = _directly(said[:in_paragraph], published)
    total = direct * _DIRECT
    matcher = SequenceMatcher(None, said[direct:], published[end:], autojunk=False)
    for block in matcher.get_matching_blocks():
        inside = max(min(block.size, in_paragraph - direct - block.a), 0)
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
