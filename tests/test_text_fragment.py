import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text_bounds import whole_words
from bot.text_fragment import MAX_URL_BYTES, text_fragment_url
from index.article import Article
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans

URL = "https://example.com/a"


def directive(text: str, words: str, *, occurrence: int = 0, url: str | None = URL) -> str | None:
    """Return what `text_fragment_url` adds to the address."""
    article = replace(article_of(text), url=url)
    start = [match.start() for match in re.finditer(re.escape(words), article.text)][occurrence]
    made = text_fragment_url(article, Span(start, start + len(words)))
    return made if made is None else made.removeprefix(f"{URL}#:~:text=")


def terms_of(url: str) -> tuple[str, str, str, str]:
    """Return prefix, start, end and suffix as a browser decodes them."""
    terms = url.partition(":~:text=")[2].split(",")
    prefix = terms.pop(0)[:-1] if terms[0].endswith("-") else ""
    suffix = terms.pop()[1:] if terms[-1].startswith("-") else ""
    assert 1 <= len(terms) <= 2
    start, end = (*terms, "")[:2]
    return unquote(prefix), unquote(start), unquote(end), unquote(suffix)


def test_words_that_occur_once() -> None:
    assert directive("The tower is 48 metres high.", "48 metres") == "48%20metres"


def test_characters_of_the_syntax_are_escaped() -> None:
    text = "It is state-of-the-art, cheap & good #1 100% “a/b?c=d”."
    assert directive(text, text) == (
        "It%20is%20state%2Dof%2Dthe%2Dart%2C%20cheap%20%26%20good%20%231%20100%25%20"
        "%E2%80%9Ca%2Fb%3Fc%3Dd%E2%80%9D."
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


def test_what_cannot_be_told_apart_has_all_its_context() -> None:
    text = "same " * 30
    made = directive(text, "same", occurrence=15)

    assert made == f"{'%20'.join(['same'] * 8)}-,same,-{'%20'.join(['same'] * 8)}"


def test_a_long_sentence_is_told_by_its_first_and_last_words() -> None:
    text = " ".join(f"w{number}" for number in range(100))
    assert directive(text, text) == "w0%20w1%20w2%20w3%20w4,w95%20w96%20w97%20w98%20w99"


def test_words_on_two_lines_are_told_by_both() -> None:
    text = "One two three\nfour five six. Seven."
    assert directive(text, "two three\nfour five") == "two%20three,four%20five"


def test_a_sentence_in_long_escapes_is_told_by_fewer_words() -> None:
    words = [chr(0x4E00 + number) * 2 for number in range(99)]
    made = directive(" ".join(words), " ".join(words))

    assert made is not None
    assert unquote(made) == f"{' '.join(words[:5])},{' '.join(words[-5:])}"


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
    assert directive("One two " + "w" * 2048, "w" * 2048) is None
    assert directive("One two three.", "two", url=f"{URL}/{'é' * 1020}") is None


def test_no_word_no_address() -> None:
    assert directive("One … two three.", "…") is None


@given(articles(), st.data())
def test_a_directive_is_found_in_the_article(article: Article, data: st.DataObject) -> None:
    span = data.draw(spans(len(article.text)))
    url = text_fragment_url(replace(article, url=URL), span)
    if url is None:
        return
    assert len(url.encode()) <= MAX_URL_BYTES
    assert re.fullmatch(r"[!-~]+", url)
    text = " ".join(article.text.split())
    terms = terms_of(url)
    prefix, start, end, suffix = map(re.escape, terms)
    assert all(term in text for term in terms)
    found = re.search(f"{prefix} ?({start}{f'.*?{end}' if end else ''}) ?{suffix}", text)
    assert found is not None

    widened = article.quote(whole_words(article.text, span)).strip()
    words = " ".join(widened.split())
    assert words.startswith(terms[1]) and words.endswith(terms[2] or terms[1])
