"""The figures of the tuning pages do not get worse; the held-out ones are for the final figure."""

from collections import defaultdict
from functools import cache

import pytest

from tests.extraction.corpus import Page, pages
from tests.extraction.extractors import ours
from tests.extraction.scoring import Extraction, Score, score

PAGES = pages(held_out=False)
# What is asked of all pages on average, and of a single one.
MIN_MEAN_F1 = 0.95
MIN_F1 = 0.9
MIN_DATES = 0.9
MIN_TITLES = 0.9
MIN_AUTHORS = 0.9
MIN_CAPTIONS = 0.9

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@cache
def scored(name: str) -> Score:
    page = next(page for page in PAGES if page.name == name)
    return score(page, ours(page))


def share(values: list[bool]) -> float:
    return sum(values) / len(values)


@every_page
def test_the_words_of_a_page(page: Page) -> None:
    assert scored(page.name).f1 >= MIN_F1


def test_the_words_of_all_pages() -> None:
    assert sum(scored(page.name).f1 for page in PAGES) / len(PAGES) >= MIN_MEAN_F1


def test_the_words_of_each_style() -> None:
    by_style: dict[str, list[float]] = defaultdict(list)
    for page in PAGES:
        by_style[page.style.split(",")[0].split(":")[0]].append(scored(page.name).f1)
    poor = {style: f1 for style, f1 in by_style.items() if sum(f1) / len(f1) < MIN_MEAN_F1}
    assert poor == {}


def test_titles_authors_dates_and_captions() -> None:
    scores = [scored(page.name) for page in PAGES]
    captions = [one.captions for one in scores if one.captions is not None]
    assert share([one.title for one in scores]) >= MIN_TITLES
    assert share([one.author for one in scores]) >= MIN_AUTHORS
    assert share([one.date for one in scores]) >= MIN_DATES
    assert sum(captions) / len(captions) >= MIN_CAPTIONS


def test_the_score_forgives_optional_words_and_no_others() -> None:
    page = Page(
        name=PAGES[0].name,
        raw=b"",
        url="",
        charset=None,
        title="A title",
        author="Ada Moss; John Roe",
        published="2024-03-05",
        language="en",
        style="",
        paragraphs=("one two", "two three"),
        headings=("four",),
        captions=("a boat",),
        held_out=False,
    )
    found = score(
        page,
        Extraction(
            body=("one two", "boat", "other"),
            captions=("A boat",),
            title="A TITLE",
            author="Ada Moss, John Roe",
        ),
    )
    assert (found.precision, found.recall) == (2 / 3, 2 / 5)
    assert (found.title, found.author, found.date, found.captions) == (True, True, False, 1.0)
