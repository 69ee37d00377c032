import pytest

from index.sources.html.titles import without_site
from tests.sources.html.pages import BODY, page, read


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The ferry sails | The News", "The ferry sails"),
        ("The News: The ferry sails", "The ferry sails"),
        ("The ferry sails - The NEWS", "The ferry sails"),
        ("The ferry - a story", "The ferry - a story"),
        ("The News", "The News"),
    ],
)
def test_the_name_of_the_site_is_no_part_of_a_title(title: str, expected: str) -> None:
    assert without_site(title, "The News") == expected


@pytest.mark.parametrize(
    ("head", "top", "expected"),
    [
        ("<title>The ferry sails | News</title>", "<h1>The ferry sails</h1>", "The ferry sails"),
        (
            "<title>My Blog: On ferries</title>",
            '<h1><a href="/">My Blog</a></h1><h2>On ferries</h2>',
            "On ferries",
        ),
        ("<title>News - On ferries</title>", "<div>News</div><div>On ferries</div>", "On ferries"),
        (
            '<title>Ferry</title><meta property="og:title" content="Ferry: the end">',
            "<h1>“I was never late”: the captain speaks</h1>",
            "“I was never late”: the captain speaks",
        ),
        (
            "<title>On ferries</title>",
            "<font size=5>On ferries<br><font size=1>by Ada Moss</font></font><br><br>",
            "On ferries",
        ),
        ('<meta property="og:title" content="On ferries">', "", "On ferries"),
        ("", "<p>On ferries<br>by Ada Moss, 5 March 2024</p>", "On ferries"),
        ("", "", None),
    ],
)
def test_the_headline_is_what_people_see(head: str, top: str, expected: str | None) -> None:
    assert read(page(top + BODY, head)).metadata.title == expected
