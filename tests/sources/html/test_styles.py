import pytest

from index.sources.html.cascade import declared_values, substitute
from index.sources.html.parsing import parse_html
from index.sources.html.styles import Style, computed_styles
from tests.sources.html.pages import page


def style_of(path: str, sheet: str, body: str) -> Style:
    root = parse_html(page(body, f"<style>{sheet}</style>"))
    return computed_styles(root)[root.find(f".//{path}")]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("p{color:red} p{color:blue}", "blue"),
        ("p.a{color:red} p{color:blue}", "red"),
        ("#i{color:red} p.a{color:blue}", "red"),
        ("p{color:red !important} #i{color:blue}", "red"),
        ("p{background:red}", None),
    ],
)
def test_the_strongest_rule_wins(sheet: str, expected: str | None) -> None:
    root = parse_html(page('<p id="i" class="a">x</p>', f"<style>{sheet}</style>"))
    assert declared_values(root)[root.find(".//p")].get("color") == expected


def test_the_attribute_wins_over_all_but_what_is_important() -> None:
    head = "<style>#i{color:red;display:none!important}</style>"
    root = parse_html(page('<p id="i" style="color:blue;display:block">x</p>', head))
    assert declared_values(root)[root.find(".//p")] == {"color": "blue", "display": "none"}


def test_variables_are_filled_in_as_far_as_they_are_known() -> None:
    known = {"--a": "var(--b)", "--b": "#fff", "--c": "var(--c)"}
    assert substitute("var(--a) var(--x, red) var(--y)", known) == "#fff red var(--y)"
    assert substitute("var(--c)", known) == "var(--c)"


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        (".a{color:#fff}", '<p class="a">x</p>'),
        (".a{color:#fff}", '<div class="a"><p>x</p></div>'),
        ("body{background:#111;color:#eee} p{color:#121212}", "<p>x</p>"),
        (":root{--ink:#fff} p{color:var(--ink)}", "<p>x</p>"),
        ("p{color:#000;opacity:.4} div{opacity:.1}", "<div><p>x</p></div>"),
        ("p{font-size:0}", "<p>x</p>"),
        ("p{font:0/0 a}", "<p>x</p>"),
        ("div{font-size:10px} p{font-size:.1em}", "<div><p>x</p></div>"),
        ("p{text-indent:-999em}", "<p>x</p>"),
        ("p{visibility:hidden}", "<p>x</p>"),
        ("p{-webkit-text-fill-color:transparent}", "<p>x</p>"),
        ("", '<p><font color="white">x</font></p>'),
        ("", '<table bgcolor="black"><tr><td><font color="#000">x</font></td></tr></table>'),
    ],
)
def test_text_that_nobody_sees(sheet: str, body: str) -> None:
    path = "font" if "<font" in body else "p"
    assert not style_of(path, sheet, body).shows_text


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        ("", "<p>x</p>"),
        ("div{background:#000} p{color:#fff}", "<div><p>x</p></div>"),
        ("div{background:url(a.jpg)} p{color:#fff}", "<div><p>x</p></div>"),
        ("div{background:var(--unknown)} p{color:#fff}", "<div><p>x</p></div>"),
        ("body{color:#eee}", "<p>x</p>"),
        ("p{position:absolute;color:#fff}", "<div><img><p>x</p></div>"),
        ("p{color:transparent;-webkit-background-clip:text;background:red}", "<p>x</p>"),
        ("div{visibility:hidden} p{visibility:visible}", "<div><p>x</p></div>"),
        ("div{font-size:0} p{font-size:16px}", "<div><p>x</p></div>"),
        ("body{opacity:0}", "<p>x</p>"),
        ("p{text-indent:2em}", "<p>x</p>"),
    ],
)
def test_text_that_people_see(sheet: str, body: str) -> None:
    assert style_of("p", sheet, body).shows_text


@pytest.mark.parametrize(
    "body",
    [
        "<p hidden>x</p>",
        '<p style="display:none">x</p>',
        '<p style="opacity:0">x</p>',
        '<p style="content-visibility:hidden">x</p>',
        '<p class="a sr-only">x</p>',
    ],
)
def test_boxes_that_nobody_sees(body: str) -> None:
    assert not style_of("p", "", body).shows_box


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        ("p{display:block}", "<p hidden>x</p>"),
        ("", '<p hidden="until-found">x</p>'),
        ("", '<p style="opacity:.5">x</p>'),
        ("@media print{p{display:none}}", "<p>x</p>"),
    ],
)
def test_boxes_that_people_see(sheet: str, body: str) -> None:
    assert style_of("p", sheet, body).shows_box
