import pytest
from hypothesis import given

from index.normalise import normalise
from index.paragraphs import Paragraph, find_paragraphs, lines, number_paragraphs
from index.spans import Span
from tests.nasty_text import nasty_texts

WRAPPED = """\
The committee met on Monday to talk about the new schools that
were built in the east of the city, and about the four plants
that treat its water. It decided nothing.
Then it went home, and nobody spoke of the schools again until
the next year."""


def paragraphs(text: str, start: int = 0) -> list[str]:
    return [text[found.start : found.end] for found in find_paragraphs(text, start)]


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("One.\n\nTwo and\n\nthree.") == ["One.", "Two and", "three."]


def test_lines_wrapped_by_hand_are_one_paragraph_until_one_ends_early() -> None:
    first, second = WRAPPED.split("\nThen")
    assert paragraphs(WRAPPED) == [first, f"Then{second}"]


def test_long_lines_are_paragraphs_of_their_own() -> None:
    long = "The army took the city, " * 6
    assert paragraphs(f"{long}\n{long}\nThe end.") == [long, long, "The end."]


@pytest.mark.parametrize("mark", ["-", "*", "•", "–", "1.", "12)"])
def test_list_items_are_paragraphs_of_their_own(mark: str) -> None:
    text = f"They took\n{mark} the old city\n {mark} the new city"
    assert paragraphs(text) == ["They took", f"{mark} the old city", f" {mark} the new city"]


def test_the_header_is_left_out() -> None:
    text = "A Tale\n\nOne.\n\nTwo."
    assert find_paragraphs(text, 8) == (Paragraph(1, 8, 12), Paragraph(2, 14, 18))


@pytest.mark.parametrize("text", ["", " ", "\n \n"])
def test_a_blank_text_has_no_paragraphs(text: str) -> None:
    assert find_paragraphs(text) == ()


def test_a_heading_has_the_number_of_what_it_heads() -> None:
    spans = [("heading", Span(0, 1)), ("text", Span(2, 3)), ("text", Span(4, 5))]
    spans += [("heading", Span(6, 7)), ("heading", Span(8, 9)), ("text", Span(10, 11))]
    found = number_paragraphs(spans)  # type: ignore[arg-type]
    assert [(paragraph.number, paragraph.kind) for paragraph in found] == [
        (1, "heading"),
        (1, "text"),
        (2, "text"),
        (3, "heading"),
        (3, "heading"),
        (3, "text"),
    ]


def test_lines_are_those_that_are_not_blank() -> None:
    assert list(lines("One\n  \n two \n\nthree")) == [Span(0, 3), Span(7, 12), Span(14, 19)]
    assert list(lines("One\ntwo", 4)) == [Span(4, 7)]


@given(text=nasty_texts("\n- ", " 1. ").map(normalise))
def test_every_character_is_in_exactly_one_paragraph(text: str) -> None:
    found = find_paragraphs(text)
    places = [place for part in found for place in range(part.start, part.end)]
    assert places == sorted(set(places))
    bare = [place for place in places if not text[place].isspace()]
    assert bare == [place for place, character in enumerate(text) if not character.isspace()]
    assert [part.number for part in found] == list(range(1, len(found) + 1))
