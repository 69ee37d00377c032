"""The extraction corpus: pages as publishers write them, and what a reader would call the article.

Each folder under ``pages/tuning`` and ``pages/held_out`` holds ``page.html`` (the bytes a server
would send) and ``expected.json``. The held-out third is looked at for final figures only.

What counts as the article's own text:

* paragraphs: what the author wrote, in order, white space collapsed (no-break spaces too). A
  standfirst under the title is one; list items and table rows are one paragraph each.
* headings: headings inside the body, without the title.
* captions: of pictures, videos and tables, with the credit where the caption contains it.
* nothing else: no byline, date, pull quote that repeats the text, author's biography, related
  links, advertisement label, comment, form or footer; no reference mark ([1], a footnote's number).

``author`` holds people only, several joined by "; ". ``published`` is the day the page itself
names, in its own time zone; None where it names none.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"
TUNING = "tuning"
HELD_OUT = "held_out"


@dataclass(frozen=True, slots=True)
class Page:
    """One page and what is expected of it.

    ``charset`` is what the server's header would say, None where it says nothing; ``encoding`` is
    the true encoding where neither the header nor the page tells it.
    """

    name: str
    raw: bytes
    url: str
    charset: str | None
    title: str
    author: str | None
    published: str | None
    language: str
    style: str
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    captions: tuple[str, ...]
    held_out: bool
    encoding: str | None = None


def pages(held_out: bool | None = None) -> list[Page]:
    """All pages by name, or only those that are held out (True) or for tuning (False)."""
    wanted = {None: (TUNING, HELD_OUT), True: (HELD_OUT,), False: (TUNING,)}[held_out]
    folders = [path.parent for part in wanted for path in (PAGES / part).glob("*/expected.json")]
    return [_page(folder) for folder in sorted(folders, key=lambda folder: folder.name)]


def _page(folder: Path) -> Page:
    expected: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Page(
        name=folder.name,
        raw=(folder / "page.html").read_bytes(),
        url=expected["url"],
        charset=expected["charset_header"],
        title=expected["title"],
        author=expected["author"],
        published=expected["published"],
        language=expected["language"],
        style=expected["style"],
        paragraphs=tuple(expected["paragraphs"]),
        headings=tuple(expected.get("headings", ())),
        captions=tuple(expected.get("captions", ())),
        held_out=folder.parent.name == HELD_OUT,
        encoding=expected.get("encoding"),
    )
