"""Finding quotations: which marks open, which close, and which speech goes on in a new paragraph.

Of a speech of several paragraphs, each opens with a mark and only the last closes; each is then one
`Quotation`, and they have the same `speech`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.spans import Span, stripped

_MARK = re.compile("[\"“”„‟«»'‘’‚‹›]")
_DOUBLE_CLOSERS = {
    "“": "”“",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "”": "”",
    '"': '"',
}
_SINGLE = "'‘’‚"
_DEEPEST = 6  # quotations in each other
# What may stand between an opening mark and the white space before it.
_OPENING_NEIGHBOURS = " \n([{—–-/\"“„«'‘‚…:"
_ENDS_STATEMENT = re.compile(r"[,.;:?!…—–-]$")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        outer: with the marks.
        inner: without the marks and the white space at its ends.
        depth: in how many other quotations it lies.
        speech: number that is the same for the paragraphs of one speech.
    """

    outer: Span
    inner: Span
    depth: int = 0
    speech: int = -1


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    # Where a plural's apostrophe ("the farmers' union") may close it after all.
    doubtful_close: int | None = None


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the quotations in paragraphs, by where they begin, outer before nested ones.

    A mark that nothing closes opens a quotation only where the next paragraph opens with one too.

    Args:
        text: the article's text.
        paragraphs: in order, not overlapping.
    """
    found: list[Quotation] = []
    speech = 0
    goes_on = False
    for number, paragraph in enumerate(paragraphs):
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        inside, left_open = _in_paragraph(text, paragraph)
        begins_with_mark = _opens(text, paragraph)
        starts_speech = left_open is not None and following is not None and _opens(text, following)
        if starts_speech and left_open is not None:
            outer = Span(left_open, paragraph.end)
            # What was found inside a speech is nested in it.
            inside = [q for q in inside if q.outer.start < left_open] + [
                Quotation(outer, stripped(text, Span(left_open + 1, paragraph.end))),
                *(replace(q, depth=q.depth + 1) for q in inside if q.outer.start > left_open),
            ]
        for order, quotation in enumerate(inside):
            first_goes_on = goes_on and begins_with_mark and order == 0
            speech += not (first_goes_on or quotation.depth)
            found.append(replace(quotation, speech=speech))
        goes_on = starts_speech
    return tuple(found)


def ends_statement(text: str, quotation: Quotation) -> bool:
    """Whether a quotation ends with a mark that a few quoted words do not end with."""
    return _ENDS_STATEMENT.search(text, quotation.inner.start, quotation.inner.end) is not None


def _opens(text: str, paragraph: Span) -> bool:
    return text[paragraph.start : paragraph.start + 1] in {*_DOUBLE_CLOSERS, *_SINGLE} - {"’", "”"}


def _in_paragraph(text: str, paragraph: Span) -> tuple[list[Quotation], int | None]:
    """Return a paragraph's quotations, and where one begins that it leaves open."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        closed = list(_read_mark(text, paragraph, match.start(), stack))
        found.extend(_quotation(text, *span) for span in closed)
    while stack and stack[-1].mark in _SINGLE:
        last = stack.pop()
        if last.doubtful_close is not None:
            found.append(_quotation(text, last.at, last.doubtful_close + 1))
    return _nested(found), stack[0].at if stack else None


def _read_mark(
    text: str, paragraph: Span, at: int, stack: list[_Open]
) -> Iterator[tuple[int, int]]:
    """Open or close what the mark at `at` opens or closes; yield the ends of what it closes."""
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    may_open = before in _OPENING_NEIGHBOURS and not after.isspace()
    if mark in _SINGLE:
        yield from _read_single(before, after, at, stack, may_open and mark != "’", mark)
        return
    position = next((i for i, o in enumerate(stack) if mark in _closers(o)), None)
    if position is not None and not (may_open and mark == '"' and before == " "):
        opened = stack[position]
        yield from _close_inside(stack, position)
        del stack[position:]
        yield opened.at, at + 1
    elif may_open and mark in _DOUBLE_CLOSERS and len(stack) < _DEEPEST:
        if position is not None:  # The one before was never closed.
            del stack[position:]
        stack.append(_Open(mark, at))


def _read_single(
    before: str, after: str, at: int, stack: list[_Open], may_open: bool, mark: str
) -> Iterator[tuple[int, int]]:
    opened = stack[-1] if stack and stack[-1].mark in _SINGLE else None
    if may_open and not after.isdigit() and len(stack) <= _DEEPEST:
        if opened is not None:
            stack.pop()
            if opened.doubtful_close is not None:
                yield opened.at, opened.doubtful_close + 1
        stack.append(_Open(mark, at))
    elif opened is not None and at > opened.at + 1 and not (after.isalnum() or mark == "‘"):
        if before == "s" and after == " ":
            opened.doubtful_close = at
        elif before != " " or opened.doubtful_close is None:
            stack.pop()
            yield opened.at, at + 1


def _close_inside(stack: list[_Open], position: int) -> Iterator[tuple[int, int]]:
    for opened in stack[position + 1 :]:
        if opened.doubtful_close is not None:
            yield opened.at, opened.doubtful_close + 1


def _closers(opened: _Open) -> str:
    return _DOUBLE_CLOSERS.get(opened.mark, "")


def _quotation(text: str, start: int, end: int) -> Quotation:
    return Quotation(Span(start, end), stripped(text, Span(start + 1, end - 1)))


def _nested(found: list[Quotation]) -> list[Quotation]:
    """Return them in order, each with the number of those around it; without empty ones."""
    ordered = sorted(
        (q for q in found if q.inner.start < q.inner.end),
        key=lambda q: (q.outer.start, -q.outer.end),
    )
    around: list[Quotation] = []
    nested: list[Quotation] = []
    for quotation in ordered:
        while around and around[-1].outer.end <= quotation.outer.start:
            around.pop()
        nested.append(replace(quotation, depth=len(around)))
        around.append(quotation)
    return nested
