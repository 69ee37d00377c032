import hashlib
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import (
    DEFAULT_ARTICLE,
    Article,
    ReadLimits,
    article_from_bytes,
    article_from_document,
    count_words,
)
from index.errors import ArticleError
from index.normalise import normalise
from index.paragraphs import Paragraph
from index.sources.document import Block, Document, Metadata
from index.spans import Span
from tests.nasty_text import HEADER_PIECES, MARKDOWN_PIECES, nasty_texts

TEXT = (
    "A Tale of One City\n\nBy Jane Doe\n\nIt was the best of times.\n\nIt was the worst of times."
)


def refusal(raw: bytes, limits: ReadLimits = ReadLimits()) -> str:  # noqa: B008 - frozen
    with pytest.raises(ArticleError) as error:
        article_from_bytes(raw, "tale.txt", limits=limits)
    return str(error.value)


def test_the_default_article_says_what_it_is(default_article: Article) -> None:
    assert default_article.title == "ISIS extremists losing more ground in Iraq's Mosul"
    assert default_article.author == "Melinda Barton"
    assert default_article.published == datetime(2017, 6, 29, 9, 6)
    assert default_article.url is None
    assert {field.kind: default_article.quote(field.span) for field in default_article.header} == {
        "title": "ISIS extremists losing more ground in Iraq's Mosul",
        "author": "Melinda Barton",
        "published": "29 June, 2017, 09:06",
    }
    byline = default_article.field("author")
    assert byline is not None
    assert default_article.quote(byline.line) == "Melinda Barton | 29 June, 2017, 09:06"


def test_the_default_articles_body_is_numbered_paragraphs(default_article: Article) -> None:
    paragraphs = default_article.paragraphs
    raw = DEFAULT_ARTICLE.read_text(encoding="utf-8")
    assert [p.number for p in paragraphs] == list(range(1, len(paragraphs) + 1))
    assert len(paragraphs) == len([line for line in raw.splitlines() if line.strip()]) - 3
    first = default_article.text[paragraphs[0].start : paragraphs[0].end]
    assert first.startswith("Iraqi forces battled deep into")
    assert first.endswith("to retake the city.")


def test_the_default_articles_source_is_the_file_that_was_opened(default_article: Article) -> None:
    assert Path(default_article.source).read_bytes() == DEFAULT_ARTICLE.read_bytes()


def test_reads_a_text() -> None:
    article = article_from_bytes(TEXT.encode(), "tale.txt")
    assert article.text == TEXT
    assert (article.title, article.author) == ("A Tale of One City", "Jane Doe")
    assert article.published is None
    assert [article.text[p.start : p.end] for p in article.paragraphs] == [
        "It was the best of times.",
        "It was the worst of times.",
    ]
    assert article.source == "tale.txt"
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.word_count == 12
    assert article.quote(Span(0, 6)) == "A Tale"
    assert article.field("published") is None


def test_reads_markdown_without_its_markup() -> None:
    raw = b"# A *Tale*\n\nBy Jane Doe\n\n## Times\n\nIt was\nthe **best**.\n\n- one\n- two\n"
    article = article_from_bytes(raw, "tale.md", markdown=True)
    assert article.text == "A Tale\n\nBy Jane Doe\n\nTimes\n\nIt was the best.\n\none\n\ntwo"
    assert (article.title, article.author) == ("A Tale", "Jane Doe")
    found = [(p.number, p.kind, article.text[p.start : p.end]) for p in article.paragraphs]
    assert found == [
        (1, "heading", "Times"),
        (1, "text", "It was the best."),
        (2, "text", "one"),
        (3, "text", "two"),
    ]


def test_a_text_keeps_what_markdown_would_drop() -> None:
    assert article_from_bytes(b"*One* two # three", "a.txt").text == "*One* two # three"


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-32"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
    ],
)
def test_the_encoding_of_a_text_makes_no_difference(raw: bytes) -> None:
    article = article_from_bytes(raw, "tale.txt")
    assert article.text == TEXT
    assert article.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "There is nothing to read in tale.txt: an article needs at least 3 words."),
        (
            b" \n\xef\xbb\xbf...\n",
            "There is nothing to read in tale.txt: an article needs at least",
        ),
        (b"One.", "There is only 1 word to read in tale.txt: an article needs at least 3 words."),
        (b"One two.", "There are only 2 words to read in tale.txt: an article needs at least 3"),
        (b"\xff\xfea", "tale.txt is not a text in any encoding that is known."),
        (b"a b c\0\0\0", "tale.txt is not a text: 3 of its 8 characters are control codes."),
    ],
)
def test_refuses_what_is_no_text(raw: bytes, complaint: str) -> None:
    message = refusal(raw)
    assert message.startswith(complaint)
    assert "\n" not in message


def test_the_fewest_words_are_a_limit() -> None:
    raw = b"One two three."
    assert article_from_bytes(raw, "a", limits=ReadLimits(min_words=3)).word_count == 3
    assert refusal(raw, ReadLimits(min_words=4)).startswith("There are only 3 words")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was the best.", 4),
        ("...", 0),
        ("今天很好", 4),
        ("ภาษา", 4),
        ("мир и war", 3),
    ],
)
def test_counts_words(text: str, expected: int) -> None:
    assert count_words(text) == expected


def holds(article: Article) -> None:
    """What is true of every article, whatever it was read from."""
    assert normalise(article.text) == article.text
    spans = [(p.start, p.end) for p in article.paragraphs]
    assert all(start < end for start, end in spans)
    assert spans == sorted(spans)
    places = [place for start, end in spans for place in range(start, end)]
    assert len(places) == len(set(places))
    header_end = min(place for place in places)
    bare = {n for n, c in enumerate(article.text) if n >= header_end and not c.isspace()}
    assert bare <= set(places)
    for field in article.header:
        assert field.line.start <= field.span.start <= field.span.end <= field.line.end
        assert field.line.end <= header_end
        assert article.quote(field.span) in article.quote(field.line)
    title, author = article.field("title"), article.field("author")
    assert article.title == (None if title is None else article.quote(title.span))
    assert article.author == (None if author is None else article.quote(author.span))


@given(text=nasty_texts(*HEADER_PIECES, *MARKDOWN_PIECES), markdown=st.booleans())
def test_any_text_is_an_article_or_refused(text: str, markdown: bool) -> None:
    try:
        article = article_from_bytes(text.encode(), "nasty", markdown=markdown)
    except ArticleError:
        return
    holds(article)


@given(
    raw=st.binary(max_size=60) | st.text(max_size=30).map(lambda text: text.encode("utf-16")),
    markdown=st.booleans(),
)
def test_any_bytes_are_an_article_or_refused(raw: bytes, markdown: bool) -> None:
    try:
        article = article_from_bytes(raw, "bytes", markdown=markdown)
    except ArticleError:
        return
    holds(article)


BLOCKS = (Block("text", "It was the best of times."), Block("caption", "The worst."))
SAID = Metadata(
    "A Tale", "Jane Doe", date(1859, 4, 30), "All the Year Round", "https://example.com/a", "en"
)


def test_a_document_becomes_an_article() -> None:
    document = Document(BLOCKS, SAID, "Menu\nA Tale", hidden_passages=3)
    article = article_from_document(document, source="https://example.com/", sha256="ab")
    assert article.text == (
        "A Tale\n\nJane Doe\n\n1859-04-30\n\nIt was the best of times.\n\nThe worst."
    )
    assert article == Article(
        text=article.text,
        paragraphs=(Paragraph(1, 30, 55), Paragraph(2, 57, 67, "caption")),
        header=article.header,
        source="https://example.com/",
        sha256="ab",
        url="https://example.com/a",
        title="A Tale",
        author="Jane Doe",
        published=date(1859, 4, 30),
        site="All the Year Round",
        language="en",
        published_text="Menu\nA Tale",
        notices=("3 hidden passages were ignored.",),
    )
    assert article.word_count == 6
    assert [article.quote(field.span) for field in article.header] == [
        "A Tale",
        "Jane Doe",
        "1859-04-30",
    ]


def test_nothing_that_steers_a_terminal_gets_into_address_and_site() -> None:
    said = Metadata(site="All\x1b[2J the\nYear", url="https://example.com/\x1b]8;;a")
    article = article_from_document(Document(BLOCKS, said), source="a", sha256="")
    assert article.site == "All[2J the Year"
    assert article.url is None


def test_one_hidden_passage_is_told_too() -> None:
    document = Document(BLOCKS, hidden_passages=1)
    article = article_from_document(document, source="a", sha256="")
    assert article.notices == ("1 hidden passage was ignored.",)


def test_a_document_needs_words_in_its_body() -> None:
    document = Document((Block("text", "Two words"), *BLOCKS[1:]), SAID)
    with pytest.raises(ArticleError, match="^There are only 2 words to read in a.pdf: "):
        article_from_document(document, source="a.pdf", sha256="")
