from dataclasses import replace

from index.sources.pdf.rows import Row
from index.sources.pdf.running import without_running_rows
from index.sources.pdf.words import Word

HEIGHT = 800.0


def row(text: str, baseline: float, size: float = 10) -> Row:
    return Row([Word(text, 10, 100, baseline, size)])


def page(*rows: tuple[str, float], number: int = 1) -> tuple[list[Row], float]:
    return [replace(row(text, baseline), page=number) for text, baseline in rows], HEIGHT


def kept(*pages: tuple[list[Row], float], said: str = "") -> list[list[str]]:
    return [[each.text for each in rows] for rows in without_running_rows(pages, said)]


def test_what_is_on_three_pages_is_left_out() -> None:
    pages = [page((f"Tale {n}", 780), ("Body", 400), (f"Press {n}", 20)) for n in range(3)]
    assert kept(*pages) == [["Body"]] * 3


def test_of_many_pages_two_are_not_enough() -> None:
    pages = [page(("Tale", 780), ("Body", 400))] * 2 + [page(("Body", 400))] * 3
    assert kept(*pages)[0] == ["Tale", "Body"]
    assert kept(*pages[:2]) == [["Body"], ["Body"]]


def test_what_stands_in_the_middle_is_never_running() -> None:
    pages = [page(("A", 700), ("Amen", 400), ("Amen", 390), ("Amen", 300))] * 5
    assert kept(*pages)[0] == ["Amen", "Amen", "Amen"] or kept(*pages)[0][1:] == ["Amen"] * 3


def test_page_numbers_in_many_forms_are_left_out() -> None:
    for number in ("7", "- 7 -", "Page 7", "Seite 7 von 9", "7/9", "xiv", "[12]"):
        assert kept(page(("Body", 400), (number, 20))) == [["Body"]], number
    assert kept(page(("Body", 400), ("Room 7", 20))) == [["Body", "Room 7"]]


def test_what_begins_or_ends_with_the_number_of_the_page_is_left_out() -> None:
    heads = ("Chapter 2: One 12", "13 The Tale", "Chapter 2: Two 14", "Room 7", "8 came")
    pages = [page((head, 780), ("Body", 400), number=n) for n, head in enumerate(heads, start=3)]
    assert kept(*pages) == [["Body"]] * 3 + [["Room 7", "Body"], ["8 came", "Body"]]


def test_a_heading_with_the_number_of_its_page_stays() -> None:
    pages = [page((f"The Tale {n}", 780), ("Body", 400), number=n) for n in (2, 3, 4)]
    heading = row("1 Times", 780, size=18)
    assert kept(([heading, row("Body", 400)], HEIGHT), *pages)[0] == ["1 Times", "Body"]


def test_lines_of_contents_are_left_out() -> None:
    lines = ("1 Times . . . . . . . 4", "Places ............ xii", "He waited ...", "Of 3.5 . . 4")
    rows = page(*[(line, 500 - 10 * n) for n, line in enumerate(lines)])
    assert kept(rows) == [["He waited ...", "Of 3.5 . . 4"]]


def test_title_and_author_are_left_out_after_the_first_page() -> None:
    pages = [page(("A Tale", 780), ("Body", 400)), page(("Doe: A Tale", 780), ("Body", 400))]
    assert kept(*pages, said="A Tale Jane Doe") == [["A Tale", "Body"], ["Body"]]
