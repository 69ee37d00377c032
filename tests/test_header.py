import time
from datetime import date

import pytest
from hypothesis import given

from index.header import Header, find_header
from index.normalise import normalise
from tests.nasty_text import HEADER_PIECES, nasty_texts

BODY = "It was the best of times. It was the worst of times."


def split(text: str) -> tuple[Header, str]:
    header, body_start = find_header(text)
    return header, text[body_start:]


def quoted(text: str) -> dict[str, str]:
    header, _ = find_header(text)
    return {field.kind: text[field.span.start : field.span.end] for field in header.fields}


@pytest.mark.parametrize(
    ("lines", "title", "author", "published"),
    [
        # a headline alone, and with a byline in each of its forms
        ("A Tale\n\n", "A Tale", None, None),
        ("A Tale\n\nBy Jane Doe\n\n", "A Tale", "Jane Doe", None),
        ("A Tale\nBy Jane Doe\n", "A Tale", "Jane Doe", None),
        ("A Tale\nwritten by Jane van der Doe\n", "A Tale", "Jane van der Doe", None),
        ("A Tale\n\nJane Doe | 1 May 2020\n\n", "A Tale", "Jane Doe", date(2020, 5, 1)),
        ("A Tale\n\nJane Doe • 1 May 2020\n\n", "A Tale", "Jane Doe", date(2020, 5, 1)),
        ("A Tale\n\nJane Doe - 1 May 2020\n\n", "A Tale", "Jane Doe", date(2020, 5, 1)),
        ("A Tale\n\nJane Doe, May 1, 2020\n\n", "A Tale", "Jane Doe", date(2020, 5, 1)),
        ("A Tale\n\nBy J. Doe and A. Roe\n\n", "A Tale", "J. Doe and A. Roe", None),
        ("A Tale\n\nJane Doe | BBC | 1 May 2020\n", "A Tale", "Jane Doe", date(2020, 5, 1)),
        # labels
        ("Title: A Tale\nAuthor: Jane Doe\n", "A Tale", "Jane Doe", None),
        ('TITLE:  "A Tale"\nDate: 2020-05-01\n', "A Tale", None, date(2020, 5, 1)),
        ("headline: A Tale.\nPosted on: 1 May 2020\n", "A Tale.", None, date(2020, 5, 1)),
        # a date that stands alone is the page's own, unless it stands behind the author
        ("2 June 2021\n\nA Tale\n\nDoe | 1 May 2020\n\n", "A Tale", "Doe", date(2020, 5, 1)),
        ("2 June 2021\n\nA Tale\n\nBy Jane Doe\n\n", "A Tale", "Jane Doe", date(2021, 6, 2)),
        ("2 June 2021\n\nA Tale\n\nBy Doe\n1 May 2020\n\n", "A Tale", "Doe", date(2020, 5, 1)),
        ("A Tale\n\nPublished on 1 May 2020\n\n", "A Tale", None, date(2020, 5, 1)),
        # a date that could be read in two ways is none, but no body text either
        ("A Tale\n\nPublished 6/7/2017\n\n", "A Tale", None, None),
    ],
)
def test_finds_title_author_and_date(
    lines: str, title: str | None, author: str | None, published: date | None
) -> None:
    header, body = split(lines + BODY)
    assert (header.title, header.author, header.published) == (title, author, published)
    assert body == BODY


def test_each_field_names_its_words_and_its_line() -> None:
    text = f"A Tale\n\nJane Doe | 1 May 2020\n\n{BODY}"
    header, _ = find_header(text)
    assert quoted(text) == {"title": "A Tale", "author": "Jane Doe", "published": "1 May 2020"}
    lines = [text[field.line.start : field.line.end] for field in header.fields]
    assert lines == ["A Tale", "Jane Doe | 1 May 2020", "Jane Doe | 1 May 2020"]


@pytest.mark.parametrize("label", ["URL", "Source"])
def test_an_address_is_the_publishers(label: str) -> None:
    header, body = split(f"A Tale\n{label}: https://example.com/a\n\n{BODY}")
    assert (header.title, header.url) == ("A Tale", "https://example.com/a")
    assert body == BODY


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\n{BODY}",
        f"The army said:\n\n{BODY}",
        f"source: the army\n{BODY}",
        f"date: tomorrow\n{BODY}",
        f"{'word ' * 31}\n\n{BODY}",
        f"{'w' * 201}\n\n{BODY}",
        "A short line\nand another one\nand a third",
        "",
    ],
)
def test_body_text_is_no_header(text: str) -> None:
    assert split(text) == (Header(), text)


@pytest.mark.parametrize("text", ["A Tale", "A Tale\n\nBy Jane Doe", "1 May 2020\n\nBy Jane Doe"])
def test_the_last_line_is_never_header(text: str) -> None:
    assert split(text)[1] == text.splitlines()[-1]


@given(text=nasty_texts(*HEADER_PIECES).map(normalise))
def test_no_text_breaks_it(text: str) -> None:
    header, body_start = find_header(text)
    assert body_start == 0 or text[body_start - 1] == "\n"
    assert body_start < max(len(text), 1)
    assert len({field.kind for field in header.fields}) == len(header.fields)
    for field in header.fields:
        line = text[field.line.start : field.line.end]
        assert "\n" not in line
        assert field.line.end < body_start
        assert text[field.span.start : field.span.end] in line


@pytest.mark.parametrize("run", [" ", "|", " - ", "updated ", "a, "])
def test_long_lines_take_linear_time(run: str) -> None:
    text = f"A line{run * 20_000}x\n\n{BODY}"
    started = time.process_time()
    find_header(text)
    assert time.process_time() - started < 1  # a pattern that looks back at each took seven


@pytest.mark.parametrize(
    "text",
    [
        "Mill burns\n\nSTAVERN, 18 July 2024 - The old mill has burned down.\n\nNobody was hurt.",
        "Mill burns\n\nTARSK, 3 April 2022 – Talks about the mill that burned down in the "
        "summer of last year went on\n\nNobody was hurt.",
    ],
)
def test_an_agencys_dateline_begins_the_body(text: str) -> None:
    header, body_start = find_header(text)
    assert header.title == "Mill burns"
    assert header.author is None
    assert header.published is None
    assert body_start == text.index("\n\n") + 2
