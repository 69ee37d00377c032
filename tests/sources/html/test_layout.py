import pytest

from index.sources.html.layout import BlockBorders, published_text, text_runs
from index.sources.html.parsing import parse_html
from index.sources.html.styles import computed_styles
from tests.sources.html.pages import page


def lines(body: str, sheet: str = "") -> list[str]:
    root = parse_html(page(body, f"<style>{sheet}</style>"))
    return published_text(root.find("body"), BlockBorders(computed_styles(root))).split("\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>a <b>b</b>c</p><p>d</p>", ["a bc", "d"]),
        ("a<div>b</div>c", ["a", "b", "c"]),
        ("<p>a<br>b\n c</p>", ["a b c"]),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<span>a</span> <span>b</span>", ["a b"]),
        ("<pre>a\n b</pre>", ["a b"]),
    ],
)
def test_lines_by_the_tags(body: str, expected: list[str]) -> None:
    assert lines(body) == expected


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("span{display:block}", ["a", "b"]),
        ("div{display:flex}", ["a", "b"]),
        ("div{display:inline} span{display:inline-block}", ["a b"]),
        ("span{display:table-cell}", ["a", "b"]),
    ],
)
def test_lines_by_the_style_sheet(sheet: str, expected: list[str]) -> None:
    assert lines("<div><span>a</span> <span>b</span></div>", sheet) == expected


def test_a_run_keeps_line_breaks_and_names_its_block() -> None:
    root = parse_html(page("<p>a<br>b</p><pre>c\nd</pre>e\nf"))
    borders = BlockBorders(computed_styles(root))
    runs = [(run.text, run.block.tag) for run in text_runs(root.find("body"), borders)]
    assert runs == [("a\nb", "p"), ("c\nd", "pre"), ("e f", "body")]
