from dataclasses import replace

from index.sources.pdf.rows import Row, rows_of, runs_right_to_left
from index.sources.pdf.words import Word


def words(*texts: str, baseline: float = 100, gap: float = 3) -> list[Word]:
    found: list[Word] = []
    x = 10.0
    for text in texts:
        found.append(Word(text, x, x + 5 * len(text), baseline, 10))
        x = found[-1].right + gap
    return found


def from_the_right(*texts: str) -> str:
    """What a row says whose words stand so, from left to right."""
    row = Row(words(*texts))
    assert runs_right_to_left([row])
    return replace(row, runs_right_to_left=True).text


def test_words_on_about_one_line_are_a_row() -> None:
    rows = rows_of([*words("low", baseline=88), *words("a", "b"), *words("c", baseline=98)], 3)
    assert [[word.text for word in row.words] for row in rows] == [["a", "c", "b"], ["low"]]
    assert [row.page for row in rows] == [3, 3]


def test_pieces_of_one_run_that_touch_are_one_word() -> None:
    first, second = words("Wa", "ter", gap=0)
    assert Row([replace(first, run=1), replace(second, run=1)]).text == "Water"
    assert Row([replace(first, run=1), replace(second, run=2)]).text == "Wa ter"


def test_a_row_is_as_large_and_bold_as_most_of_it() -> None:
    first, second = words("a", "longer")
    row = Row([replace(first, size=20, is_bold=True), second])
    assert (row.size, row.is_bold) == (10, False)


def test_rows_from_right_to_left() -> None:
    assert from_the_right("ג", "ב", "א") == "א ב ג"
    assert from_the_right("דדדד", "ABC", "Ltd", "גגג", "א") == "א גגג ABC Ltd דדדד"
    assert from_the_right(".2024", "בבבב") == "בבבב 2024."
    assert from_the_right("“בבב“", "א") == "א “בבב”"


def test_cells_are_parted_where_the_gap_is_wide() -> None:
    row = Row([*words("a", "b"), *[replace(word, left=80, right=90) for word in words("c")]])
    assert row.cell_texts(1.8) == ["a b", "c"]
    assert row.gaps() == [3.0, 57.0]
