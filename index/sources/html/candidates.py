"""The blocks of a page, each with what speaks for and against its being the article's."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.article import count_words
from index.sources.document import BlockKind
from index.sources.html.captions import is_caption
from index.sources.html.evidence import MainText
from index.sources.html.layout import BlockBorders, TextRun, text_runs
from index.sources.html.parsing import Element
from index.sources.html.regions import is_aside, may_be_aside, name_words

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
# RFC 3676, section 4.3; and where Mailman lists what was attached.
_MAIL_SIGNATURE = re.compile(r"^(?:-- ?|-{5,} next part -{5,})$", re.MULTILINE)
_SENTENCE_END = re.compile(r"""[.!?…:;。！？：；।؟۔።]["'”’»」』)\]]*$""")
# An element with so much of the main text is the article, whatever it is called.
_HOLDER_SHARE = 1 / 3
# So much of the main text never stands beside the article.
_MAX_BESIDE_SHARE = 0.4
_MAX_LINK_SHARE = 0.5
_CODE_NAMES = {"highlight", "code", "source", "sourcecode", "prettyprint", "language", "hljs"}
_MENUS = {"nav", "menu", "footer"}
# At least so much of a block is main text by trafilatura, for the block to be main text.
_SURE_SHARE = 0.6
_MIN_SENTENCE_WORDS = 12
_MAX_BOLD_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Candidate:
    """A block that may belong to the article.

    Attributes:
        kind: what it would be.
        lines: its lines as `<br>` parts them, white space collapsed.
        text: its lines as one.
        words: how many words there are.
        element: the innermost block around it.
        is_beside: whether it stands in a part of the page that is not the article.
        share: how much of it is main text by trafilatura, from 0 to 1.
        link_share: how much of it is links, from 0 to 1.
    """

    kind: BlockKind
    lines: tuple[str, ...]
    text: str
    words: int
    element: Element
    is_beside: bool
    share: float
    link_share: float

    @property
    def is_main(self) -> bool:
        """Whether it is main text by trafilatura."""
        return self.share >= _SURE_SHARE

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do."""
        return _SENTENCE_END.search(self.text) is not None


def find_candidates(body: Element, borders: BlockBorders, evidence: MainText) -> list[Candidate]:
    """Return all blocks of a page in document order."""
    runs = list(text_runs(body, borders))
    captions = _all_in(body, is_caption)
    holders = _holders(runs, evidence)
    beside = _all_in(body, lambda element: element not in holders and is_aside(element))
    maybe_beside = _all_in(body, lambda element: element not in holders and may_be_aside(element))
    found: list[Candidate] = []
    for run in runs:
        for lines in _paragraphs(run):
            text = " ".join(lines)
            words, share = count_words(text), evidence.share(text)
            found.append(
                Candidate(
                    kind=_kind(run.block, text, captions),
                    lines=lines,
                    text=text,
                    words=words,
                    element=run.block,
                    is_beside=run.block in beside
                    or (run.block in maybe_beside and not _reads_as_text(text, words, share)),
                    share=share,
                    link_share=_link_share(run.block, text),
                )
            )
    return _without_wrong_names(found)


def _without_wrong_names(found: list[Candidate]) -> list[Candidate]:
    """Believe trafilatura rather than names that would leave out much of the main text."""
    main = [one for one in found if one.is_main and one.link_share < _MAX_LINK_SHARE]
    beside = sum(one.words for one in main if one.is_beside)
    if beside <= _MAX_BESIDE_SHARE * sum(one.words for one in main):
        return found
    wrong = {id(one) for one in main}
    return [replace(one, is_beside=False) if id(one) in wrong else one for one in found]


def _paragraphs(run: TextRun) -> Iterator[tuple[str, ...]]:
    """Yield the paragraphs of a run, which empty lines part, each as its lines."""
    text = run.text
    if run.block.tag == "pre":
        text = _MAIL_SIGNATURE.split(text, maxsplit=1)[0]
        if _is_code(run.block):
            text = text.replace("\n", " ")
    paragraph: list[str] = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        if line:
            paragraph.append(line)
        elif paragraph:
            yield tuple(paragraph)
            paragraph = []
    if paragraph:
        yield tuple(paragraph)


def _is_code(block: Element) -> bool:
    """Return whether a preformatted block is a program, whose empty lines part no paragraphs."""
    return block.find(".//code") is not None or not _CODE_NAMES.isdisjoint(
        name_words(block) | name_words(block.getparent())
    )


def _kind(element: Element, text: str, captions: set[Element]) -> BlockKind:
    if element in captions:
        return "caption"
    if element.tag in _HEADINGS or element.get("role") == "heading":
        return "heading"
    return "heading" if _is_bold_heading(element, text) else "text"


def _is_bold_heading(element: Element, text: str) -> bool:
    """Return whether a paragraph is all bold and short: how old pages write headings."""
    if (
        element.tag not in ("p", "div")
        or len(element) != 1
        or element[0].tag not in ("b", "strong")
    ):
        return False
    bold = " ".join(element[0].text_content().split())
    return (
        bold == text
        and count_words(text) <= _MAX_BOLD_HEADING_WORDS
        and _SENTENCE_END.search(text) is None
    )


def _reads_as_text(text: str, words: int, share: float) -> bool:
    return (
        share >= _SURE_SHARE
        and words >= _MIN_SENTENCE_WORDS
        and _SENTENCE_END.search(text) is not None
    )


def _holders(runs: list[TextRun], evidence: MainText) -> set[Element]:
    """Return the elements that hold too much of the main text to stand beside it."""
    held: dict[Element, float] = defaultdict(float)
    total = 0.0
    for run in runs:
        words = evidence.share(run.text) * count_words(run.text)
        total += words
        for element in (run.block, *run.block.iterancestors()):
            held[element] += words
    return {
        element
        for element, words in held.items()
        if words > _HOLDER_SHARE * total and element.tag not in _MENUS
    }


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
