"""Where on a page its article stands: what trafilatura finds, and the element around it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from index.sources.html.candidates import Candidate
from index.sources.html.parsing import Element

# The article is the smallest element that holds so much of what is surely main text.
_CONTAINER_SHARE = 0.85
_MIN_WORDS = 8
_MAX_LINK_SHARE = 0.5
_LONG_WORDS = 30


@dataclass(frozen=True, slots=True)
class Core:
    """The place of an article among the candidates.

    Attributes:
        first: number of the first candidate that is surely its body.
        last: number of the last one.
        elements: the elements of the article.
    """

    first: int
    last: int
    elements: frozenset[Element]


def find_core(candidates: Sequence[Candidate]) -> Core | None:
    """Return where the article stands; None if there is no text.

    Where trafilatura finds nothing, all text is taken that is no menu and no list of links.
    """
    sure = [n for n, one in enumerate(candidates) if _is_sure(one) and not one.is_beside]
    if not sure and sum(one.words for one in candidates if _is_sure(one)) >= _LONG_WORDS:
        # Some pages are all one form.
        sure = [n for n, one in enumerate(candidates) if _is_sure(one)]
    sure = sure or [n for n, one in enumerate(candidates) if _may_be(one)]
    if not sure:
        return None
    container = _container([candidates[number] for number in sure])
    elements = frozenset(container.iter("*"))
    inside = [number for number in sure if candidates[number].element in elements]
    long = [number for number in inside if is_paragraph(candidates[number])] or inside
    return Core(long[0], inside[-1], elements)


def _is_sure(one: Candidate) -> bool:
    return one.kind == "text" and one.is_main


def is_paragraph(one: Candidate) -> bool:
    """Return whether a block is main text and no byline: it is long, or ends like a sentence."""
    if not _is_sure(one):
        return False
    return one.words >= _LONG_WORDS or (one.words >= _MIN_WORDS and one.is_sentence)


def _may_be(one: Candidate) -> bool:
    return one.kind == "text" and not one.is_beside and one.link_share < _MAX_LINK_SHARE


def _container(sure: Sequence[Candidate]) -> Element:
    held: dict[Element, int] = defaultdict(int)
    total = 0
    for one in sure:
        words = one.words
        total += words
        for element in (one.element, *one.element.iterancestors()):
            held[element] += words
    holding = [element for element, words in held.items() if words >= _CONTAINER_SHARE * total]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))
