import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text_bounds import bound_before, bound_behind, grapheme_bounds, pieces, whole_words
from index.article import Article
from index.spans import Span
from tests.telegram_app.text.articles import articles, spans

FAMILY = "👩‍👩‍👧"


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("", [0]),
        ("ab", [0, 1, 2]),
        ("e\u0301a", [0, 2, 3]),
        (FAMILY + "!", [0, 5, 6]),
        ("🇮🇶🇮🇷", [0, 2, 4]),
        ("क्षि", [0, 4]),
    ],
)
def test_graphemes(text: str, bounds: list[int]) -> None:
    assert grapheme_bounds(text) == bounds


def test_the_bounds_next_to_an_offset() -> None:
    assert [bound_before([0, 2, 3], at) for at in range(4)] == [0, 0, 2, 3]
    assert [bound_behind([0, 2, 3], at) for at in range(4)] == [0, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "part", "words"),
    [
        ("one two three", "wo", "two"),
        ("one two three", "two", "two"),
        ("it isn't so", "n", "isn't"),
        ("about 3.5 million", "5 m", "3.5 million"),
        ("state-of-the-art", "tat", "state"),
        ("one\ntwo\nthree", "wo", "two"),
        ("U.S. army", "S", "U.S"),
        ("ete\u0301 x", "te", "ete\u0301"),
        (f"{FAMILY} x", "\u200d", FAMILY),
        ("你好，今天天气很好。是的", "天气", "今天天气很好"),
        ("ดี ภาษาไทยสวยงาม a", "ไทย", "ภาษาไทยสวยงาม"),
        ("人々は。", "人", "人々は"),
    ],
)
def test_whole_words(text: str, part: str, words: str) -> None:
    start = text.index(part)
    span = whole_words(text, Span(start, start + len(part)))

    assert text[span.start : span.end] == words


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("", []),
        ("One, two…  three ", ["One,", "two…", "three"]),
        ("你好，今天天气很好。明天", ["你好，", "今天天气很好。", "明天"]),
        ("「はい」、と言った。", ["「はい」、", "と言った。"]),
        ("ภาษาไทย สวย", ["ภาษาไทย", "สวย"]),
    ],
)
def test_pieces_of_a_line(line: str, parts: list[str]) -> None:
    assert [line[piece.start : piece.end] for piece in pieces(line)] == parts


@given(articles(), st.data())
def test_whole_words_hold_the_words(article: Article, data: st.DataObject) -> None:
    span = data.draw(spans(len(article.text)))
    widened = whole_words(article.text, span)

    assert 0 <= widened.start <= span.start <= span.end <= widened.end <= len(article.text)
    assert whole_words(article.text, widened) == widened
