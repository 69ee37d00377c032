"""Articles that break things."""

from hypothesis import reject
from hypothesis import strategies as st

from index.article import Article, article_from_bytes
from index.errors import ArticleError
from index.spans import Span
from tests.nasty_text import HEADER_PIECES, MARKDOWN_PIECES, nasty_texts
from tests.telegram_app.text.texts import MORE

_PIECES = tuple(piece for piece in MORE if not any("\ud800" <= c <= "\udfff" for c in piece))


def article_of(text: str, url: str | None = None, *, markdown: bool = False) -> Article:
    header = f"URL: {url}\n\n" if url else ""
    return article_from_bytes((header + text).encode(), "article.txt", markdown=markdown)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    """Return an article of any kind; some have a title that does not stand in their text."""
    markdown = draw(st.booleans())
    more = (*_PIECES, *HEADER_PIECES, *(MARKDOWN_PIECES if markdown else ()))
    text = draw(nasty_texts(*more)) + "\n\nFour words at least."
    try:
        return article_of(text, markdown=markdown)
    except ArticleError:
        reject()


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start, end = sorted(draw(st.tuples(st.integers(0, length), st.integers(0, length))))
    return Span(start, end)
