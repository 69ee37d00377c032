"""Pages in which somebody hides text from people, and pages that only seem to."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.sources.document import Document
from index.sources.html.reader import read_html

PAGES = Path(__file__).parents[2] / "attack_pages"


@dataclass(frozen=True, slots=True)
class AttackPage:
    """A page and what is expected of it; `hidden_passages` is None where any number is right."""

    name: str
    raw: bytes
    url: str
    visible: tuple[str, ...]
    hidden: tuple[str, ...]
    hidden_passages: int | None

    def read(self) -> Document:
        return read_html(self.raw, url=self.url, charset=None)


def attack_pages() -> list[AttackPage]:
    found = []
    for path in sorted(PAGES.glob("*/expected.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            AttackPage(
                name=path.parent.name,
                raw=(path.parent / "page.html").read_bytes(),
                url=expected["url"],
                visible=tuple(expected["visible"]),
                hidden=tuple(expected["hidden"]),
                hidden_passages=expected["hidden_passages"],
            )
        )
    return found


every_page = pytest.mark.parametrize("page", attack_pages(), ids=lambda page: page.name)


def said(document: Document) -> str:
    """Return all that a document says, its metadata and its published text too."""
    metadata = document.metadata
    fields = (metadata.title, metadata.author, metadata.site, metadata.url)
    blocks = (block.text for block in document.blocks)
    return "\n".join((*blocks, *filter(None, fields), document.published_text or ""))


@every_page
def test_what_people_do_not_see_is_nowhere(page: AttackPage) -> None:
    text = said(page.read())
    assert [hidden for hidden in page.hidden if hidden in text] == []


@every_page
def test_what_people_see_is_there(page: AttackPage) -> None:
    text = "\n".join(block.text for block in page.read().blocks)
    assert [visible for visible in page.visible if visible not in text] == []


@every_page
def test_hidden_passages_are_counted(page: AttackPage) -> None:
    found = page.read().hidden_passages
    assert page.hidden_passages in (None, found)


def test_there_are_pages_of_both_kinds() -> None:
    pages = attack_pages()
    assert len(pages) >= 60
    assert {bool(page.hidden) for page in pages} == {True, False}
