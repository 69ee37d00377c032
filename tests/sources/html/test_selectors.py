import pytest

from index.sources.html.selector_matching import Budget
from index.sources.html.selectors import ElementIndex, parse_selectors
from tests.sources.html.pages import tree

BODY = """
<div id="a" class="x y"><p>1</p><p class="z">2</p><p data-k="one two">3</p></div>
<div id="b"><section><p lang="en-GB">4</p></section><a href="#">5</a><i></i></div>
"""


def matched(selector: str, body: str = BODY, steps: int = 10_000) -> list[str]:
    index = ElementIndex(list(tree(body).iter("*")))
    budget = Budget(steps)
    return [
        element.text_content() or element.tag
        for one in parse_selectors(selector)
        for element in index.matching(one, budget)
    ]


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("P", ["1", "2", "3", "4"]),
        (".z", ["2"]),
        ("div.x.y > .z", ["2"]),
        ("#b p", ["4"]),
        ("#b > p", []),
        ("p + p", ["2", "3"]),
        (".z ~ p", ["3"]),
        ("[data-k]", ["3"]),
        ("[data-k='one two']", ["3"]),
        ("[data-k~=two]", ["3"]),
        ("[data-k^=one]", ["3"]),
        ("[data-k$=two]", ["3"]),
        ("[data-k*='e t']", ["3"]),
        ("[data-k*='']", []),
        ("p[lang|=en]", ["4"]),
        ("p:not(.z)", ["1", "3", "4"]),
        (":is(#a, #b) > .z, i", ["2", "i"]),
        (":where(.x) .z", ["2"]),
        ("p:first-child", ["1", "4"]),
        ("p:last-child", ["3", "4"]),
        ("p:only-child", ["4"]),
        ("p:nth-child(2)", ["2"]),
        ("p:nth-child(2n+1)", ["1", "3", "4"]),
        ("p:nth-child(-n+2)", ["1", "2", "4"]),
        ("p:nth-last-child(1)", ["3", "4"]),
        ("a:first-of-type", ["5"]),
        ("a:link", ["5"]),
        ("i:empty", ["i"]),
        ("p:hover", []),
        ("#a p:not(:hover)", ["1", "2", "3"]),
    ],
)
def test_selectors_match_as_in_a_browser(selector: str, expected: list[str]) -> None:
    assert matched(selector) == expected


@pytest.mark.parametrize(
    "selector", ["p::before", "p:has(b)", "p:unheard-of", "p:lang(en)", "p[", "", "p" * 5000]
)
def test_what_cannot_be_judged_matches_nothing(selector: str) -> None:
    assert matched(selector) == []


def test_matching_ends_with_the_budget() -> None:
    assert matched("p", "<p>x</p>" * 100, steps=10) == ["x"] * 10


def test_many_siblings_cost_no_more_than_the_budget() -> None:
    budget = Budget(1_000)
    index = ElementIndex(list(tree("<p>x</p>" * 2_000).iter("*")))
    for selector in parse_selectors("p ~ p ~ p ~ p:nth-child(2000)"):
        index.matching(selector, budget)
    assert budget.left == -1
