"""What is known of articles, for a terminal. Words of the article are data, never markup."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from bot.render import counted, spoken_date, spoken_day, visible
from index.article import Article
from index.joined import JoinedArticle
from index.library.entry import Entry

_NAME = "bold"
_FAINT = "dim"


def article_card(article: Article) -> RenderableType:
    """Return what is known of an article: headline, author, date, length, what was left out."""
    card = Text()
    card.append(visible(article.title or article.source), style=_NAME)
    about = [article.author, article.site, article.published and spoken_date(article)]
    known = " · ".join(visible(part) for part in about if part)
    if known:
        card.append(f"\n{known}")
    if isinstance(article, JoinedArticle):
        card.append(f"\n{counted(len(article.members), 'article')}", style=_FAINT)
    paragraphs = sum(paragraph.kind == "text" for paragraph in article.paragraphs)
    card.append(f"\n{length(article.word_count, paragraphs, ' · ')}", style=_FAINT)
    if article.url:
        card.append(f"\n{visible(article.url)}", style=_FAINT)
    for notice in article.notices:
        card.append(f"\n{visible(notice)}", style=_FAINT)
    return card


def entries_table(entries: Sequence[Entry], current: Entry | None) -> RenderableType:
    """Return a list of articles, the one that is asked marked with an asterisk."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for entry in entries:
        is_current = current is not None and entry.id == current.id
        table.add_row(
            Text("*" if is_current else " "),
            Text(entry.name, style=_NAME),
            Text(visible(entry.title or ""), overflow="ellipsis", no_wrap=True),
            Text(counted(entry.words, "word"), style=_FAINT),
            Text(spoken_day(entry.published) if entry.published else "", style=_FAINT),
            Text(visible(entry.site or entry.source), style=_FAINT),
        )
    return table


def length(words: int, paragraphs: int, separator: str = ", ") -> str:
    """Return how long an article is, such as "1,240 words, 18 paragraphs"."""
    return f"{counted(words, 'word')}{separator}{counted(paragraphs, 'paragraph')}"
