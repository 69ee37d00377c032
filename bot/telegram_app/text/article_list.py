"""A chat's articles, as they are told before and on its buttons."""

from collections.abc import Iterable

from bot.places import article_name
from bot.render import counted
from bot.telegram_app.article_messages import TITLE
from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import cut
from bot.telegram_app.text.units import is_blank, one_clean_line
from index.article import Article
from index.library.entry import Entry

# In UTF-16 units: the lines of as many articles as a chat may have fit into one message.
_MAX_TITLE_UNITS = 52
_MAX_SITE_UNITS = 16
_NEW_LINE = RichText("\n")


def entry_title(entry: Entry, limit: int = _MAX_TITLE_UNITS) -> RichText:
    """Return what an article is called: its title, or else the name that it has in the library.

    Args:
        entry: the article.
        limit: longest title, in UTF-16 units.
    """
    title = one_clean_line(entry.title or "")
    name = entry.name if is_blank(title) else title
    return cut(RichText(one_clean_line(name)), limit)


def titles(entries: Iterable[Entry]) -> RichText:
    """Return the titles of articles, a line each, with what else tells them apart."""
    return _NEW_LINE.join(map(_line, entries))


def _line(entry: Entry) -> RichText:
    site = cut(RichText(one_clean_line(entry.site or "")), _MAX_SITE_UNITS)
    facts = [RichText(counted(entry.words, "word"))]
    if not is_blank(site.plain()):
        facts.insert(0, isolated(site))
    return RichText("• ") + isolated(entry_title(entry)) + " · " + RichText(" · ").join(facts)


def default_title(article: Article) -> RichText:
    """Return what the operator's article is called, on a button as well."""
    return cut(RichText(one_clean_line(article_name(article))), _MAX_TITLE_UNITS)


def about(sentence: str, title: RichText) -> RichText:
    """Return a sentence of ours with a title in its place."""
    before, _, behind = sentence.partition(TITLE)
    return RichText(before) + isolated(title.styled(Style.BOLD)) + behind
