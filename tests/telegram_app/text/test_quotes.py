from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import AnswerSpan, Citation
from bot.telegram_app.text.article_parts import article_parts
from bot.telegram_app.text.quotes import MAX_COPY_UNITS, MAX_QUOTE_UNITS, copy_text, quote_of
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.units import is_blank, utf16_length
from bot.text_bounds import grapheme_bounds
from index.article import Article
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans
from tests.telegram_app.text.texts import rich_texts, utf16_slice


def quoted(text: str, sentence: str, words: str, limit: int) -> str:
    start, answer = text.index(sentence), text.index(words)
    quote = quote_of(
        RichText(text),
        Span(start, start + len(sentence)),
        Span(answer, answer + len(words)),
        limit,
    )
    assert quote is not None
    return quote.text.plain()


def test_a_quote_is_the_sentence_at_its_place() -> None:
    quote = quote_of(RichText("😀 One is. Two is. "), Span(9, 18))

    assert quote is not None
    assert (quote.text.plain(), quote.position) == ("Two is.", 11)
    assert quote.entities() == ()


def test_the_styles_of_a_quote_are_told() -> None:
    part = RichText("A tale").styled(Style.BOLD).styled(Style.BLOCKQUOTE) + "\n\nOne."
    quote = quote_of(part, Span(2, 12))

    assert quote is not None
    assert [(entity.type, entity.offset, entity.length) for entity in quote.entities()] == [
        ("bold", 0, 4)
    ]


SENTENCE = "one two three four five six seven eight nine."


@pytest.mark.parametrize(
    ("words", "limit", "quote"),
    [
        ("five", 45, SENTENCE),
        ("five", 44, "one two three four five six seven eight"),
        ("five", 15, "four five six"),
        ("five", 4, "five"),
        ("five", 3, "fiv"),
        ("one", 15, "one two three"),
        ("nine.", 15, "eight nine."),
        ("two three four", 10, "two three"),
    ],
)
def test_a_long_sentence_is_cut_around_the_words(words: str, limit: int, quote: str) -> None:
    assert quoted(f"Zero. {SENTENCE} Ten.", SENTENCE, words, limit) == quote


def test_text_without_spaces_is_cut_between_graphemes() -> None:
    assert (
        quoted("今天天气很好我们去公园。", "今天天气很好我们去公园。", "很好", 6) == "天气很好我们"
    )
    assert quoted("e\u0301" * 9, "e\u0301" * 9, "e\u0301", 3) == "e\u0301"
    assert quoted("e\u0301e\u0301!e\u0301", "e\u0301e\u0301!e\u0301", "!", 4) == "!e\u0301"


def test_without_words_a_quote_is_the_beginning() -> None:
    quote = quote_of(RichText(SENTENCE), Span(0, len(SENTENCE)), limit=10)

    assert quote is not None
    assert quote.text.plain() == "one two"


@pytest.mark.parametrize("sentence", [Span(3, 4), Span(2, 2), Span(99, 120)])
def test_nothing_to_quote(sentence: Span) -> None:
    assert quote_of(RichText("One  \u200b two"), sentence) is None


def test_a_sentence_of_ten_thousand_characters() -> None:
    text = "word " * 1000 + "the answer " + "word " * 1000
    quote = quoted(text, text.strip(), "the answer", MAX_QUOTE_UNITS)

    assert 1010 < len(quote) <= 1024
    assert "the answer" in quote
    assert {*quote.split()} == {"word", "the", "answer"}


@given(rich_texts, st.integers(2, 40) | st.just(MAX_QUOTE_UNITS), st.data())
def test_a_quote_stands_at_its_position(part: RichText, limit: int, data: st.DataObject) -> None:
    plain = part.plain()
    sentence, words = data.draw(spans(len(plain))), data.draw(spans(len(plain)))
    quote = quote_of(part, sentence, words, limit)

    if quote is None:
        return
    text = quote.text.plain()
    assert text == text.strip() != ""
    assert utf16_length(text) <= limit
    assert utf16_slice(plain, quote.position, utf16_length(text)) == text
    start = len(utf16_slice(plain, 0, quote.position))
    assert sentence.start <= start and start + len(text) <= sentence.end
    if utf16_length(plain[sentence.start : sentence.end]) <= limit:
        assert text == plain[sentence.start : sentence.end].strip()
    if sentence.start <= words.start < words.end <= sentence.end:
        answer = plain[words.start : words.end].strip()
        assert answer in text or utf16_length(plain[words.start : words.end]) > limit


@given(rich_texts, st.integers(2, 40), st.data())
def test_a_quote_cuts_no_grapheme_that_fits(
    part: RichText, limit: int, data: st.DataObject
) -> None:
    plain = part.plain()
    bounds = grapheme_bounds(plain)
    places = st.tuples(*[st.sampled_from(bounds)] * 4)
    start, first_word, last_word, end = sorted(data.draw(places))
    quote = quote_of(part, Span(start, end), Span(first_word, last_word), limit)

    if quote is not None:
        first = len(utf16_slice(plain, 0, quote.position))
        last = first + len(quote.text.plain())
        for place in {first, last} - {*bounds}:
            around = max(bound for bound in bounds if bound < place)
            behind = min(bound for bound in bounds if bound > place)
            # White space is left out, also where a mark stands on it.
            assert (
                utf16_length(plain[around:behind]) > limit
                or plain[around:place].isspace()
                or (plain[place:behind].isspace())
            )


@given(articles(), st.data())
def test_evidence_is_quoted_from_the_part_that_shows_it(
    article: Article, data: st.DataObject
) -> None:
    evidence = data.draw(spans(len(article.text)))
    for part in article_parts(article, 100):
        if part.span.start <= evidence.start and evidence.end <= part.span.end:
            quote = quote_of(part.text, part.place(evidence))
            words = article.quote(evidence).strip()
            assert (quote is None) == is_blank(words)
            assert quote is None or quote.text.plain() == words


def citation_of(article: Article, words: str, paragraph: int = 1) -> Citation:
    start = article.text.index(words)
    span = Span(start, start + len(words))
    return Citation.of(article, AnswerSpan(span, span, paragraph, 1.0), 1)


ARTICLE = replace(
    article_of("The tower is 48 metres high. It leans."),
    title="A Tale",
    author="Jane Doe",
    published=datetime(2017, 6, 29, 9, 6),
    url="https://example.com/tower",
)


def test_a_citation_to_copy() -> None:
    assert copy_text(citation_of(ARTICLE, "48 metres")) == (
        "“48 metres” — A Tale, Jane Doe, 29 June 2017, 09:06, paragraph 1, "
        "https://example.com/tower"
    )
    assert copy_text(citation_of(article_of("The tower is 48 metres high."), "48 metres", 0)) == (
        "“48 metres” — header"
    )


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (90, "“48 metres” — A Tale, Jane Doe, 29 June 2017, 09:06, paragraph 1"),
        (30, "“48 metres” — A Tale, Jane Doe"),
        (29, "“48 metres” — A Tale"),
        (12, "“48 metres”"),
        (10, "“48 metr…”"),
    ],
)
def test_what_does_not_fit_is_left_out_the_last_first(limit: int, text: str) -> None:
    assert copy_text(citation_of(ARTICLE, "48 metres"), limit) == text


@given(articles(), st.none() | st.text(max_size=300), st.data())
def test_a_citation_can_always_be_copied(
    article: Article, author: str | None, data: st.DataObject
) -> None:
    span = data.draw(spans(len(article.text)))
    citation = Citation.of(replace(article, author=author), AnswerSpan(span, span, 1, 1.0), 1)
    text = copy_text(citation)

    assert 1 <= len(text.encode("utf-16-le")) // 2 <= MAX_COPY_UNITS
    assert "\n" not in text
    assert text.startswith("“" + article.quote(span).replace("\n", " ").strip()[:100])
