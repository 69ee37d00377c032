"""Which reporting phrase of a statement a quotation or a stretch of words belongs to."""

from collections.abc import Iterator

from bot.speakers.cue import Cue
from bot.speakers.passages import ReadStatement
from index.spans import Span

# Share of a stretch of words that must be said for all of it to count as said.
_MOST_OF = 0.5
_NEARLY_ALL = 0.8


def nearest_cue(statement: ReadStatement, position: int) -> Cue | None:
    """Return the reporting phrase nearest to a quotation of those in whose scope it lies."""
    fitting = [cue for cue in statement.cues if any(s.has(position) for s in cue.scopes)]
    return min(fitting, key=lambda cue: _distance(cue, position), default=None)


def _distance(cue: Cue, position: int) -> int:
    return cue.first - position if position < cue.first else position - cue.end + 1


def cue_for(statement: ReadStatement, span: Span) -> Cue | None:
    """Return the reporting phrase of most of the words of a span, or of the whole statement."""
    length = span.end - span.start
    whole = length >= _NEARLY_ALL * (statement.span.end - statement.span.start)
    if not whole:
        inside = [
            (scope.end - scope.first, order, cue)
            for order, cue in enumerate(statement.cues)
            for scope in cue.scopes
            if _scope_length(statement, cue, span, with_cue=False) >= _NEARLY_ALL * length
        ]
        if inside:
            return min(inside)[2]
    fitting = [
        cue
        for cue in statement.cues
        if not cue.is_aside
        and _scope_length(statement, cue, span, with_cue=True) >= _MOST_OF * length
    ]
    return next((cue for cue in fitting if cue.is_frame), fitting[0] if fitting else None)


def _scope_length(statement: ReadStatement, cue: Cue, span: Span, *, with_cue: bool) -> int:
    """Return how many characters of a span are said, the reporting phrase with them or not."""
    parts = [*_spans(statement, cue)]
    if with_cue:
        parts.append(statement.range(cue.first, cue.end))
    return sum(common(part, span) for part in parts)


def _spans(statement: ReadStatement, cue: Cue) -> Iterator[Span]:
    for scope in cue.scopes:
        if scope.first >= scope.end:
            continue
        if not scope.quotations_only:
            yield statement.range(scope.first, scope.end)
            continue
        for word in statement.words[scope.first : scope.end]:
            if word.quotation is not None:
                yield Span(word.start, word.end)


def common(one: Span, other: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
