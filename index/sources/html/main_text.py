"""Choosing the blocks of a page that are its article."""

from collections import Counter
from collections.abc import Sequence

from index.sources.document import Metadata
from index.sources.html.candidates import Candidate
from index.sources.html.core import Core
from index.sources.html.head import Head
from index.sources.html.labels import is_byline, is_comments_heading, is_label
from index.sources.html.regions import name_words
from index.sources.html.words import runs_of, words_of

_MAX_LINK_SHARE = 0.5
# A short line that is mostly a link leads elsewhere ("Read also: …").
_MAX_TEASER_WORDS = 25
_MIN_STANDFIRST_WORDS = 6
_MAX_LABEL_WORDS = 5
# So many words in a row that also stand elsewhere are no chance.
_RUN_WORDS = 6
# How many blocks are compared with all others, at most.
_MAX_CHECKS = 200
_STANDFIRST_NAMES = {
    *("standfirst", "dek", "deck", "lead", "lede", "summary", "intro", "subtitle", "subheadline"),
    *("synopsis", "abstract", "excerpt", "teaser", "subhead", "strapline", "chapo", "vorspann"),
}
_ROWS = {"li", "tr", "td", "dt", "dd"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPHS = {"p", "div", "section", "article", "span", "td", "main", "center"}


def article_blocks(
    candidates: Sequence[Candidate], core: Core, head: Head, metadata: Metadata
) -> list[Candidate]:
    """Return the candidates that are the article, captions among them, in document order.

    Args:
        candidates: all blocks of the page.
        core: where the article stands.
        head: its head.
        metadata: what is known of it; lines that only say that again are left out.
    """
    first, last = candidates[core.first].element, candidates[core.last].element
    end = _comments_start(candidates, core)

    def belongs(number: int, one: Candidate) -> bool:
        if number >= core.first or one.element is first:
            is_behind = number > core.last and one.element is not last
            return _is_in_body(one, core, is_behind=is_behind)
        if one.element.getparent() is first.getparent() and (
            head.headline is None or one.element.tag in _ROWS
        ):
            return number >= head.start and _is_in_body(one, core, is_behind=False)
        is_headed = head.headline is not None or one.element in core.elements
        return number >= head.start and is_headed and _is_in_head(one)

    kept = [
        one
        for number, one in enumerate(candidates[:end])
        if not one.is_beside
        and not is_label(one.text)
        and not is_byline(one, metadata, in_head=number < head.end)
        and belongs(number, one)
    ]
    return _without_empty_sections(_without_repetitions(kept))


def _comments_start(candidates: Sequence[Candidate], core: Core) -> int:
    """Return the number of the candidate that heads the comments, or how many there are."""
    body_words = sum(one.words for one in candidates if one.is_main)
    before = 0
    for number, one in enumerate(candidates[: core.last + 1]):
        if number > core.first and before * 2 > body_words and is_comments_heading(one.text):
            return number
        before += one.words * one.is_main
    return len(candidates)


def _is_in_head(one: Candidate) -> bool:
    """Return whether a block between headline and body is a standfirst or a caption."""
    if one.kind == "caption":
        return True
    if one.link_share >= _MAX_LINK_SHARE:
        return False
    if one.element.tag in _HEADINGS:
        return True
    return one.words >= _MIN_STANDFIRST_WORDS and (
        one.is_main
        or one.is_sentence
        or one.element.tag in ("p", "li", "blockquote")
        or not _STANDFIRST_NAMES.isdisjoint(name_words(one.element))
    )


def _is_in_body(one: Candidate, core: Core, *, is_behind: bool) -> bool:
    if one.element not in core.elements:
        return False
    if one.kind == "caption":
        return True
    if is_behind:
        return False
    if one.kind == "heading":
        return True
    is_paragraph = one.element.tag in _PARAGRAPHS
    if is_paragraph and one.words <= _MAX_TEASER_WORDS and one.link_share > 0.6:
        return False
    if one.is_main:
        return True
    if one.link_share >= _MAX_LINK_SHARE:
        return False
    if one.element.tag in ("p", "span"):
        return one.words > _MAX_LABEL_WORDS or one.is_sentence
    return not is_paragraph or (one.words > _MAX_LABEL_WORDS and one.is_sentence)


def _without_repetitions(kept: Sequence[Candidate]) -> list[Candidate]:
    """Leave out pull quotes, and copies of paragraphs: what stands in another block too."""
    words = [words_of(one.text) for one in kept]
    counts = Counter(run for of_block in words for run in set(runs_of(of_block, _RUN_WORDS)))
    everything = "\n".join(map(" ".join, words))
    seen: set[tuple[str, ...]] = set()
    result: list[Candidate] = []
    checks = _MAX_CHECKS
    for one, of_block in zip(kept, words, strict=True):
        may_repeat = one.kind == "text" and len(of_block) >= _RUN_WORDS and checks > 0
        if may_repeat and all(counts[run] > 1 for run in runs_of(of_block, _RUN_WORDS)):
            checks -= 1
            is_quoted = everything.count(" ".join(of_block)) > words.count(of_block)
            if of_block in seen or is_quoted:
                continue
        seen.add(of_block)
        result.append(one)
    return result


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
