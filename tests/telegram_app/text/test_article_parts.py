from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app.text.article_parts import ArticlePart, article_parts, part_of
from bot.telegram_app.text.rich_text import RichText, Style, StyledSpan
from bot.telegram_app.text.units import is_blank, utf16_length
from bot.text_bounds import grapheme_bounds
from index.article import Article
from index.sentences import split_sentences
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans

HEADLINE = "ISIS extremists losing more ground in Iraq's Mosul"


def test_the_default_article_is_one_message(default_article: Article) -> None:
    (part,) = article_parts(default_article)

    assert part.text.plain() == default_article.text
    assert (part.span, part.offset) == (Span(0, len(default_article.text)), 0)
    (bold,) = part.text.spans
    assert part.text.plain()[bold.start : bold.end] == HEADLINE


def test_an_article_is_cut_between_paragraphs(default_article: Article) -> None:
    parts = article_parts(default_article, 1500)
    ends = [paragraph.end for paragraph in default_article.paragraphs]

    assert [part.span.end in ends for part in parts] == [True, True, True]
    assert [len(part.text.spans) for part in parts] == [1, 0, 0]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    article = article_of("One two three. Four five six. Seven eight nine.")

    assert [part.text.plain() for part in article_parts(article, 30)] == [
        "One two three. Four five six.",
        "Seven eight nine.",
    ]


def test_a_line_break_inside_a_sentence_ends_no_paragraph() -> None:
    text = "The quick brown fox jumps over\nthe lazy dog. And then it goes\nhome again for tea."
    parts = [part.text.plain() for part in article_parts(article_of(text), 60)]

    assert parts == ["The quick brown fox jumps over\nthe lazy dog.", parts[1]]
    assert parts[1] == "And then it goes\nhome again for tea."


def test_a_heading_does_not_end_a_message() -> None:
    text = "One two three four five.\n\n## Six\n\nSeven eight nine."
    parts = article_parts(article_of(text, markdown=True), 34)

    assert [part.text.plain() for part in parts] == [
        "One two three four five.",
        "Six\n\nSeven eight nine.",
    ]


def test_a_title_that_the_text_does_not_have_stands_in_front() -> None:
    article = replace(article_of("One two three."), title="A\ntale")
    (part,) = article_parts(article)

    assert part.text == RichText("A tale\n\nOne two three.", (StyledSpan(0, 6, Style.BOLD),))
    assert (part.span, part.offset) == (Span(0, 14), 8)
    assert part.place(Span(4, 7)) == Span(12, 15)


def test_a_message_may_show_nothing_but_the_title() -> None:
    article = replace(article_of("One two three four."), title="A long tale")
    title, body = article_parts(article, 19)

    assert (title.text.plain(), title.span) == ("A long tale", Span(0, 0))
    assert body == ArticlePart(RichText("One two three four."), Span(0, 19), 0)


def test_the_part_that_holds_a_span() -> None:
    parts = article_parts(article_of("One two three. Four five six. Seven eight nine."), 30)

    assert part_of(parts, Span(4, 7)) is parts[0]
    assert part_of(parts, Span(30, 35)) is parts[1]
    assert part_of(parts, Span(20, 35)) is None
    assert part_of((), Span(0, 1)) is None


@pytest.mark.parametrize("limit", [0, 1])
def test_a_limit_that_no_emoji_fits(limit: int, default_article: Article) -> None:
    with pytest.raises(ValueError, match="at least 2"):
        article_parts(default_article, limit)


limits = st.integers(2, 80) | st.just(4096)


@given(articles(), st.none() | st.just("A title of its own 😀"), limits)
def test_parts_show_the_article_as_it_is(article: Article, title: str | None, limit: int) -> None:
    article = replace(article, title=title or article.title)
    parts = article_parts(article, limit)
    end = 0
    for part in parts:
        plain = part.text.plain()
        assert utf16_length(plain) <= limit
        assert not is_blank(plain)
        assert plain[part.offset :] == article.quote(part.span)
        assert end <= part.span.start
        assert is_blank(article.text[end : part.span.start])
        end = part.span.end
    assert is_blank(article.text[end:])


@given(articles(), limits, st.data())
def test_a_place_is_where_the_words_are(article: Article, limit: int, data: st.DataObject) -> None:
    span = data.draw(spans(len(article.text)))
    parts = article_parts(article, limit)
    part = part_of(parts, span)

    holding = [p for p in parts if p.span.start <= span.start and span.end <= p.span.end]
    assert part == (holding[0] if holding else None)
    if part is not None:
        place = part.place(span)
        assert part.text.plain()[place.start : place.end] == article.quote(span)


@given(articles(), st.integers(60, 200))
def test_no_sentence_is_cut_that_fits(article: Article, limit: int) -> None:
    parts = article_parts(article, limit)
    bounds = {*grapheme_bounds(article.text)}
    headed = False
    for paragraph in article.paragraphs:
        sentences = split_sentences(article.text, Span(paragraph.start, paragraph.end))
        for sentence in sentences:
            # What follows a heading goes with it; a sentence's end may be inside a grapheme.
            if (
                headed
                or paragraph.kind == "heading"
                or not {sentence.start, sentence.end} <= bounds
            ):
                headed = paragraph.kind == "heading"
                continue
            words = article.quote(sentence)
            assert utf16_length(words) > limit or is_blank(words) or part_of(parts, sentence)
