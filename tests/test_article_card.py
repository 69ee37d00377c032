import io
from dataclasses import replace
from datetime import UTC, date, datetime

from rich.console import Console, RenderableType

from bot.article_card import article_card, entries_table
from index.joined import join_articles
from index.library.entry import TERMINAL, Entry
from tests.library.articles import COAL, TEA

ESCAPE = "\x1b]0;owned\x07\x1b[31m"
ENTRY = Entry(
    id="0" * 16,
    name="tea",
    title="The tea house",
    url=None,
    source="/tea.txt",
    site=None,
    words=1_240,
    paragraphs=18,
    published=date(2026, 3, 4),
    language="en",
    added_at=datetime(2026, 3, 5, tzinfo=UTC),
    owner=TERMINAL,
)


def printed(shown: RenderableType) -> list[str]:
    output = io.StringIO()
    Console(file=output, width=200, force_terminal=True, color_system=None).print(shown)
    return [line.rstrip() for line in output.getvalue().splitlines()]


def test_a_card_tells_what_is_known() -> None:
    article = replace(
        TEA,
        title="The tea house",
        author="Ann Lee",
        site="Tea news",
        published=date(2026, 3, 4),
        url="https://tea.example/house",
        notices=("3 hidden passages were ignored.",),
    )

    assert printed(article_card(article)) == [
        "The tea house",
        "Ann Lee · Tea news · 4 March 2026",
        "13 words · 1 paragraph",
        "https://tea.example/house",
        "3 hidden passages were ignored.",
    ]


def test_a_card_of_several_articles_tells_how_many() -> None:
    joined = join_articles((TEA, COAL), "all articles")

    assert printed(article_card(joined)) == [
        "all articles",
        "2 articles",
        "24 words · 2 paragraphs",
    ]


def test_a_list_marks_what_is_asked() -> None:
    other = replace(ENTRY, id="1" * 16, name="coal", title=None, site="Mines", published=None)

    assert printed(entries_table([ENTRY, other], other)) == [
        "   tea   The tea house  1,240 words  4 March 2026  /tea.txt",
        "*  coal                 1,240 words                Mines",
    ]


def test_no_escape_of_a_page_reaches_the_terminal() -> None:
    article = replace(
        TEA, url=f"https://tea.example/{ESCAPE}", site=ESCAPE, author=ESCAPE, notices=(ESCAPE,)
    )
    entry = replace(ENTRY, title=ESCAPE, site=ESCAPE)

    for shown in (
        article_card(article),
        article_card(replace(article, source=f"/{ESCAPE}.txt")),
        entries_table([entry, replace(entry, site=None, source=ESCAPE)], None),
    ):
        assert not [line for line in printed(shown) if "\x1b" in line or "\x07" in line]
