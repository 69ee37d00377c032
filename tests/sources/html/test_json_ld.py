import pytest

from index.sources.html.json_ld import (
    authors_of,
    find_article,
    find_publisher,
    json_ld_nodes,
    texts,
    types_of,
)
from index.sources.html.parsing import parse_html
from tests.sources.html.pages import page

ARTICLE = '{"@type":"NewsArticle","headline":"Ferry sails","datePublished":"2024-05-01"}'


def nodes_of(*scripts: str) -> list[dict[str, object]]:
    head = "".join(f'<script type="application/ld+json">{one}</script>' for one in scripts)
    return json_ld_nodes(parse_html(page("<p>x</p>", head)))


def headline(*scripts: str) -> object:
    node = find_article(nodes_of(*scripts), ["Ferry sails - The News"])
    return None if node is None else node.get("headline")


@pytest.mark.parametrize(
    "script",
    [
        ARTICLE,
        f"[{ARTICLE}]",
        f'{{"@graph":[{{"@type":"WebSite"}},{ARTICLE}]}}',
        f'{{"@type":"WebPage","mainEntity":{ARTICLE}}}',
        f"<!--\n{ARTICLE}\n-->",
        f"//<![CDATA[\n{ARTICLE}\n//]]>",
        ARTICLE + ";",
        ARTICLE.replace("}", ",}"),
        ARTICLE.replace("Ferry sails", "Ferry\nsails"),
        ARTICLE.replace('"', "&quot;"),
        ARTICLE.replace("}", ', "text": "He said "no"."}'),
        ARTICLE[:-1],
        ARTICLE.replace("NewsArticle", "http://schema.org/NewsArticle"),
        ARTICLE.replace('"NewsArticle"', '["NewsArticle", "Report"]'),
    ],
)
def test_the_article_is_found_even_in_broken_json(script: str) -> None:
    found = headline(script)
    assert isinstance(found, str)
    assert found.split() == ["Ferry", "sails"]


def test_of_several_articles_the_one_that_the_page_is_called_after() -> None:
    other = ARTICLE.replace("Ferry sails", "Bridge opens")
    assert headline(other, ARTICLE) == "Ferry sails"


@pytest.mark.parametrize(
    "script",
    ['{"@type":"Product","name":"x"}', '{"@type":"Product","name":"x"', "[" * 100_000, "", "null"],
)
def test_what_is_no_article_is_none(script: str) -> None:
    assert headline(script) is None


def test_references_are_followed_and_organisations_are_no_people() -> None:
    graph = (
        '{"@graph":[{"@type":"Article","headline":"Ferry sails","author":[{"@id":"#1"},'
        '{"@type":"Organization","name":"The Desk"}],"publisher":{"@id":"#2"}},'
        '{"@id":"#1","@type":"Person","name":"Ada Moss"},'
        '{"@id":"#2","@type":"Organization","name":"The News"}]}'
    )
    nodes = nodes_of(graph)
    article = find_article(nodes, ["Ferry sails"])
    assert article is not None
    assert authors_of(article) == (("Ada Moss",), ("The Desk",))
    assert find_publisher(nodes) == "The News"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a &amp; b", ["a & b"]),
        ({"name": "x"}, ["x"]),
        ([{"@value": "x"}, "y", 3, None, {"name": {"name": "z"}}], ["x", "y"]),
        (7, []),
    ],
)
def test_the_strings_that_a_value_stands_for(value: object, expected: list[str]) -> None:
    assert list(texts(value)) == expected


def test_types_without_their_address() -> None:
    assert types_of({"@type": ["schema:Article", "http://schema.org/Report", None]}) == {
        "Article",
        "Report",
    }
