import pytest

from index.spans import Span, stripped


@pytest.mark.parametrize(
    ("span", "characters", "expected"),
    [
        (Span(0, 8), None, "a b"),
        (Span(1, 4), None, "a"),
        (Span(0, 8), ' "', "a b"),
        (Span(2, 5), "ab", " "),
        (Span(5, 7), None, ""),
        (Span(3, 3), None, ""),
    ],
)
def test_the_ends_of_a_span_are_trimmed(span: Span, characters: str | None, expected: str) -> None:
    text = "  a b   "
    found = stripped(text, span, characters)

    assert text[found.start : found.end] == expected
    assert span.start <= found.start <= found.end <= span.end
