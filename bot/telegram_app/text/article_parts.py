"""A whole article as messages, so that an answer can reply to the one that holds its evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.telegram_app.text.rich_text import RichText, Style
from bot.telegram_app.text.splitting import MAX_MESSAGE_UNITS, Breaks, cut, cut_spans
from bot.telegram_app.text.units import one_clean_line
from index.article import Article
from index.paragraphs import lines
from index.spans import Span

# In UTF-16 units: a first line, not a text.
_MAX_TITLE_UNITS = 200


@dataclass(frozen=True, slots=True)
class ArticlePart:
    """One message of an article.

    Attributes:
        text: what is sent.
        span: what it shows of `Article.text`; empty where it shows only a title that is not there.
        offset: where that begins in the message, in code points.
    """

    text: RichText
    span: Span
    offset: int

    def place(self, span: Span) -> Span:
        """Return where a span of the article is in this message, in code points."""
        shift = self.offset - self.span.start
        return Span(span.start + shift, span.end + shift)


def article_parts(article: Article, limit: int = MAX_MESSAGE_UNITS) -> tuple[ArticlePart, ...]:
    """Return an article as messages, its title in bold.

    The text is the article's own, code point by code point; a title that is not part of it stands
    in front. It is cut as `split` does it, at the article's paragraphs and sentences.

    Args:
        article: what to show.
        limit: longest message, in UTF-16 units, at least 2.

    Raises:
        ValueError: if the limit is under 2.
    """
    body = RichText(article.text)
    field = article.field("title")
    title = RichText()
    if field is not None:
        line = body.slice(field.line.start, field.line.end).styled(Style.BOLD)
        body = body.slice(0, field.line.start) + line + body.slice(field.line.end, len(body.text))
    elif article.title:
        shown = cut(RichText(one_clean_line(article.title)), _MAX_TITLE_UNITS)
        title = shown.styled(Style.BOLD) + "\n\n"
    shift = len(title.text)
    whole = title + body
    blocks = [Span(block.start + shift, block.end + shift) for block in _blocks(article)]
    breaks = Breaks.of_blocks(whole.plain(), blocks)
    return tuple(_part(whole, span, shift) for span in cut_spans(whole.plain(), limit, breaks))


def part_of(parts: Iterable[ArticlePart], span: Span) -> ArticlePart | None:
    """Return the message that shows all of a span of the article, or None where none does."""
    return next(
        (part for part in parts if part.span.start <= span.start and span.end <= part.span.end),
        None,
    )


def _part(whole: RichText, span: Span, shift: int) -> ArticlePart:
    shown = Span(max(span.start - shift, 0), max(span.end - shift, 0))
    return ArticlePart(whole.slice(span.start, span.end), shown, max(shift - span.start, 0))


def _blocks(article: Article) -> Iterator[Span]:
    """Yield the header's lines and the paragraphs; none ends at a heading, which needs its text."""
    body_start = article.paragraphs[0].start if article.paragraphs else len(article.text)
    yield from lines(article.text[:body_start])
    for paragraph in article.paragraphs:
        if paragraph.kind != "heading":
            yield Span(paragraph.start, paragraph.end)
