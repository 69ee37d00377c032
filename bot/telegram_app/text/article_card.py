"""What is known of an article, and its outline by paragraph."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from bot.places import article_name
from bot.render import counted, spoken_date
from bot.telegram_app import article_messages, messages
from bot.telegram_app.text.direction import isolated
from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import cut
from bot.telegram_app.text.units import fitting_end, is_blank, one_clean_line
from index.article import Article
from index.library.entry import Outcome
from index.paragraphs import Paragraph

# In UTF-16 units: a card is read at a glance, and a line of an outline should be one on a phone.
_MAX_TITLE_UNITS = 200
_MAX_NAME_UNITS = 100
_MAX_LINE_UNITS = 72
# More than enough of a paragraph for a line of it: cutting takes the longer, the longer the text.
_LOOKED_AT = 4 * _MAX_LINE_UNITS
_NEW_LINE = RichText("\n")


def article_card(article: Article) -> RichText:
    """Return headline, author, date, length and a link, each where it is known."""
    return _NEW_LINE.join(_card_lines(article))


def reading_card(article: Article, outcome: Outcome) -> RichText:
    """Return what was read, and that it can be asked.

    Args:
        article: what was read.
        outcome: whether the chat had it before.
    """
    lines = list(_known_lines(article))
    again = {"known": article_messages.READY_AGAIN, "changed": article_messages.READY_CHANGED}
    if outcome in again:
        lines.append(RichText(again[outcome]))
    lines += [RichText(notice).styled(Style.ITALIC) for notice in article.notices]
    paragraphs = _count_texts(article.paragraphs)
    lines.append(RichText(article_messages.ready(article.word_count, paragraphs)))
    return _NEW_LINE.join(lines)


def outline(article: Article, limit: int) -> RichText:
    """Return the beginning of each paragraph with its number, headings in bold.

    Args:
        article: whose paragraphs are shown.
        limit: longest result, in UTF-16 units; what does not fit is counted on the last line. At
            least as long as that line.
    """
    last_line = RichText(messages.outline_left_out(len(article.paragraphs)))
    room = limit - last_line.utf16_length
    shown: list[RichText] = []
    for position, paragraph in enumerate(article.paragraphs):
        line = _outline_line(article, paragraph)
        room -= line.utf16_length + len("\n")
        if room < 0:
            left_out = _count_texts(article.paragraphs[position:])
            return _NEW_LINE.join([*shown, RichText(messages.outline_left_out(left_out))])
        shown.append(line)
    return _NEW_LINE.join(shown)


def _card_lines(article: Article) -> Iterator[RichText]:
    yield from _known_lines(article)
    words = counted(article.word_count, "word")
    yield RichText(f"{words} · {counted(_count_texts(article.paragraphs), 'paragraph')}")
    for notice in article.notices:
        yield RichText(notice).styled(Style.ITALIC)
    host = _host(article.url)
    if article.url and host:
        yield RichText(host).styled(Style.TEXT_LINK, article.url)


def _known_lines(article: Article) -> Iterator[RichText]:
    """Yield the title, and below it where, by whom and when it was published."""
    title = one_clean_line(article.title or "") or one_clean_line(article_name(article))
    yield isolated(cut(RichText(title), _MAX_TITLE_UNITS).styled(Style.BOLD))
    names = (one_clean_line(name or "") for name in (article.site, article.author))
    known = [isolated(cut(RichText(name), _MAX_NAME_UNITS)) for name in names if not is_blank(name)]
    date = spoken_date(article)
    if date:
        known.append(RichText(date))
    if known:
        yield RichText(" · ").join(known)


def _host(url: str | None) -> str | None:
    """Return whose page an address of the web opens, or None where it is no such address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and not any(map(str.isspace, url or ""))
    return parts.hostname if is_web else None


def _outline_line(article: Article, paragraph: Paragraph) -> RichText:
    end = fitting_end(article.text, paragraph.start, _LOOKED_AT)
    beginning = one_clean_line(article.text[paragraph.start : min(end, paragraph.end)])
    words = isolated(cut(RichText(beginning), _MAX_LINE_UNITS))
    if paragraph.kind == "heading":
        return words.styled(Style.BOLD)
    return RichText(f"{paragraph.number}  ") + words


def _count_texts(paragraphs: Iterable[Paragraph]) -> int:
    return sum(paragraph.kind == "text" for paragraph in paragraphs)
