"""Choosing the blocks of a page that are its article."""

from collections.abc import Sequence

from index.sources.document import Metadata
from index.sources.html.candidates import Candidate
from index.sources.html.core import Core
from index.sources.html.head import Head
from index.sources.html.labels import is_byline, is_comments_heading, is_label
from index.sources.html.regions import name_words

_MAX_LINK_SHARE = 0.5
# A short line that is mostly a link leads elsewhere ("Read also: …").
_MAX_TEASER_WORDS = 25
_MIN_STANDFIRST_WORDS = 6
_MAX_LABEL_WORDS = 5
_STANDFIRST_NAMES = {
    *("standfirst", "dek", "deck", "lead", "lede", "summary", "intro", "subtitle", "subheadline"),
    *("synopsis", "abstract", "excerpt", "teaser", "subhead", "strapline", "chapo", "vorspann"),
}
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
    kept = [
        one
        for number, one in enumerate(candidates[:end])
        if not one.is_beside
        and not is_label(one.text)
        and not is_byline(one, metadata, in_head=number < core.first)
        and (
            _is_in_body(one, core, is_behind=number > core.last and one.element is not last)
            if number >= core.first or one.element is first
            else number >= head.start and _is_in_head(one)
        )
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
    """Leave out pull quotes: blocks whose words another block has too."""
    texts = ["".join(filter(str.isalnum, one.text.casefold())) for one in kept]
    everything = "\n".join(texts)
    return [
        one
        for one, text in zip(kept, texts, strict=True)
        if one.kind != "text" or one.words < _MIN_STANDFIRST_WORDS or everything.count(text) < 2
    ]


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
