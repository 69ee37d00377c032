"""Where words of an article stand on its publisher's page, whose text differs a little.

The page has menus, reference marks and captions between the words, soft hyphens inside them, and
the same sentence perhaps twice.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from heapq import nsmallest
from itertools import islice

from bot.folded_text import FoldedText, fold, folded
from bot.surroundings import Surroundings
from index.spans import Span

# All lengths are in words. Of what is longer than twice this, both ends are looked for.
_END = 24
# What the page may have between two words of the article: a reference mark, a link to edit.
_GAP = 6
# A place where fewer of the words stand is another sentence.
_LEAST_SHARE = 0.6
# A piece of the sentence that stands alone on the page must be longer than a phrase.
_LEAST_PIECE = 4
_LEAST_PIECE_SHARE = 1 / 3
# So many places are compared, those with the most of the words. A word that is everywhere proposes
# none, unless no other does; then so many of its occurrences count.
_COMPARED = 32
_RARE = 100
_MOST_OCCURRENCES = 2000
# Around a place, so many words count in choosing what is compared.
_NEAR = 16

# Numbers of a first word and of the one behind the last.
_Words = tuple[int, int]


def published_span(text: str, span: Span, page: str) -> Span | None:
    """Return where the words of a span stand in the publisher's text.

    Of several occurrences it is the one with the most words, then the one between the same words,
    of which those of the same paragraph count most, then the one that is as many occurrences from
    the start as the span is.

    Args:
        text: what the span counts in; a paragraph never goes over a line break.
        span: the words; of a long span, both ends are looked for.
        page: all text of the page, as its publisher has it.

    Returns:
        A span of `page` that begins and ends with whole words and the marks next to them that
        `text` has too; of a part of the words, if the page does not have the others; None if it
        has not even a third of them in one piece, or has that piece more than once.
    """
    said, published = fold(text), fold(page)
    first, last = said.words_in(span)
    if first == last:
        return None
    found = _found(said, first, last, published)
    if found is None:
        return None
    start, end = published.word_start(found[0]), published.word_end(found[1] - 1)
    before = text[span.start : max(span.start, said.word_start(first))]
    behind = text[min(span.end, said.word_end(last - 1)) : span.end]
    return Span(
        start - _shared(before[::-1], page[max(start - len(before), 0) : start][::-1]),
        end + _shared(behind, page[end : end + len(behind)]),
    )


def _found(said: FoldedText, first: int, last: int, published: FoldedText) -> _Words | None:
    if last - first <= 2 * _END:
        return _place(said, first, last, published) or _piece(said.words[first:last], published)
    head = _place(said, first, first + _END, published)
    tail = _place(said, last - _END, last, published)
    if head and tail and 0 < tail[1] - head[0] <= 2 * (last - first):
        return head[0], tail[1]
    return head or tail


def _place(said: FoldedText, first: int, last: int, published: FoldedText) -> _Words | None:
    """Return where the words stand between the same words as in the article."""
    words = said.words[first:last]
    surroundings = Surroundings(said, first, last)
    starts = _starts(said, first, last, published)
    counts = [_place_at(words, start, published) for start in starts]
    most = max((count for _, count in counts), default=0)
    if most < max(_LEAST_SHARE * len(words), 1):
        return None
    scores = {
        place: surroundings.score(published, place)
        for place in _apart({place for place, count in counts if count == most})
    }
    highest = max(scores.values())
    best = sorted(place for place, score in scores.items() if score == highest)
    before = surroundings.occurrences_before() if len(best) > 1 else 0
    return best[min(before, len(best) - 1)]


def _apart(places: Iterable[_Words]) -> list[_Words]:
    """Return the shortest of the places that reach into each other."""
    kept: list[_Words] = []
    for place in sorted(places, key=lambda place: (place[1] - place[0], place)):
        if all(place[1] <= other[0] or other[1] <= place[0] for other in kept):
            kept.append(place)
    return kept


def _starts(said: FoldedText, first: int, last: int, published: FoldedText) -> list[int]:
    """Return numbers of the page's words at which most of these words may begin.

    Each occurrence of one of the words says where the first of them would be, each of a word near
    them too; the starts that most agree on come first.
    """
    words = said.words[first:last]
    is_rare = any(0 < len(published.places.get(word, ())) <= _RARE for word in words)
    most = _RARE if is_rare else _MOST_OCCURRENCES
    votes, near = Counter[int](), Counter[int]()
    for number in range(max(first - _NEAR, 0), min(last + _NEAR, len(said.words))):
        places = published.places.get(said.words[number], [])
        is_inside = first <= number < last
        if len(places) > most and (is_rare or not is_inside):
            continue
        for place in islice(places, most):
            start = place - number + first
            if is_inside:
                votes[start] += 1
            near[start // _NEAR] += 1

    def order(start: int) -> tuple[int, int]:
        around = max(near[start // _NEAR + side] for side in (-1, 0, 1))
        return -3 * votes[start] - around, start

    return nsmallest(_COMPARED, votes, key=order)


def _place_at(words: Sequence[str], start: int, published: FoldedText) -> tuple[_Words, int]:
    """Return where the words stand at a start that one of them speaks for, and how many do."""
    page = published.words
    known = next(
        number
        for number, word in enumerate(words)
        if 0 <= start + number < len(page) and page[start + number] == word
    )
    middle, reach = start + known, len(words) * (_GAP + 1)
    before, begin = _followed(words[:known][::-1], page[max(middle - reach, 0) : middle][::-1])
    behind, end = _followed(words[known:], page[middle : middle + reach])
    return (middle - begin, middle + end), before + behind


def _followed(words: Sequence[str], page: Sequence[str]) -> tuple[int, int]:
    """Return how many of the words follow each other in a page, and how far that goes."""
    count = end = 0
    for word in words:
        near = page[end : end + _GAP + 1]
        if word in near:
            count, end = count + 1, end + near.index(word) + 1
    return count, end


def _piece(words: Sequence[str], published: FoldedText) -> _Words | None:
    """Return where the longest run of these words stands on the page, if only there."""
    block = SequenceMatcher(None, published.words, words, autojunk=False).find_longest_match()
    if block.size < max(_LEAST_PIECE, _LEAST_PIECE_SHARE * len(words)):
        return None
    run = words[block.b : block.b + block.size]
    places = (
        place
        for place in published.places[run[0]]
        if published.words[place : place + block.size] == run
    )
    return (block.a, block.a + block.size) if len(list(islice(places, 2))) == 1 else None


def _shared(said: str, published: str) -> int:
    """Return how many marks the page has as they are said, up to the first that differs.

    White space is only behind such a mark: French has it before some.
    """
    count = 0
    for number, (one, other) in enumerate(zip(said, published, strict=False), start=1):
        if folded(one).isspace() and folded(other).isspace():
            continue
        if folded(one) != folded(other):
            break
        count = number
    return count
