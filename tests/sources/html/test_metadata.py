from datetime import date

import pytest

from index.sources.document import Metadata
from index.sources.html.reader import read_html
from tests.sources.html.pages import BODY, article, page, read

JSON_LD = (
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry sails again",'
    '"datePublished":"2024-03-05","dateModified":"2024-04-01","author":{"name":"Ada Moss"},'
    '"publisher":{"name":"The News"}}</script>'
)


def test_what_a_page_declares() -> None:
    head = JSON_LD + '<link rel="canonical" href="/ferry-sails">'
    assert read(article("<p>By Ada Moss</p>", head)).metadata == Metadata(
        title="The ferry sails again",
        author="Ada Moss",
        published=date(2024, 3, 5),
        site="The News",
        url="https://news.example/ferry-sails",
        language="en",
    )


def test_what_a_page_shows() -> None:
    top = "<h1>The ferry sails again</h1><p>By Jane Doe | 5 March 2024</p>"
    assert read(page(f"<main>{top}{BODY}</main>")).metadata == Metadata(
        title="The ferry sails again",
        author="Jane Doe",
        published=date(2024, 3, 5),
        site="news.example",
        url="https://news.example/ferry",
        language="en",
    )


def test_a_byline_behind_the_standfirst() -> None:
    standfirst = "<p>It lost its rudder in the storm, and has been in the yard ever since.</p>"
    top = f"<h1>The ferry sails again</h1>{standfirst}<div>By Jane Doe | 5 March 2024</div>"
    document = read(page(f"<main>{top}{BODY}</main>"))
    assert document.metadata.author == "Jane Doe"
    assert document.metadata.published == date(2024, 3, 5)
    assert len(document.blocks) == 4


def test_an_author_that_nobody_sees_gives_way_to_the_one_that_people_see() -> None:
    top = "<h1>The ferry sails again</h1><p>By Jane Doe | 5 March 2024</p>"
    assert read(page(top + BODY, JSON_LD)).metadata.author == "Jane Doe"


def test_the_date_of_a_change_or_of_another_article_is_none() -> None:
    body = (
        f"<main><h1>The ferry sails again</h1>{BODY}"
        "<p>Last updated on <time>1 April 2024</time></p>"
        '<div class="related"><time datetime="2023-01-05">x</time></div></main>'
        "<footer>© 2021 The News</footer>"
    )
    assert read(page(body)).metadata.published is None


@pytest.mark.parametrize(
    ("attribute", "expected"),
    [('lang="de-AT"', "de"), ('lang="EN"', "en"), ('lang=""', None), ("", None)],
)
def test_the_language_is_the_one_that_the_page_names(attribute: str, expected: str | None) -> None:
    raw = f"<html {attribute}><body>{BODY}</body></html>".encode()
    assert read_html(raw, url=None, charset=None).metadata.language == expected
