import pytest

from bot.text_directive import TextDirective, directives, spare_directive
from index.spans import Span

PAGE = "Home\nThe tower fell. It rose.\nThe «tower» fell again."


def span_of(words: str, page: str = PAGE) -> Span:
    start = page.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("directive", "encoded"),
    [
        (TextDirective("a b"), "text=a%20b"),
        (TextDirective("a", "b"), "text=a,b"),
        (TextDirective("a", "b", "c", "d"), "text=c-,a,b,-d"),
        (TextDirective("a", suffix="d"), "text=a,-d"),
        (TextDirective("a-b, c&d"), "text=a%2Db%2C%20c%26d"),
        (TextDirective("é\xa0 x  y"), "text=%C3%A9%20%20x%20%20y"),
        (TextDirective("\ud800"), "text=%3F"),
    ],
)
def test_how_it_stands_in_an_address(directive: TextDirective, encoded: str) -> None:
    assert directive.encoded() == encoded


@pytest.mark.parametrize(
    ("directive", "words", "is_found"),
    [
        (TextDirective("It rose."), "It rose.", True),
        (TextDirective("IT ROSÉ"), "It rose", True),
        (TextDirective("The tower fell"), "The tower fell", True),
        (TextDirective("tower"), "«tower»", False),
        (TextDirective("tower", prefix="«"), "«tower»", True),
        (TextDirective("fell", suffix="again"), "fell again"[:4], False),
        (TextDirective("It", "rose."), "It rose.", True),
        (TextDirective("The", "fell"), "The tower fell", True),
        (TextDirective("The", "again"), "The «tower» fell again", False),
        (TextDirective("ome"), "Home", True),
        (TextDirective("Nothing"), "Home", False),
    ],
)
def test_what_a_browser_finds(directive: TextDirective, words: str, is_found: bool) -> None:
    assert directive.finds(PAGE, span_of(words)) == is_found


def test_directives_say_more_and_more() -> None:
    page = "A b.\nC d e f g.\nH i."

    assert list(dict.fromkeys(one.encoded() for one in directives(page, span_of("e", page)))) == [
        "text=e",
        "text=d-,e,-f",
        "text=C%20d-,e,-f%20g.",
    ]
    assert list(
        dict.fromkeys(one.encoded() for one in directives(page, span_of("C d e f g.", page)))
    ) == [
        "text=C%20d%20e%20f%20g.",
        "text=b.-,C%20d%20e%20f%20g.,-H",
        "text=A%20b.-,C%20d%20e%20f%20g.,-H%20i.",
        "text=C%20d,f%20g.",
        "text=b.-,C%20d,f%20g.,-H",
        "text=A%20b.-,C%20d,f%20g.,-H%20i.",
    ]


@pytest.mark.parametrize(
    ("words", "spare"),
    [
        ("One two three four five six seven.", TextDirective("two three four", "five six seven.")),
        ("One two three four five six.", TextDirective("two three", "five six.")),
        ("One two three four five.", TextDirective("two three", "four five.")),
        ("One two three four.", None),
        ("One two three four\nfive.", TextDirective("two three four", "five.")),
        ("One two three\nfour five.", TextDirective("two three", "four five.")),
        ("One two\nthree four five.", None),
        ("今天天气很好。", None),
    ],
)
def test_a_spare_directive_leaves_the_first_word_out(
    words: str, spare: TextDirective | None
) -> None:
    page = f"Before it.\n{words}\nBehind it."

    assert spare_directive(page, span_of(words, page)) == spare


def test_a_spare_directive_finds_only_these_words() -> None:
    words = "One two three four five six seven eight nine ten eleven."
    page = f"two three four nine ten eleven.\n{words}"

    assert spare_directive(page, span_of(words, page)) == TextDirective(
        "two three four five six", "seven eight nine ten eleven."
    )
    assert spare_directive(f"{words[4:]}\n{words}", span_of(words, f"{words[4:]}\n{words}")) is None
