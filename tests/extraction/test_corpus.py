"""The corpus itself: large enough, a third held out, and its expectations are in its pages."""

import re
from collections.abc import Sequence
from datetime import date

import lxml.html
import pytest

from tests.extraction.corpus import Page, pages

PAGES = pages()
INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# Scripts, styles and reference marks such as [1] and [citation needed].
NOT_TEXT = (
    "//script | //style | //a[@class='footnote-anchor']"
    " | //sup[contains(@class, 'reference') or contains(@class, 'noprint')]"
)
META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def encoding_of(page: Page) -> str:
    """The page's encoding: the stated truth, the header, the page's own declaration, UTF-8."""
    declared = META_CHARSET.search(page.raw)
    in_page = declared.group(1).decode("ascii") if declared else None
    return page.encoding or page.charset or in_page or "utf-8"


def run_together(text: str) -> str:
    """The text without white space and invisible characters, so that markup cannot split words."""
    return INVISIBLE.sub("", text)


def text_of(page: Page) -> str:
    """All the page's text but scripts, styles and reference marks, run together."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True)
    text = page.raw.decode(encoding_of(page))
    root = lxml.html.document_fromstring(text.encode("utf-8"), parser=parser)
    for element in root.xpath(NOT_TEXT):
        element.drop_tree()
    return run_together(root.text_content())


def missing_in_order(text: str, strings: Sequence[str]) -> list[str]:
    """The strings that do not occur in the text after the one before them."""
    missing, position = [], 0
    for string in strings:
        wanted = run_together(string)
        found = text.find(wanted, position)
        if found < 0:
            missing.append(string)
        else:
            position = found + len(wanted)
    return missing


def test_at_least_forty_pages_a_third_of_them_held_out() -> None:
    held_out = pages(held_out=True)
    assert len(PAGES) >= 40
    assert 3 * len(held_out) >= len(PAGES)
    assert {page.name for page in held_out}.isdisjoint(p.name for p in pages(held_out=False))


def test_names_and_addresses_are_unique() -> None:
    assert len({page.name for page in PAGES}) == len(PAGES)
    assert len({page.url for page in PAGES}) == len(PAGES)


@every_page
def test_paragraphs_are_on_the_page_in_order(page: Page) -> None:
    assert len(page.paragraphs) >= 3
    assert missing_in_order(text_of(page), page.paragraphs) == []


@every_page
def test_headings_are_on_the_page_in_order(page: Page) -> None:
    assert missing_in_order(text_of(page), page.headings) == []


@every_page
def test_captions_are_on_the_page_and_no_paragraphs(page: Page) -> None:
    assert missing_in_order(text_of(page), page.captions) == []
    assert set(page.captions).isdisjoint(page.paragraphs)


@every_page
def test_white_space_is_collapsed(page: Page) -> None:
    strings = [page.title, *page.paragraphs, *page.headings, *page.captions]
    assert strings == [" ".join(string.split()) for string in strings]


@every_page
def test_date_and_language_are_well_formed(page: Page) -> None:
    published = page.published
    assert published is None or date.fromisoformat(published).isoformat() == published
    assert re.fullmatch(r"[a-z]{2,3}", page.language)
    assert page.url.startswith(("https://", "http://"))
