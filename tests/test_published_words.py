import re

import pytest
from hypothesis import given

from bot.folded_text import fold
from bot.published_words import published_span
from index.spans import Span
from tests.published_pages import PublishedPage, published_pages


def published(text: str, words: str, page: str, *, occurrence: int = 0) -> str | None:
    """Return the page's words for some words of a text, with what is before them in brackets."""
    start = [match.start() for match in re.finditer(re.escape(words), text)][occurrence]
    span = published_span(text, Span(start, start + len(words)), page)
    return span and page[span.start : span.end]


@pytest.mark.parametrize(
    ("said", "on_the_page"),
    [
        ("He left in May.", "He left in May."),
        ("He left in May.", "He left[1] in[citation needed] May."),
        ("He left in May.", "He  left\xa0in\nMay."),
        ("He left in May.", "He left1 in May."),
        ("“He left in May.”", "«He left in May.»"[1:-1]),
        ("He “left” in May.", "He left in May."),
        ("Extraordinary, he said.", "Extra\xadordi\u200bnary, he said."),
        ("The office was filed.", "The oﬃce was ﬁled."),
        ("Ελλάδα και Ισπανία", "ΕΛΛΑΔΑ ΚΑΙ ΙΣΠΑΝΙΑ"),
        ("今天天气很好。", "今天天气很好。"),
        ("Il dit : « Non ! »", "Il dit\xa0: «\xa0Non\xa0! »"),
    ],
)
def test_words_that_the_page_says_a_little_differently(said: str, on_the_page: str) -> None:
    page = f"Menu of the page\nBefore it. {on_the_page} After it.\nMore"
    assert published(f"Before it. {said} After it.", said, page) == on_the_page


def test_closing_marks_are_those_that_are_said() -> None:
    page = "They said: “It fell.”[1] Then it rose."

    assert published("They said: “It fell.” Then it rose.", "“It fell.”", page) == "“It fell.”"
    assert published("They said: “It fell.” Then it rose.", "It fell", page) == "It fell"
    assert published("They said: 'It fell!' Then it rose.", "It fell!'", page) == "It fell"


PAGE = """It was closed.
News
The first storm came. It was closed. The pilots left.
It was closed. The pilots left.
The second storm came. It was closed. The pilots stayed.
It was closed.
Then the ice came.
It was closed.
It was closed. Read more"""
TEXT = """News

The first storm came. It was closed. The pilots left.

The second storm came. It was closed. The pilots stayed.

It was closed.

Then the ice came.

It was closed."""


@pytest.mark.parametrize(
    ("occurrence", "before"),
    [(0, "first storm came. "), (1, "second storm came. "), (2, "stayed.\n"), (3, "ice came.\n")],
)
def test_of_several_occurrences_the_one_between_the_same_words(
    occurrence: int, before: str
) -> None:
    start = [match.start() for match in re.finditer("It was closed.", TEXT)][occurrence]
    found = published_span(TEXT, Span(start, start + len("It was closed.")), PAGE)

    assert found is not None
    assert PAGE[: found.start].endswith(before)
    assert PAGE[found.start : found.end] == "It was closed."


def test_of_occurrences_between_the_same_words_the_one_in_the_same_order() -> None:
    text = "\n\n".join(["It was so."] * 20)
    page = "\n".join(["It was so."] * 20)
    found = [published_span(text, Span(12 * n, 12 * n + 10), page) for n in range(20)]

    assert found == [Span(11 * n, 11 * n + 10) for n in range(20)]


def test_a_caption_that_stands_elsewhere_on_the_page() -> None:
    text = "The boats came in. They left again.\n\nThe end is near.\n\nA boat on the lake"
    page = "Top\nA boat on the lake\nThe boats came in. They left again.\nThe end is near."

    assert published(text, "A boat on the lake", page) == "A boat on the lake"


def test_of_a_long_quote_both_ends_are_found() -> None:
    words = [f"w{number}" for number in range(200)]
    page = "Menu\n" + " ".join(words[:100]) + "\nAdvertisement\n" + " ".join(words[100:]) + " end"

    assert published("x " + " ".join(words), " ".join(words), page) == page[5:-4]


def test_of_a_long_quote_one_end_is_enough() -> None:
    words = [f"w{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(200)]
    text = " ".join(words)

    assert published(text, text, " ".join(words[:100])) == " ".join(words[:24])
    assert published(text, text, " ".join(words[100:])) == " ".join(words[-24:])
    swapped = " ".join([*words[100:], *words[:100]])
    assert published(text, text, swapped) == " ".join(words[:24])


def test_of_a_sentence_that_was_changed_the_longest_piece_that_stands_alone() -> None:
    text = "The keeper of the old light went home in May, they say."

    assert published(text, text, "The mayor went home in May. Nobody saw it.") == (
        "went home in May."
    )
    assert published(text, text, "He went home in May. She went home in May.") is None
    assert published(text, text, "The mayor went home.") is None


@pytest.mark.parametrize("page", ["", "\n", "Something else.", "…"])
def test_words_that_are_not_on_the_page(page: str) -> None:
    assert published("The tower fell.", "tower", page) is None


def test_no_words_are_nowhere() -> None:
    assert published_span("One … two.", Span(4, 5), "One … two.") is None
    assert published_span("", Span(0, 0), "One") is None


@given(published_pages())
def test_the_words_are_found_at_their_place(case: PublishedPage) -> None:
    found = published_span(case.text, case.span, case.page)

    assert found is not None
    page = fold(case.page)
    assert page.words_in(found) == page.words_in(case.place)
