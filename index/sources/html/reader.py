"""The one door to HTML: from the bytes of a page to a `Document`."""

from collections.abc import Iterator, Sequence

from index.sources.document import Block, Document
from index.sources.errors import NothingToReadError
from index.sources.html.barriers import find_barriers, refuse_barred
from index.sources.html.candidates import Candidate, find_candidates
from index.sources.html.controls import strip_buttons
from index.sources.html.core import find_core
from index.sources.html.decoding import decode_html
from index.sources.html.evidence import main_text
from index.sources.html.head import find_head
from index.sources.html.hidden import strip_hidden
from index.sources.html.layout import BlockBorders, published_text
from index.sources.html.main_text import article_blocks
from index.sources.html.metadata import Shown, find_metadata, read_declared
from index.sources.html.parsing import parse_html
from index.sources.html.reference_marks import strip_reference_marks
from index.sources.html.regions import article_region
from index.sources.html.styles import computed_styles
from index.sources.html.tables import join_rows


def read_html(raw: bytes, *, url: str | None = None, charset: str | None = None) -> Document:
    """Return what a page says.

    Args:
        raw: its bytes as they came.
        url: where it was opened; None for a saved file.
        charset: what the transport said of its encoding.

    Raises:
        NothingToReadError: if there is no article in it.
        ParsingError: if it has more elements than can be read.
    """
    root = parse_html(decode_html(raw, charset))
    declared = read_declared(root)
    barriers = find_barriers(root, declared.article)
    styles = computed_styles(root)
    borders = BlockBorders(styles)
    hidden = strip_hidden(root, styles)
    body = root.find("body")
    if body is None:
        raise NothingToReadError("empty")
    published = published_text(body, borders)
    strip_reference_marks(body)
    strip_buttons(body)
    join_rows(body)
    candidates = find_candidates(body, borders, main_text(root, url))
    core = find_core(candidates)
    if core is None:
        refuse_barred(barriers, 0, published, declared.page_title)
        raise NothingToReadError("empty")
    head = find_head(candidates, core, declared.titles, declared.site)
    headed = candidates[max(0, head.start - 1) : core.last + 1]
    region = article_region(one.element for one in headed)
    metadata = find_metadata(declared, Shown(head, region, published), url)
    kept = article_blocks(candidates, core, head, metadata)
    if not kept:
        raise NothingToReadError("empty")
    words = sum(one.words for one in kept if one.kind == "text")
    refuse_barred(barriers, words, published, declared.page_title)
    return Document(
        blocks=tuple(_blocks(kept, metadata.title)),
        metadata=metadata,
        published_text=published,
        hidden_passages=hidden.count({*core.elements, *region}),
    )


def _blocks(kept: Sequence[Candidate], title: str | None) -> Iterator[Block]:
    """Yield the blocks, without the headline: the metadata has it."""
    words = (title or "").casefold().split()
    for number, one in enumerate(kept):
        may_be_title = one.kind == "heading" or number == 0
        if not may_be_title or one.text.casefold().split() != words:
            yield Block(one.kind, one.text)
