import pytest

from index.sources.pdf.glyphs import Look
from index.sources.pdf.words import DrawnWord, Word, main_turns, upright


def drawn(text: str, turns: int | None, box: tuple[float, float, float, float]) -> DrawnWord:
    return DrawnWord(text, box, box[0], box[1], Look(10.0, turns=turns), 0)


def test_most_of_the_text_says_how_a_page_is_turned() -> None:
    words = [drawn("long words", 1, (0, 0, 1, 1)), drawn("short", 0, (0, 0, 1, 1))]
    assert main_turns([*words, drawn("askew and very long", None, (0, 0, 1, 1))]) == 1
    assert main_turns([]) == 0


# On a page of 100 by 200 points: left, right and height of the baseline when it is held upright.
@pytest.mark.parametrize(
    ("turns", "expected"),
    [(0, (10, 30, 20)), (1, (20, 50, 90)), (2, (70, 90, 180)), (3, (150, 180, 10))],
)
def test_a_word_is_turned_upright(turns: int, expected: tuple[float, float, float]) -> None:
    word = upright(drawn("a", turns, (10, 20, 30, 50)), turns, 100, 200)
    assert word == Word("a", *expected, 10.0, run=0)
