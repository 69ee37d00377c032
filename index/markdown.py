"""Markdown → blocks of plain text, without the markup."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from index.sources.document import Block

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"\A---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*\n", re.DOTALL)
# What the front matter says of the article itself; the rest of it is for programs.
_FRONT_MATTER_LINE = re.compile(r"^(?:title|author|date|published|url)[ ]*:.*$", re.M | re.I)

# Inline tokens that hold words; an image's are its description.
_WORDS = {"text", "code_inline", "image"}


def markdown_to_blocks(markdown: str) -> list[Block]:
    """Return a document's headings, paragraphs, list items, table rows and code as plain text.

    Their line breaks are those that the document forces.

    The lines of the front matter that name title, author, date or address come first, as they
    stand. HTML inside the document is left out: it is markup, and may hide what it holds.

    Args:
        markdown: a CommonMark document, with tables as GitHub has them.
    """
    from markdown_it import MarkdownIt

    markdown = markdown.removeprefix("\ufeff").replace("\r\n", "\n")
    blocks: list[Block] = []
    front_matter = _FRONT_MATTER.match(markdown)
    if front_matter:
        said = "\n".join(_FRONT_MATTER_LINE.findall(front_matter.group(1)))
        blocks.append(Block("text", said))
        markdown = markdown[front_matter.end() :]
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    blocks.extend(_blocks(tokens))
    return blocks


def _blocks(tokens: "list[Token]") -> Iterator[Block]:
    row: list[str] | None = None
    for previous, token in pairwise([*tokens[:1], *tokens]):
        if token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield Block("text", " | ".join(cell for cell in row if cell))
            row = None
        elif token.type in ("fence", "code_block"):
            yield Block("text", token.content)
        elif token.type == "inline":
            text = _inline_text(token)
            if row is not None:
                row.append(text)
            else:
                yield Block("heading" if previous.type == "heading_open" else "text", text)


def _inline_text(token: "Token") -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(
        child.content if child.type in _WORDS else breaks.get(child.type, "")
        for child in token.children or []
    )
