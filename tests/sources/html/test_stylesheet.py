import pytest

from index.sources.html.declarations import parse_declarations
from index.sources.html.parsing import parse_html
from index.sources.html.stylesheet import MAX_SHEET_CHARACTERS, page_rules, sheet_rules
from tests.sources.html.pages import page


def selectors(sheet: str) -> list[str]:
    return [rule.selector.canonical() for rule in sheet_rules(sheet)]


def test_declarations_are_lower_case_and_relevant_only() -> None:
    found = parse_declarations("DISPLAY: None; border: 1px; color: RED !important; --Ink: #FFF")
    assert found.normal == {"display": "none", "--Ink": "#fff"}
    assert found.important == {"color": "red"}


def test_rules_without_relevant_declarations_are_left_out() -> None:
    assert selectors("a{display:none} b{border:0} c,d{color:red}") == ["a", "c", "d"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("@media print{p{display:none}}", []),
        ("@media screen{p{display:none}}", ["p"]),
        ("@supports (display:grid){@media all{p{display:none}}}", ["p"]),
        ("@layer base{p{display:none}}", ["p"]),
        ("@keyframes x{from{opacity:0}to{opacity:1}}", []),
        ("@font-face{font-family:x}", []),
        ("@import url(x.css); p{opacity:0}", ["p"]),
        ("p{display:none", ["p"]),
        ("}}} p$ {display:none} q{opacity:0}", ["q"]),
    ],
)
def test_groups_and_broken_sheets(sheet: str, expected: list[str]) -> None:
    assert selectors(sheet) == expected


def test_sheets_for_print_and_for_no_script_do_not_count() -> None:
    head = (
        '<style media="print">a{display:none}</style>'
        "<noscript><style>b{display:none}</style></noscript>"
        "<style>c{display:none}</style>"
    )
    rules = page_rules(parse_html(page("<p>x</p>", head)))
    assert [rule.selector.canonical() for rule in rules] == ["c"]


def test_only_so_much_of_all_sheets_is_read() -> None:
    head = (
        f"<style>{'/**/' * (MAX_SHEET_CHARACTERS // 4)}a{{opacity:0}}</style><style>b{{}}</style>"
    )
    assert page_rules(parse_html(page("<p>x</p>", head))) == []
