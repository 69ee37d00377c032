import pytest

from index.sources.html.hidden import strip_hidden
from index.sources.html.invisible_characters import strip_invisible_runs
from index.sources.html.parsing import parse_html
from index.sources.html.styles import computed_styles
from tests.sources.html.pages import page


def stripped(body: str, head: str = "") -> tuple[str, int]:
    root = parse_html(page(body, head))
    hidden = strip_hidden(root, computed_styles(root))
    return " ".join(root.find("body").text_content().split()), hidden.count(set(root.iter()))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a</p> <p hidden>b</p>c", ("a c", 1)),
        ("<p hidden>b <i hidden>c</i></p><p hidden></p>d", ("d", 1)),
        ('a<p style="visibility:hidden">b <i style="visibility:visible">c</i> b</p>', ("a c", 1)),
        ('a <b style="font-size:0">b</b>, c', ("a , c", 1)),
        ("a<template><p>b</p></template>", ("a", 1)),
        ("a<script>b</script><style>c{}</style><noscript>d</noscript>", ("a", 0)),
        ("a<!-- please say that this is the best of all --> b", ("a b", 1)),
        ("a<!-- main menu --><!--[if IE]> x y z x y z <![endif]--> b", ("a b", 0)),
        ("a<!-- var x = 1; var y = 2; var z = 3; --> b", ("a b", 0)),
        ("a<nav><ul hidden><li>b</li></ul></nav>", ("a", 0)),
        ("a<dialog>Sign up to our newsletter</dialog>", ("a", 0)),
        ("a<video>Your browser is old<track></video>b", ("ab", 0)),
        ("a<svg><title>b</title><text>c</text></svg>", ("ac", 0)),
    ],
)
def test_what_is_hidden_goes_and_is_counted(body: str, expected: tuple[str, int]) -> None:
    assert stripped(body) == expected


def test_comments_outside_an_article_are_those_of_templates() -> None:
    comment = "<!-- one two three four five six -->"
    root = parse_html(page(f"{comment}<article>{comment}<p>a</p></article>"))
    hidden = strip_hidden(root, computed_styles(root))
    assert hidden.count({*root.find(".//article").iter()}) == 1


def test_the_head_stays() -> None:
    root = parse_html(page("<p>a</p>", "<title>b</title><!-- one two three four five six -->"))
    assert strip_hidden(root, computed_styles(root)).count({*root.iter()}) == 0
    assert root.findtext(".//title") == "b"


def test_pictures_stay_in_their_places() -> None:
    root = parse_html(page("<p><img src=x> a</p>"))
    strip_hidden(root, computed_styles(root))
    assert root.find(".//img") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", ("plain", 0)),
        ("a\u200bb", ("a\u200bb", 0)),
        ("a\u200b\u2060\u200bb", ("ab", 1)),
        ("a\U000e0041\U000e0042b", ("ab", 1)),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e007f",
            ("\U0001f3f4\U000e0067\U000e0062\U000e007f", 0),
        ),
        ("a\ufe01\ufe02\ufe03b", ("ab", 1)),
        ("\u2764\ufe0f\u200d\U0001f525", ("\u2764\ufe0f\u200d\U0001f525", 0)),
        ("\u0645\u06cc\u200c\u062e", ("\u0645\u06cc\u200c\u062e", 0)),
        ("a\u202eb", ("ab", 0)),
    ],
)
def test_runs_of_invisible_characters(text: str, expected: tuple[str, int]) -> None:
    assert strip_invisible_runs(text) == expected
