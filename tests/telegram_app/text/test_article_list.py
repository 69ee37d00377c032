from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.telegram_app.article_messages import ASKS
from bot.telegram_app.text.article_list import about, default_title, entry_title, titles
from bot.telegram_app.text.rich_text import RichText
from index.library.entry import Entry
from tests.telegram_app.text.articles import article_of

ENTRY = Entry(
    id="0" * 16,
    name="the-mill",
    title="The Mill",
    url=None,
    source="mill.txt",
    site="Vela Post",
    words=1_240,
    paragraphs=18,
    published=None,
    language=None,
    added_at=datetime(2026, 1, 1, tzinfo=UTC),
    owner="chat:1",
)


def test_a_line_says_what_tells_articles_apart() -> None:
    assert titles([ENTRY, replace(ENTRY, site=None, title="The\nBridge", words=1)]).plain() == (
        "• The Mill · Vela Post · 1,240 words\n• The Bridge · 1 word"
    )


@pytest.mark.parametrize("title", [None, "", "\u2800 \u200b"])
def test_what_has_no_title_is_called_by_its_name(title: str | None) -> None:
    assert entry_title(replace(ENTRY, title=title)).plain() == "the-mill"


def test_titles_are_set_off_where_they_run_the_other_way() -> None:
    (line,) = titles([replace(ENTRY, title="המנורה")]).plain().splitlines()
    assert "\u2068המנורה\u2069" in line


def test_a_whole_library_fits_into_a_message() -> None:
    field = Settings.model_fields["articles_per_chat"]
    most = next(one.le for one in field.metadata if hasattr(one, "le"))
    long = replace(ENTRY, title="Ж😀" * 200, site="site " * 20, words=10_000_000)
    # What stands above the list has as many units as a title and 150.
    assert titles([long] * most).utf16_length <= 4096 - 52 - 150


def test_a_sentence_about_a_title() -> None:
    sentence = about(ASKS, RichText("A {} & <b>"))
    assert sentence.plain() == "Questions here are about A {} & <b>."
    assert [span.style.value for span in sentence.spans] == ["bold"]


def test_the_default_article_without_a_title() -> None:
    assert default_title(article_of("three short words")).plain() == "article.txt"
