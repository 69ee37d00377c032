import pytest

from bot.speakers.quotations import Quotation, find_quotations
from index.spans import Span


def quotations(text: str) -> list[tuple[str, int, int]]:
    """Return each quotation's words, depth and speech; paragraphs are lines."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    found = find_quotations(text, spans)
    return [(text[q.inner.start : q.inner.end], q.depth, q.speech) for q in found]


def words(text: str) -> list[str]:
    return [inner for inner, _, _ in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Go," she said. "Now."', ["Go,", "Now."]),
        ("“Go,” she said.", ["Go,"]),
        ("„Geh“, sagte sie.", ["Geh"]),
        ("«Va», dit-elle.", ["Va"]),
        ("‘Go,’ she said.", ["Go,"]),
        ("'Go, ' said Lise.", ["Go,"]),
        ("The farmers' union said it.", []),
        ("It's the dogs' day, isn't it?", []),
        ("She said 'the farmers' union is wrong' twice.", ["the farmers' union is wrong"]),
        ("In the '90s it was 5\" long.", []),
        ('A stray " mark.', []),
        ('Never closed: "so it goes. Then "this" is.', ["this"]),
        ('""', []),
        ('" "', []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_quotation_in_a_quotation() -> None:
    found = quotations("\"He said, 'It is broken,'\" she told us.")
    assert found == [("He said, 'It is broken,'", 0, 1), ("It is broken,", 1, 1)]


def test_a_speech_of_several_paragraphs() -> None:
    text = '"One," he said. "Two.\n"Three.\n"Four." And "five".'
    found = quotations(text)
    assert found == [
        ("One,", 0, 1),
        ("Two.", 0, 2),
        ("Three.", 0, 2),
        ("Four.", 0, 2),
        ("five", 0, 3),
    ]


def test_a_paragraph_that_opens_with_a_mark_after_a_closed_one_is_a_speech_of_its_own() -> None:
    assert quotations('"One."\n"Two."') == [("One.", 0, 1), ("Two.", 0, 2)]


def test_outer_has_the_marks() -> None:
    assert find_quotations('a "b"', [Span(0, 5)]) == (Quotation(Span(2, 5), Span(3, 4), 0, 1),)
