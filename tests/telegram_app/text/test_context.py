import pytest
from hypothesis import given

from bot.answer import AnswerSpan
from bot.pipeline import QAPipeline
from bot.telegram_app.text.answer_message import (
    answer_message,
    asker_in,
    cited_context,
    cited_sentence,
)
from bot.telegram_app.text.context import context_of
from bot.telegram_app.text.direction import bare, isolated
from bot.telegram_app.text.rich_text import RichText
from index.article import Article, article_from_bytes, article_from_document
from index.sources.document import Block, Document, Metadata
from index.spans import Span
from tests.telegram_app.text.articles import article_of, articles
from tests.telegram_app.text.test_answer_message import answer_of, found_in, shown
from tests.telegram_app.text.texts import texts

PARAGRAPHS = article_of("One is.\n\nTwo is.\n\nThree is.\n\nFour is.")


@pytest.mark.parametrize(
    ("paragraph", "context"),
    [
        (1, "One is.\n\nTwo is."),
        (2, "One is.\n\nTwo is.\n\nThree is."),
        (4, "Three is.\n\nFour is."),
    ],
)
def test_the_paragraphs_before_and_after(paragraph: int, context: str) -> None:
    assert PARAGRAPHS.quote(context_of(PARAGRAPHS, paragraph)) == context


def test_a_heading_goes_with_its_paragraph() -> None:
    text = b"# A\n\nOne is.\n\n# B\n\nTwo is.\n\n# C\n\nThree is.\n\n# D"
    article = article_from_bytes(text, "article.md", markdown=True)

    assert article.quote(context_of(article, 2)).endswith(
        "One is.\n\nB\n\nTwo is.\n\nC\n\nThree is."
    )


def test_of_the_header_all_lines_and_the_first_paragraph(default_article: Article) -> None:
    context = context_of(default_article, 0)

    assert context == Span(0, default_article.paragraphs[0].end)


def test_captions_stand_beside_captions_only() -> None:
    blocks = [Block("text", f"Text {number} stands here.") for number in range(2)]
    blocks += [Block("caption", f"Picture {number} is this.") for number in range(3)]
    article = article_from_document(
        Document(tuple(blocks), Metadata()), source="a.html", sha256="0" * 64
    )

    assert article.quote(context_of(article, 2)) == "Text 0 stands here.\n\nText 1 stands here."
    assert article.quote(context_of(article, 3)) == "Picture 0 is this.\n\nPicture 1 is this."


def test_a_citation_of_a_page_and_of_a_caption_says_so() -> None:
    blocks = (Block("text", "The mill grinds corn.", 3), Block("caption", "The wheel in May.", 4))
    article = article_from_document(
        Document(blocks, Metadata(title="The Mill")), source="a.pdf", sha256="0" * 64
    )
    found = [found_in(article, "The mill grinds corn.", "corn"), _in_caption(article)]
    text = answer_message(answer_of(article, "answered", *found)).parts[0].plain()

    assert "[1] page 3, paragraph 1 · The Mill" in text
    assert "[2] page 4, paragraph 2 (caption) · The Mill" in text


def _in_caption(article: Article) -> AnswerSpan:
    start = article.text.index("The wheel")
    return AnswerSpan(Span(start, start + 9), Span(start, start + 17), 2, 1.0)


@given(articles())
def test_the_context_holds_its_paragraph(article: Article) -> None:
    for paragraph in article.paragraphs:
        context = context_of(article, paragraph.number)
        assert 0 <= context.start <= context.end <= len(article.text)
        if paragraph.kind == "text":
            assert context.start <= paragraph.start and paragraph.end <= context.end


def test_context_stands_in_the_place_of_the_sentence() -> None:
    answer = answer_of(PARAGRAPHS, "answered", found_in(PARAGRAPHS, "Two is.", "Two", 2))
    (text,) = answer_message(answer, "Ann", in_context=True).parts

    assert text.plain() == "Ann:\nTwo [1]\n\nOne is.\n\nTwo is.\n\nThree is.\n[1] paragraph 2"
    assert shown(text) == [
        ("bold", "Two"),
        ("blockquote", "One is.\n\nTwo is.\n\nThree is."),
        ("bold", "Two"),
        ("underline", "Two"),
        ("italic", "[1] paragraph 2"),
    ]


def test_context_of_what_is_unsure() -> None:
    answer = answer_of(PARAGRAPHS, "unsure", found_in(PARAGRAPHS, "Four is.", "Four", 4))
    (text,) = answer_message(answer, in_context=True).parts

    assert text.plain().endswith("Closest: paragraph 4\nThree is.\n\nFour is.")


def test_a_cited_sentence_stands_alone(sure_pipeline: QAPipeline) -> None:
    answer = sure_pipeline.answer("Which part?")
    (citation,) = answer.citations
    text = cited_sentence(citation, answer)

    assert text.plain().startswith(f"{citation.sentence}\n[1] paragraph ")
    assert shown(text, "underline") == [("underline", "east Mosul")]


def test_a_citation_outside_of_its_paragraph_is_in_its_context() -> None:
    answer = answer_of(PARAGRAPHS, "answered", AnswerSpan(Span(0, 3), Span(0, 7), 4, 1.0))
    text = cited_context(answer.citations[0], answer)

    assert text.plain().startswith("One is.\n\nTwo is.")
    assert shown(text, "underline") == [("underline", "One")]


@pytest.mark.parametrize("name", ["Ann Lee", "שרה", "Ann: Lee:", "n" * 90])
def test_the_asker_is_read_as_it_was_written(name: str) -> None:
    answer = answer_of(PARAGRAPHS, "answered", found_in(PARAGRAPHS, "Two is.", "Two", 2))
    (text,) = answer_message(answer, name).parts
    (again,) = answer_message(answer, asker_in(text.plain())).parts

    assert again == text


@given(texts)
def test_isolates_are_taken_off_again(words: str) -> None:
    once = isolated(RichText(words))

    assert isolated(RichText(bare(once.plain()))).plain() == once.plain()
