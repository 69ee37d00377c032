from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from index.header import HeaderField
from index.normalise import normalise
from index.paragraphs import Paragraph
from index.sources.document import Block, Document, Metadata
from index.sources.document_text import document_text
from index.spans import Span
from tests.nasty_text import nasty_texts

SAID = Metadata("A Tale", "Jane Doe", datetime(2017, 6, 29, 9, 6))


def test_header_lines_then_the_body_then_the_captions() -> None:
    blocks = (
        Block("heading", "Times", 1),
        Block("caption", "A guillotine.", 1),
        Block("text", "It was the best.", 2),
    )
    found = document_text(Document(blocks, SAID))
    assert found.text == (
        "A Tale\n\nJane Doe\n\n2017-06-29 09:06\n\nTimes\n\nIt was the best.\n\nA guillotine."
    )
    title, author, published = Span(0, 6), Span(8, 16), Span(18, 34)
    assert found.header == (
        HeaderField("title", title, title),
        HeaderField("author", author, author),
        HeaderField("published", published, published),
    )
    assert found.paragraphs == (
        Paragraph(1, 36, 41, "heading", 1),
        Paragraph(1, 43, 59, "text", 2),
        Paragraph(2, 61, 74, "caption", 1),
    )


def test_a_day_without_a_time_is_written_as_a_day() -> None:
    document = Document((Block("text", "One."),), Metadata(published=date(2020, 5, 1)))
    assert document_text(document).text == "2020-05-01\n\nOne."


def test_a_moment_keeps_its_zone() -> None:
    moment = datetime(2020, 5, 1, 12, 0, 7, tzinfo=UTC)
    document = Document((Block("text", "One."),), Metadata(published=moment))
    assert document_text(document).text == "2020-05-01 12:00+00:00\n\nOne."


def test_the_title_is_not_said_twice() -> None:
    blocks = (Block("heading", "A  Tale"), *[Block("text", "One.")] * 3, Block("text", "A Tale"))
    found = document_text(Document(blocks, SAID)).text
    assert found.partition("09:06\n\n")[2] == "One.\n\nOne.\n\nOne.\n\nA Tale"


def test_byline_and_date_are_not_said_twice() -> None:
    blocks = (
        Block("heading", "A tale"),
        Block("text", "By Jane Doe"),
        Block("text", "29 June 2017"),
        Block("text", "Jane Doe"),
        Block("text", "Jane Doe"),
        Block("text", "29 June 2017"),
    )
    found = document_text(Document(blocks, SAID)).text
    assert found.partition("09:06\n\n")[2] == "A tale\n\nJane Doe\n\n29 June 2017"


def test_several_authors_are_not_said_twice() -> None:
    blocks = (Block("text", "Jane Doe and John Roe"), Block("text", "One by Jane Doe."))
    document = Document(blocks, Metadata(author="Jane Doe, John Roe"))
    assert document_text(document).text == "Jane Doe, John Roe\n\nOne by Jane Doe."


def test_a_title_that_is_all_there_is_stays() -> None:
    document = Document((Block("text", "A Tale"),), Metadata("A Tale"))
    assert document_text(document).text == "A Tale\n\nA Tale"


def test_a_header_line_is_one_line_and_visible() -> None:
    document = Document((Block("text", "One."),), Metadata("A\n\u200b Tale \u200b", "x" * 501))
    assert document_text(document).text == "A Tale\n\nOne."


def test_the_last_heading_heads_no_caption() -> None:
    blocks = (Block("text", "One."), Block("heading", "More"), Block("caption", "A picture."))
    found = document_text(Document(blocks)).paragraphs
    assert [(part.number, part.kind) for part in found] == [
        (1, "text"),
        (2, "heading"),
        (3, "caption"),
    ]


def test_headings_alone_are_text() -> None:
    found = document_text(Document((Block("heading", "One"), Block("caption", "Two")))).paragraphs
    assert [(part.number, part.kind) for part in found] == [(1, "text"), (2, "caption")]


def test_nothing_is_an_empty_text() -> None:
    found = document_text(Document((Block("text", " \u200b"),)))
    assert (found.text, found.paragraphs) == ("", ())


@given(
    blocks=st.lists(
        st.builds(
            Block,
            st.sampled_from(["text", "heading", "caption"]),
            nasty_texts(),
            st.none() | st.integers(1, 9),
        ),
        max_size=6,
    ),
    title=st.none() | nasty_texts(),
    author=st.none() | nasty_texts(),
)
def test_whatever_is_in_it_the_offsets_hold(
    blocks: list[Block], title: str | None, author: str | None
) -> None:
    found = document_text(Document(tuple(blocks), Metadata(title, author)))
    assert normalise(found.text) == found.text
    parts = [found.text[field.line.start : field.line.end] for field in found.header]
    parts += [found.text[part.start : part.end] for part in found.paragraphs]
    assert "\n\n".join(parts) == found.text
    assert all(parts)
    numbers = [part.number for part in found.paragraphs if part.kind != "heading"]
    assert numbers == sorted(set(numbers))
