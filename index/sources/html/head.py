"""The head of an article: its headline, and the lines between that and its body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.header import Header, find_header
from index.sources.html.candidates import Candidate
from index.sources.html.core import Core, is_paragraph
from index.sources.html.parsing import Element
from index.sources.html.regions import is_elsewhere
from index.sources.html.titles import find_headline

# Where no headline is found, so many blocks before the body are its head.
_BLOCKS_BEFORE = 6
_LINES_BEFORE = 2
_LINES_BEHIND = 8
_MAX_STANDFIRST_WORDS = 60
_MAX_LINE = 12


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an article.

    Attributes:
        start: number of the first candidate behind the headline.
        end: number of the first candidate that surely is behind the bylines.
        headline: its words, if it was found.
        lines: the lines of the head, as people see them.
        elements: the elements of the head, in document order.
        header: what the lines say in the forms that plain texts have; for pages that declare
            nothing.
        before: the last lines before the headline, where some pages have their date.
    """

    start: int
    end: int
    headline: str | None
    lines: tuple[str, ...]
    elements: tuple[Element, ...]
    header: Header
    before: tuple[str, ...]


def find_head(
    candidates: Sequence[Candidate], core: Core, titles: Iterable[str], site: str | None
) -> Head:
    """Return the head of the article.

    Args:
        candidates: all blocks of the page.
        core: where the body stands.
        titles: the titles that the page declares for programs.
        site: name of the publication.
    """
    headline = find_headline(candidates, core, titles, site)
    header, header_end = _plain_header(candidates, core)
    if headline is None:
        start = max(0, core.first - _BLOCKS_BEFORE, header_end)
        rest: list[str] = []
    else:
        start = headline.number + 1
        rest = [line for line in candidates[headline.number].lines if line not in headline.text]
    end = _end_of_head(candidates, core)
    top = candidates[max(0, start - 1 - _LINES_BEFORE) : max(0, start - 1)]
    blocks = [
        one
        for one in candidates[start:end]
        if not is_paragraph(one) and one.kind != "caption" and not _is_elsewhere(one.element)
    ]
    return Head(
        start=start,
        end=end,
        headline=None if headline is None else headline.text,
        lines=(*rest, *(line for one in blocks for line in one.lines)),
        elements=tuple(_elements(blocks, candidates[core.first].element)),
        header=header,
        before=tuple(
            one.text for one in reversed(top) if one.words <= _MAX_LINE and not one.is_beside
        ),
    )


def _end_of_head(candidates: Sequence[Candidate], core: Core) -> int:
    """Return where the head ends: bylines may also stand behind a first, short paragraph."""
    if candidates[core.first].words > _MAX_STANDFIRST_WORDS:
        return core.first
    following = range(core.first + 1, min(core.first + 1 + _LINES_BEHIND, core.last + 1))
    return next((n for n in following if is_paragraph(candidates[n])), core.first)


def _plain_header(candidates: Sequence[Candidate], core: Core) -> tuple[Header, int]:
    """Read the first blocks of the article as one reads those of a plain text.

    Returns:
        What they say, and the number of the first candidate behind those that only say that.
    """
    start = next((n for n in range(core.first) if candidates[n].element in core.elements), None)
    start = core.first if start is None else start
    blocks = candidates[start : core.first + 2]
    text = "\n\n".join("\n".join(one.lines) for one in blocks)
    header, body_offset = find_header(text)
    if header.author is None and header.published is None:
        # Any short block looks like a headline.
        return Header(), start
    number, offset = start, 0
    for one in blocks:
        offset += len("\n".join(one.lines)) + 2
        if offset > body_offset:
            break
        number += 1
    return header, number


def _elements(blocks: Sequence[Candidate], first: Element) -> list[Element]:
    around = {first, *first.iterancestors()}
    found: dict[Element, None] = {}
    for one in blocks:
        outside: list[Element] = []
        for element in (one.element, *one.element.iterancestors()):
            if element in around:
                break
            outside.append(element)
        for element in (*reversed(outside), *one.element.iterdescendants("*")):
            found.setdefault(element)
    return list(found)


def _is_elsewhere(element: Element) -> bool:
    return any(is_elsewhere(one) for one in (element, *element.iterancestors()))
