from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import DOES_NOT_SAY, MAY_NOT_SAY, Answer, AnswerSpan, Citation, Verdict
from bot.pipeline import QAPipeline
from bot.telegram_app.text.answer_message import answer_message
from bot.telegram_app.text.rich_text import RichText
from bot.telegram_app.text.units import is_blank
from index.article import Article
from index.passages import Passage
from index.retriever import ScoredPassage
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles, spans
from tests.telegram_app.text.texts import texts, utf16_slice

HEADLINE = "ISIS extremists losing more ground in Iraq's Mosul"
FSI, PDI = "\u2068", "\u2069"


def answer_of(article: Article, verdict: Verdict, *found: AnswerSpan) -> Answer:
    """Return an answer of these spans: its citations, or else the closest words."""
    citations = tuple(Citation.of(article, span, n) for n, span in enumerate(found, 1))
    answered = verdict == "answered"
    return Answer(
        question="What?",
        verdict=verdict,
        text=citations[0].quote if answered else None,
        score=1.0,
        probability=None,
        reason=None if answered else "It never mentions “zebra”.",
        citations=citations if answered else (),
        closest=citations[0] if verdict == "unsure" else None,
        best_span=found[0],
        passages=tuple(passage(article, n, span.sentence) for n, span in enumerate(found, 1)),
        article=article,
        retrieve_ms=0.0,
        read_ms=0.0,
        elapsed_ms=0.0,
    )


def passage(article: Article, paragraph: int, span: Span) -> ScoredPassage:
    text = article.quote(span)
    return ScoredPassage(Passage(text, span.start, span.end, paragraph, (span,)), 1.0, (1.0,))


def found_in(article: Article, sentence: str, words: str, paragraph: int = 1) -> AnswerSpan:
    start = article.text.index(sentence)
    first = start + sentence.index(words)
    return AnswerSpan(
        Span(first, first + len(words)), Span(start, start + len(sentence)), paragraph, 1.0
    )


def shown(text: RichText, *kinds: str) -> list[tuple[str, str]]:
    return [
        (entity.type, utf16_slice(text.plain(), entity.offset, entity.length))
        for entity in text.entities()
        if not kinds or entity.type in kinds
    ]


def test_an_answer_is_the_words_and_then_the_folded_sentence(fake_pipeline: QAPipeline) -> None:
    (text,) = answer_message(fake_pipeline.answer("Who wrote this?")).parts

    assert text.plain() == (
        f"Melinda Barton [1]\n\nMelinda Barton | 29 June, 2017, 09:06\n[1] header · {HEADLINE}"
    )
    assert shown(text) == [
        ("bold", "Melinda Barton"),
        ("expandable_blockquote", "Melinda Barton | 29 June, 2017, 09:06"),
        ("bold", "Melinda Barton"),
        ("underline", "Melinda Barton"),
        ("italic", f"[1] header · {HEADLINE}"),
    ]


def test_several_values_stand_one_under_the_other() -> None:
    article = article_of("Ann won gold. Bob won\nsilver.")
    values = (
        found_in(article, "Ann won gold.", "Ann"),
        found_in(article, "Bob won\nsilver.", "Bob won\nsilver", 2),
    )
    (text,) = answer_message(answer_of(article, "answered", *values)).parts

    assert text.plain() == (
        "Ann [1]\nBob won silver [2]\n\n"
        "Ann won gold.\n[1] paragraph 1\n\n"
        "Bob won\nsilver.\n[2] paragraph 2"
    )
    assert shown(text, "underline") == [("underline", "Ann"), ("underline", "Bob won\nsilver")]


def test_an_unsure_answer_shows_the_closest_sentence() -> None:
    article = article_of("Ann won gold. Bob won silver.")
    answer = answer_of(article, "unsure", found_in(article, "Bob won silver.", "silver", 3))
    (text,) = answer_message(answer).parts

    assert text.plain() == (
        f"{MAY_NOT_SAY} It never mentions “zebra”.\n\nClosest: paragraph 3\nBob won silver."
    )
    assert shown(text) == [
        ("bold", MAY_NOT_SAY),
        ("expandable_blockquote", "Bob won silver."),
        ("bold", "silver"),
        ("underline", "silver"),
    ]


def test_a_refusal_shows_the_three_closest_passages() -> None:
    article = article_of("One is.\n\nTwo is.\n\nThree is.\n\nFour is.")
    sentences = ("Two is.", "One is.", "Three is.", "Four is.")
    found = [found_in(article, sentence, "is") for sentence in sentences]
    (text,) = answer_message(answer_of(article, "not_in_article", *found)).parts

    folded = "paragraph 1\nTwo is.\n\nparagraph 2\nOne is.\n\nparagraph 3\nThree is."
    assert text.plain() == (
        f"{DOES_NOT_SAY} It never mentions “zebra”.\n\nClosest passages:\n{folded}"
    )
    assert shown(text, "bold", "expandable_blockquote", "italic") == [
        ("bold", DOES_NOT_SAY),
        ("expandable_blockquote", folded),
        *(("italic", f"paragraph {number}") for number in (1, 2, 3)),
    ]


def test_a_refusal_without_anything_close(fake_pipeline: QAPipeline) -> None:
    answer = replace(fake_pipeline.answer("Zebra quartz?"), passages=(), reason=None)

    assert [part.plain() for part in answer_message(answer).parts] == [DOES_NOT_SAY]


@pytest.mark.parametrize(
    ("asker", "named"),
    [
        ("Ann", "Ann:\n"),
        (" A\nB\x00 ", "A B:\n"),
        ("<b>*_", "<b>*_:\n"),
        ("n" * 70, f"{'n' * 63}…:\n"),
        ("שרה", f"{FSI}שרה{PDI}:\n"),
        ("", ""),
        (" \n\u200b", ""),
        ("\x07", ""),
        (None, ""),
    ],
)
def test_who_asked_is_named_first(asker: str | None, named: str) -> None:
    article = article_of("Ann won gold.")
    answer = answer_of(article, "answered", found_in(article, "Ann won gold.", "gold"))
    (text,) = answer_message(answer, asker).parts

    assert text.plain().removesuffix("gold [1]\n\nAnn won gold.\n[1] paragraph 1") == named
    assert shown(text)[0] == ("bold", "gold")


def test_right_to_left_words_are_isolated_in_our_lines_and_not_in_the_quote() -> None:
    article = replace(article_of("שרה גרה בחיפה. טוב מאוד."), title="סיפור")
    found = found_in(article, "שרה גרה בחיפה.", "בחיפה")
    answer = answer_of(article, "answered", found)
    (text,) = answer_message(answer).parts

    assert text.plain() == (
        f"{FSI}בחיפה{PDI} [1]\n\nשרה גרה בחיפה.\n[1] paragraph 1 · {FSI}סיפור{PDI}"
    )
    assert shown(text, "bold") == [("bold", "בחיפה")] * 2
    refusal = replace(answer_of(article, "not_in_article", found), reason="It has “a”, not “גן”.")
    assert f"It has “a”, not “{FSI}גן{PDI}”." in answer_message(refusal).parts[0].plain()


def test_a_long_title_is_shortened() -> None:
    article = replace(article_of("Ann won gold."), title="long title " * 30)
    answer = answer_of(article, "answered", found_in(article, "Ann won gold.", "gold"))

    last = answer_message(answer).parts[0].plain().splitlines()[-1]
    assert last.startswith("[1] paragraph 1 · long title") and last.endswith("…")
    assert len(last) < 220


def test_a_sentence_of_ten_thousand_characters_is_folded_in_each_part() -> None:
    sentence = "word " * 2000 + "end."
    article = article_of(sentence)
    answer = answer_of(article, "answered", found_in(article, sentence, "end"))
    parts = answer_message(answer).parts

    quotes = [quote for part in parts for _, quote in shown(part, "expandable_blockquote")]
    assert [len(parts), len(quotes)] == [4, 3]
    assert parts[0].plain() == "end [1]"
    assert " ".join(quotes) == sentence
    assert shown(parts[-1], "underline") == [("underline", "end")]


@given(
    articles(),
    st.sampled_from(["answered", "unsure", "not_in_article"]),
    st.none() | texts,
    st.sampled_from([40, 4096]),
    st.data(),
)
def test_whatever_the_article_says(
    article: Article, verdict: Verdict, asker: str | None, limit: int, data: st.DataObject
) -> None:
    sentence = data.draw(spans(len(article.text)))
    words = data.draw(spans(sentence.end - sentence.start))
    span = Span(sentence.start + words.start, sentence.start + words.end)
    answer = answer_of(article, verdict, AnswerSpan(span, sentence, 1, 1.0))
    parts = answer_message(answer, asker, limit).parts

    assert parts
    for part in parts:
        assert part.utf16_length <= limit
        assert not is_blank(part.plain())
    if limit < 4096:
        return
    (text,) = parts
    assert text.plain().count(FSI) == text.plain().count(PDI)
    quotes = [quote for _, quote in shown(text, "expandable_blockquote")]
    said = article.quote(sentence).strip()
    if verdict == "not_in_article":
        (quote,) = quotes
        assert quote == f"paragraph 1\n{article.quote(sentence)}".strip()
    else:
        assert quotes == ([said] if said else [])
        marked = article.quote(span).strip()
        assert shown(text, "underline") == ([("underline", marked)] if marked else [])
