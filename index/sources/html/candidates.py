"""The blocks of a page, each with what speaks for and against its being the article's."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from index.article import count_words
from index.sources.document import BlockKind
from index.sources.html.captions import is_caption
from index.sources.html.evidence import MainText
from index.sources.html.layout import BlockBorders, TextRun, text_runs
from index.sources.html.parsing import Element
from index.sources.html.regions import is_aside

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_PARAGRAPH_BREAK = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may belong to the article.

    Attributes:
        kind: what it would be.
        text: its words, white space collapsed.
        words: how many there are.
        element: the innermost block around it.
        is_beside: whether it stands in a part of the page that is not the article.
        share: how much of it is main text by trafilatura, from 0 to 1.
        link_share: how much of it is links, from 0 to 1.
    """

    kind: BlockKind
    text: str
    words: int
    element: Element
    is_beside: bool
    share: float
    link_share: float


def find_candidates(root: Element, borders: BlockBorders, evidence: MainText) -> list[Candidate]:
    """Return all blocks of a page in document order."""
    captions = _all_in(root, is_caption)
    beside = _all_in(root, is_aside)
    found: list[Candidate] = []
    for run in text_runs(root, borders):
        element = run.block
        kind: BlockKind = "text"
        if element in captions:
            kind = "caption"
        elif element.tag in _HEADINGS or element.get("role") == "heading":
            kind = "heading"
        for text in _paragraphs(run):
            found.append(
                Candidate(
                    kind=kind,
                    text=text,
                    words=count_words(text),
                    element=element,
                    is_beside=element in beside,
                    share=evidence.share(text),
                    link_share=_link_share(element, text),
                )
            )
    return found


def _paragraphs(run: TextRun) -> Iterator[str]:
    """Yield the paragraphs of a run, which empty lines part."""
    for part in _PARAGRAPH_BREAK.split(run.text):
        text = " ".join(part.split())
        if text:
            yield text


def _all_in(root: Element, test: Callable[[Element], bool]) -> set[Element]:
    """Return the elements that pass a test, and all that are inside one that does."""
    found: set[Element] = set()
    for element in root.iter("*"):
        if element.getparent() in found or test(element):
            found.add(element)
    return found


def _link_share(element: Element, text: str) -> float:
    linked = sum(len(" ".join(link.text_content().split())) for link in element.iter("a"))
    return min(1.0, linked / len(text)) if text else 0.0
