from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from index.sources.html.json_ld import Node
from index.sources.html.meta_tags import MetaTags, links
from index.sources.html.moments import parse_stamp, parse_words
from index.sources.html.parsing import parse_html
from index.sources.html.published_date import (
    date_in_address,
    date_in_lines,
    declared_date,
    shown_date,
)
from tests.sources.html.pages import page, tree

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-03-05", DAY),
        ("20240305", DAY),
        ("2024/03/05", DAY),
        (
            "2024-03-05T10:15:00+02:00",
            datetime(2024, 3, 5, 10, 15, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("Tue, 05 Mar 2024 10:15:00 +0000", datetime(2024, 3, 5, 10, 15, tzinfo=UTC)),
        ("March 5, 2024", DAY),
        ("1847-03-05", None),
        ("soon", None),
        ("9" * 5000, None),
    ],
)
def test_stamps_for_programs(text: str, expected: date | None) -> None:
    assert parse_stamp(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Published 5 March 2024 in Cray", "en", DAY),
        ("March 5, 2024 5:05 pm", "en", datetime(2024, 3, 5, 17, 5)),
        ("5. März 2024, 10:15 Uhr", "de", datetime(2024, 3, 5, 10, 15)),
        ("Publié le 5 mars 2024 à 10h15", "fr", datetime(2024, 3, 5, 10, 15)),
        ("5 de marzo de 2024", "es", DAY),
        ("5 марта 2024, 10:15", None, datetime(2024, 3, 5, 10, 15)),
        ("Τρίτη, 5 Μαρτίου 2024", None, DAY),
        ("2024年3月5日 10:15", "ja", datetime(2024, 3, 5, 10, 15)),
        ("2024년 3월 5일", "ko", DAY),
        ("५ मार्च २०२४", "hi", DAY),
        ("05.03.2024", "en", DAY),
        ("05/03/2024", "fr", DAY),
        ("05/03/2024", "en", None),
        ("25/03/2024", "en", date(2024, 3, 25)),
        ("Tue Mar  5 10:15:17 CET 2024", "en", datetime(2024, 3, 5, 10, 15)),
        ("Chapter 12 of 2020", "en", None),
        ("5 March 2024", "xx", DAY),
        ("March 2024", "en", None),
    ],
)
def test_dates_in_words(text: str, language: str | None, expected: date | None) -> None:
    assert parse_words(text, language) == expected


@pytest.mark.parametrize(
    ("node", "head", "expected"),
    [
        ({"datePublished": "2024-03-05", "dateModified": "2024-04-01"}, "", DAY),
        ({"dateModified": "2024-04-01"}, "", None),
        (None, '<meta property="article:published_time" content="2024-03-05">', DAY),
        (None, '<meta property="article:modified_time" content="2024-03-05">', None),
        (None, '<meta name="DC.date.issued" content="2024-03-05">', DAY),
        ({"datePublished": "soon"}, '<meta name="date" content="2024-03-05">', DAY),
    ],
)
def test_what_is_declared(node: Node | None, head: str, expected: date | None) -> None:
    assert declared_date(node, MetaTags(parse_html(page("<p>x</p>", head)))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<time datetime="2024-03-05">Tuesday</time>', DAY),
        ("<p>Updated <time datetime='2024-04-01'>x</time></p>", None),
        ("<p>Updated <time>1 April 2024</time> <time>5 March 2024</time></p>", DAY),
        ('<time>1 April 2024</time><i itemprop="datePublished">5 March 2024</i>', DAY),
        ('<abbr class="published" title="2024-03-05">8:14</abbr>', DAY),
        ('<p class="post-date">5 March 2024</p>', DAY),
        ("<p>5 March 2024</p>", None),
    ],
)
def test_what_is_shown(body: str, expected: date | None) -> None:
    assert shown_date(tree(body).iter("*"), "en") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Jane Doe | 5 March 2024", DAY),
        ("Updated 1 April 2024 | Published 5 March 2024", DAY),
        ("Publié le 5 mars 2024 Mis à jour le 1 avril 2024", DAY),
        ("Updated 1 April 2024", None),
    ],
)
def test_what_a_line_of_the_head_says(line: str, expected: date | None) -> None:
    assert date_in_lines([line], "fr" if "mars" in line else "en") == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/2024/03/05/ferry", DAY),
        ("https://a.example/news/2024/3/5/", DAY),
        ("https://a.example/2024/ferry", None),
        (None, None),
    ],
)
def test_what_an_address_says(url: str | None, expected: date | None) -> None:
    assert date_in_address(url) == expected


def test_meta_elements_by_every_kind_of_name() -> None:
    root = parse_html(
        page(
            "<p>x</p>",
            '<meta name="Author" content=" Jane  Doe "><meta property="og:title" content="T">'
            '<meta itemprop="author" content="John Roe"><meta name="empty" content=" ">'
            '<link rel="Canonical alternate" href=" /x ">',
        )
    )
    meta = MetaTags(root)
    assert list(meta.all("og:title", "author")) == ["T", "Jane Doe", "John Roe"]
    assert (meta.first("empty", "author"), meta.first("nothing")) == ("Jane Doe", None)
    assert list(links(root, "canonical")) == ["/x"]
