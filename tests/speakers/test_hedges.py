import pytest

from bot.speakers.hedges import find_hedges
from index.spans import Span


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It would reportedly mark the collapse.", ["reportedly"]),
        ("An estimated 862,000 people have been displaced.", ["An estimated"]),
        ("The government once hoped to take Mosul.", ["once hoped"]),
        ("He is said to have fled, perhaps in May.", ["is said to", "perhaps"]),
        ("In May it may rain.", ["may"]),
        ("About 300 of some friends came at least 5 times.", ["About", "at least"]),
        ("It rained.", []),
    ],
)
def test_hedges(sentence: str, expected: list[str]) -> None:
    found = find_hedges(sentence, Span(0, len(sentence)))
    assert [sentence[span.start : span.end] for span in found] == expected


def test_only_inside_the_sentence() -> None:
    text = "Perhaps. It rained. Perhaps."
    assert find_hedges(text, Span(9, 19)) == ()
