import pytest

from index.sources.html.tables import is_data_table, join_rows
from tests.sources.html.pages import tree

DATA = "<table><tr><th>Boat</th><th>Metres</th></tr><tr><td>Ada</td><td>9</td></tr></table>"


@pytest.mark.parametrize(
    "table",
    [
        DATA,
        DATA.replace("th>", "td>"),
        DATA.replace("<tr>", "<caption>Boats</caption><tr>", 1),
    ],
)
def test_a_table_of_data(table: str) -> None:
    assert is_data_table(tree(table).find(".//table"))


@pytest.mark.parametrize(
    "table",
    [
        DATA.replace("<table>", '<table role="presentation">'),
        "<table><tr><td>only one column</td></tr><tr><td>of cells</td></tr></table>",
        f"<table><tr><td>{DATA}</td><td>menu</td></tr></table>",
        f"<table><tr><td>menu</td><td>{'words ' * 100}</td></tr></table>",
        "<table><tr><td>menu</td><td><p>one</p><p>two</p></td></tr></table>",
    ],
)
def test_a_table_that_lays_out_a_page(table: str) -> None:
    assert not is_data_table(tree(table).find(".//table"))


def test_a_row_of_data_is_one_line() -> None:
    root = tree(DATA)
    join_rows(root)
    assert [row.text for row in root.iter("tr")] == ["Boat | Metres", "Ada | 9"]


def test_a_row_with_a_caption_stays_as_it_is() -> None:
    root = tree(DATA.replace("<td>Ada</td>", '<td><div class="caption">Ada</div></td>'))
    join_rows(root)
    assert root.find(".//div").text == "Ada"
