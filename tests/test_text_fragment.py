import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.folded_text import fold
from bot.text_directive import MAX_URL_BYTES
from bot.text_fragment import text_fragment_url
from index.article import Article
from index.spans import Span
from tests import directive_model
from tests.directive_model import SearchedPage, base_letters
from tests.published_pages import PublishedPage, published_pages
from tests.telegram_app.text.articles import article_of, articles, spans

URL = "https://example.com/a"


def directive(
    text: str,
    words: str,
    *,
    occurrence: int = 0,
    url: str | None = URL,
    page: str | None = None,
) -> str | None:
    """Return what `text_fragment_url` adds to the address."""
    article = replace(article_of(text), url=url, published_text=page)
    start = [match.start() for match in re.finditer(re.escape(words), article.text)][occurrence]
    made = text_fragment_url(article, Span(start, start + len(words)))
    return made if made is None else made.removeprefix(f"{URL}#:~:text=")


def letters(text: str) -> str:
    """Return the letters and digits of a text, as a browser compares them."""
    return "".join(filter(str.isalnum, base_letters(text)))


def test_words_that_occur_once() -> None:
    assert directive("The tower is 48 metres high.", "48 metres") == "48%20metres"


def test_characters_of_the_syntax_are_escaped() -> None:
    text = "It is state-of-the-art, cheap & good #1 100% “a/b?c=d”."
    assert directive(text, text) == (
        "It%20is%20state%2Dof%2Dthe%2Dart%2C%20cheap%20%26%20good%20%231%20100%25%20"
        "%E2%80%9Ca%2Fb%3Fc%3Dd%E2%80%9D."
        "&text=is%20state%2Dof%2Dthe%2Dart%2C%20cheap,%231%20100%25%20%E2%80%9Ca%2Fb%3Fc%3Dd%E2%80%9D."
    )


def test_words_are_whole() -> None:
    assert directive("It isn't the towers.", "n't the tower") == "isn%27t%20the%20towers"


@pytest.mark.parametrize(
    ("occurrence", "made"),
    [(0, "The-,tower,-is"), (1, "That-,tower,-was"), (2, "was-,tower,-too.")],
)
def test_words_that_occur_more_than_once_have_context(occurrence: int, made: str) -> None:
    text = "The tower is high. That tower was tower too."
    assert directive(text, "tower", occurrence=occurrence) == (made if occurrence else "tower")


def test_the_case_of_letters_tells_nothing_apart() -> None:
    assert directive("Tower of one. The tower.", "tower") == "The-,tower,-."


def test_context_is_taken_from_the_paragraph_before() -> None:
    text = "First part here.\n\nIt was so.\n\nSecond part here.\n\nIt was so."
    assert directive(text, "It was so.", occurrence=1) == "Second%20part%20here.-,It%20was%20so."


def test_context_grows_until_it_tells() -> None:
    text = "A b c tower d e f. X b c tower d e f."
    assert directive(text, "tower", occurrence=1) == "f.%20X%20b%20c-,tower,-d%20e%20f."


def test_what_no_context_tells_apart_is_marked_with_its_paragraph() -> None:
    text = "First.\n\nIt was so.\n\nSecond.\n\nIt was so.\n\nThird."
    assert directive(text, "was", occurrence=1) == "Second.-,It%20was%20so.,-Third."


def test_what_cannot_be_told_apart_has_all_its_context() -> None:
    text = "same " * 300
    same = "%20".join(["same"] * 64)

    assert directive(text, "same", occurrence=150) == f"{same}-,same,-{same}"


def test_a_long_sentence_is_told_by_its_first_and_last_words() -> None:
    text = " ".join(f"w{number}" for number in range(100))
    assert directive(text, text) == (
        "w0%20w1%20w2%20w3%20w4,w95%20w96%20w97%20w98%20w99&text=w1%20w2%20w3,w97%20w98%20w99"
    )


def test_a_second_directive_is_for_what_differs_in_the_browser() -> None:
    text = "Once upon a time the tower fell. The tower is high."

    assert directive(text, "Once upon a time the tower fell.") == (
        "Once%20upon%20a%20time%20the%20tower%20fell.&text=upon%20a%20time,the%20tower%20fell."
    )
    assert directive(text, "Once upon a time") == "Once%20upon%20a%20time"


def test_a_second_directive_must_tell_the_words_apart_too() -> None:
    text = "As he was on a hill he saw it. Now he was on a hill he saw it."
    assert directive(text, "Now he was on a hill he saw it.") == (
        "Now%20he%20was%20on%20a%20hill%20he%20saw%20it."
    )


def test_words_on_two_lines_are_told_by_both() -> None:
    text = "One two three\nfour five six. Seven."
    assert directive(text, "two three\nfour five") == "two%20three,four%20five"


def test_a_sentence_in_long_escapes_is_told_by_fewer_words() -> None:
    words = [chr(0x4E00 + number) * 2 for number in range(99)]
    made = directive(" ".join(words), " ".join(words))

    assert made is not None
    first, second = unquote(made).split("&text=")
    assert first == f"{' '.join(words[:5])},{' '.join(words[-5:])}"
    assert second == f"{' '.join(words[1:4])},{' '.join(words[-3:])}"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "example.com/a",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "https://",
        "http://[",
        "https://example.com/a b",
    ],
)
def test_no_address_of_the_web(url: str | None) -> None:
    assert directive("One two three.", "two", url=url) is None


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("http://example.com", "http://example.com#:~:text=two"),
        (f"{URL}#", f"{URL}#:~:text=two"),
        (f"{URL}?b=c#part", f"{URL}?b=c#part:~:text=two"),
        (f"{URL}#part:~:text=old", f"{URL}#part:~:text=two"),
    ],
)
def test_a_fragment_stays(url: str, start: str) -> None:
    assert directive("One two three.", "two", url=url) == start.removeprefix(f"{URL}#:~:text=")


def test_an_address_that_would_be_too_long() -> None:
    assert directive("One two " + "w" * 2048, "w" * 2048) == URL
    assert directive("One two three.", "two", url=f"{URL}/{'é' * 1020}") is None


def test_no_word_no_address() -> None:
    assert directive("One … two three.", "…") is None


def test_the_words_are_those_of_the_page() -> None:
    page = "Menu\nThe «to\xadwer»[1] is high.\nThe house is high, they say."
    assert directive("The “tower” is high.", "The “tower” is high.", page=page) == (
        "The%20%C2%ABto%C2%ADwer%C2%BB%5B1%5D%20is%20high."
    )


def test_words_that_the_menu_has_too_have_context() -> None:
    page = "The tower is high\nNews\nThe tower is high. It fell in May."
    text = "News\n\nThe tower is high. It fell in May."

    assert directive(text, "The tower is high.", page=page) == "The%20tower%20is%20high."
    assert directive(text, "The tower is high", page=page) == "The%20tower%20is%20high,-.%20It"


def test_words_that_are_not_on_the_page() -> None:
    assert directive("The tower is high.", "tower", page="Nothing of it.") == URL
    assert directive("One two three.", "two", url=f"{URL}#a:~:text=b", page="x") == f"{URL}#a"


def test_white_space_is_that_of_the_page() -> None:
    page = "Wait.\xa0 The  tower\u3000is."
    assert directive("Wait. The tower is.", "Wait. The tower is.", page=page) == (
        "Wait.%20%20The%20%20tower%20is."
    )
    assert directive("Wait.   The  tower is.", "Wait.   The  tower is.") == (
        "Wait.%20The%20tower%20is."
    )


def test_a_page_with_a_number_is_opened_at_it() -> None:
    article = replace(article_of("One two three.\n\nFour five six."), url=f"{URL}.pdf")
    pages = (replace(article.paragraphs[0], page=1), replace(article.paragraphs[1], page=7))
    article = replace(article, paragraphs=pages)
    start = article.text.index("five")

    assert text_fragment_url(article, Span(start, start + 4)) == f"{URL}.pdf#page=7:~:text=five"


@given(articles(), st.data())
def test_a_browser_marks_the_words(article: Article, data: st.DataObject) -> None:
    span = data.draw(spans(len(article.text)))
    url = text_fragment_url(replace(article, url=URL), span)
    if url is None or url == URL:
        return
    said = letters(article.quote(span))

    assert len(url.encode()) <= MAX_URL_BYTES
    assert re.fullmatch(r"[!-~]+", url)
    # As a browser draws it: white space is collapsed.
    page = re.sub(" +", " ", article.text)
    for directive in directive_model.parse(url)[:1]:
        marked = SearchedPage(page).marked(directive)
        assert marked is not None
        assert said in letters(page[marked.start : marked.end])


@given(published_pages())
def test_a_browser_marks_the_words_at_their_place(case: PublishedPage) -> None:
    article = replace(article_of("x " * 9), text=case.text, url=URL, published_text=case.page)
    url = text_fragment_url(article, case.span)

    assert url is not None
    assert len(url.encode()) <= MAX_URL_BYTES
    page = fold(case.page)
    place = page.words_in(case.place)
    first, *second = directive_model.parse(url)
    marked = SearchedPage(case.page).marked(first)
    assert marked is not None
    in_lines = case.page[: marked.start].endswith("\n") or not marked.start
    assert page.words_in(marked) == place or in_lines
    start, end = page.words_in(marked)
    assert start <= place[0] < place[1] <= end
    for spare in second:
        marked = SearchedPage(case.page).marked(spare)
        assert marked is not None
        start, end = page.words_in(marked)
        assert place[0] < start < end == place[1]
