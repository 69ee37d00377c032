"""Choosing the blocks of a page that are its article."""

from collections import defaultdict
from collections.abc import Sequence

from index.sources.html.candidates import Candidate
from index.sources.html.parsing import Element

# At least so much of a block is main text by trafilatura, for the block to be main text.
_SURE_SHARE = 0.6
# The article is the smallest element that holds so much of what is sure.
_CONTAINER_SHARE = 0.85
_MAX_LINK_SHARE = 0.5


def article_blocks(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates that are the article, captions among them, in document order."""
    sure = [one for one in candidates if _is_sure(one) and not one.is_beside]
    sure = sure or [one for one in candidates if _is_sure(one)]
    if not sure:
        return []
    inside = set(article_element(sure).iter("*"))
    kept = [one for one in candidates if _is_kept(one, one.element in inside)]
    return _without_empty_sections(kept)


def article_element(sure: Sequence[Candidate]) -> Element:
    """Return the smallest element that holds most of the words that are surely main text."""
    held: dict[Element, int] = defaultdict(int)
    for one in sure:
        for element in (one.element, *one.element.iterancestors()):
            held[element] += one.words
    wanted = _CONTAINER_SHARE * sum(one.words for one in sure)
    holding = [element for element, words in held.items() if words >= wanted]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _is_sure(one: Candidate) -> bool:
    return one.kind == "text" and one.share >= _SURE_SHARE


def _is_kept(one: Candidate, is_inside: bool) -> bool:
    if one.is_beside or not is_inside:
        return False
    if one.kind == "text":
        return one.share >= _SURE_SHARE or one.link_share < _MAX_LINK_SHARE
    return True


def _without_empty_sections(kept: Sequence[Candidate]) -> list[Candidate]:
    """Leave out headings that head nothing: the next block is one of the same or a higher rank."""
    result: list[Candidate] = []
    below: Candidate | None = None
    for one in reversed(kept):
        if one.kind == "heading" and (
            below is None or (below.kind == "heading" and _rank(below) <= _rank(one))
        ):
            continue
        result.append(one)
        if one.kind != "caption":
            below = one
    return result[::-1]


def _rank(one: Candidate) -> str:
    return str(one.element.tag)
