from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.telegram_app import article_messages, messages
from bot.telegram_app.text.article_card import article_card, outline, reading_card
from bot.telegram_app.text.rich_text import Style, StyledSpan
from bot.telegram_app.text.units import is_blank
from index.article import Article, article_from_document
from index.sources.document import Block, Document, Metadata
from tests.telegram_app.text.articles import article_of, articles

TEXT = "The mill\n\nBy Jane Doe\n\nIt grinds corn all day. It never rests.\n\nThe river drives it."


def test_a_card_says_what_is_known(default_article: Article) -> None:
    card = article_card(default_article)

    assert card.plain() == (
        "ISIS extremists losing more ground in Iraq's Mosul\n"
        "Melinda Barton · 29 June 2017, 09:06\n"
        "491 words · 15 paragraphs"
    )
    assert card.spans == (StyledSpan(0, 50, Style.BOLD),)


def test_a_card_links_to_the_page() -> None:
    card = article_card(article_of(TEXT, "https://example.org/mill?a=b#top"))

    assert card.plain().splitlines()[-1] == "example.org"
    assert card.spans[-1].url == "https://example.org/mill?a=b#top"


def test_an_address_that_is_none_of_the_web_is_left_out() -> None:
    for url in ("file:///etc/passwd", "javascript:alert(1)", "http://[bad/", "https://a b/"):
        card = article_card(article_of(TEXT, url))
        assert [span.style for span in card.spans] == [Style.BOLD], url


def test_an_article_without_a_title_is_called_by_its_file() -> None:
    article = article_of("Corn is ground here, all day long. And all night.")

    assert article_card(article).plain() == "article.txt\n10 words · 1 paragraph"


def test_right_to_left_words_do_not_turn_the_card_around() -> None:
    card = article_card(article_of("שלום עולם\n\nBy Jane Doe\n\nOne two three."))

    assert card.plain().splitlines()[0] == "\u2068שלום עולם\u2069"


def test_what_was_read_can_be_asked() -> None:
    article = replace(
        article_of(TEXT, "https://example.org/mill"),
        site="Vela Post",
        published=date(2024, 5, 2),
        notices=("3 hidden passages were ignored.",),
    )
    last = "12 words, 2 paragraphs. Ask away."
    head = "The mill\nVela Post · Jane Doe · 2 May 2024\n"
    hidden = "3 hidden passages were ignored.\n"

    assert reading_card(article, "new").plain() == f"{head}{hidden}{last}"
    assert reading_card(article, "known").plain() == (
        f"{head}{article_messages.READY_AGAIN}\n{hidden}{last}"
    )
    assert reading_card(article, "changed").plain() == (
        f"{head}{article_messages.READY_CHANGED}\n{hidden}{last}"
    )
    assert "3 hidden passages were ignored." in article_card(article).plain()


def test_captions_are_no_paragraphs_of_the_text() -> None:
    document = Document(
        (Block("text", "It grinds corn all day."), Block("caption", "The mill in May.")),
        Metadata(title="The mill"),
    )
    article = article_from_document(document, source="a.html", sha256="0" * 64)

    assert reading_card(article, "new").plain().endswith("5 words, 1 paragraph. Ask away.")
    assert outline(article, 4096).plain() == "1  It grinds corn all day.\n2  The mill in May."


def test_an_outline_has_a_line_for_each_paragraph() -> None:
    article = article_of(
        "# The mill\n\nBy Jane Doe\n\n## Work\n\nIt grinds corn, day by day.\n\n## Water\n\n"
        "The river drives it.",
        markdown=True,
    )
    shown = outline(article, 4096)

    assert shown.plain() == "Work\n1  It grinds corn, day by day.\nWater\n2  The river drives it."
    assert [shown.plain()[span.start : span.end] for span in shown.spans] == ["Work", "Water"]


def test_a_line_is_the_beginning_of_a_paragraph() -> None:
    article = article_of("The mill grinds corn all day and " * 5 + "more.")

    assert outline(article, 4096).plain().splitlines()[-1] == (
        "1  The mill grinds corn all day and The mill grinds corn all day and The…"
    )


def test_an_outline_says_how_much_it_leaves_out() -> None:
    article = article_of("\n\n".join(f"Paragraph {number} is here." for number in range(1, 31)))
    lines = outline(article, 80).plain().splitlines()

    assert lines == [
        "1  Paragraph 1 is here.",
        "2  Paragraph 2 is here.",
        messages.outline_left_out(28),
    ]


@given(articles(), st.integers(60, 4096))
def test_card_and_outline_are_short_whatever_the_article(article: Article, limit: int) -> None:
    card, lines = article_card(article), outline(article, limit)

    assert card.utf16_length <= 600
    assert lines.utf16_length <= limit
    assert not is_blank(card.plain())
