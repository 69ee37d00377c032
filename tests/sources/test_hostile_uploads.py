"""Files that are built to harm: each is refused, or read, in bounded time and memory."""

import random
import re
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.errors import ArticleError
from index.sources.reading import ReadOptions, article_from_upload
from tests.sources.epub.books import book
from tests.sources.pdf.pdf_files import Page, Text, pdf
from tests.sources.test_xml import EXTERNAL, LAUGHS
from tests.sources.word.documents import paragraph, word_document
from tests.sources.zips import packed

FILES = Path(__file__).parent / "files"
# A child that does not keep to it is ended; the rest is what a busy machine needs.
OPTIONS = ReadOptions(parse_seconds=5, parse_memory_bytes=600_000_000)
PATIENCE_S = 30
needs_limits = pytest.mark.skipif(
    sys.platform != "linux", reason="this system does not limit the memory of a process"
)


@contextmanager
def in_bounded_time() -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < PATIENCE_S


def refusal(raw: bytes, name: str) -> str:
    with in_bounded_time(), pytest.raises(ArticleError) as error:
        article_from_upload(raw, name, options=OPTIONS)
    message = str(error.value)
    assert message.startswith(("Reading ", name))
    assert "\n" not in message
    return message


def deflated(piece: bytes, times: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(piece) for _ in range(times)), packer.flush()])


def with_content(content: bytes, *filters: str) -> bytes:
    """Return a PDF of one page with this content, packed with these filters."""
    raw = pdf([Text(72, 700, "It was the best of times.")])
    start = raw.index(b"stream\n", raw.index(b"/Filter /FlateDecode") - 40) + len(b"stream\n")
    head = raw.rindex(b"<<", 0, start)
    end = raw.index(b"\nendstream", start)
    entry = b"<< /Length %d /Filter [%s] >>\nstream\n" % (
        len(content),
        " ".join(f"/{each}" for each in filters).encode(),
    )
    return raw[:head] + entry + content + raw[end:]


ENTITIES = LAUGHS.partition("<a>")[0]


@pytest.mark.parametrize("prologue", [ENTITIES, EXTERNAL.partition("<a>")[0]])
def test_entities_in_documents(prologue: str) -> None:
    sentence = "has XML that defines entities"
    assert sentence in refusal(word_document(paragraph("One."), prologue=prologue), "a.docx")
    chapter = f"{prologue}<html><body>&l19;&e;</body></html>"
    assert sentence in refusal(book(chapter), "a.epub")


@pytest.mark.parametrize("size", [50_000_000, 1_000_000_000])
def test_archives_that_unpack_to_far_too_much(size: int) -> None:
    small = packed({"word/document.xml": bytes(1_000_000)})
    bomb = small.replace((1_000_000).to_bytes(4, "little"), size.to_bytes(4, "little"))
    assert "unpacks to far more" in refusal(bomb, "a.docx")


def test_an_archive_in_an_archive_is_not_unpacked() -> None:
    inner = packed({"word/document.xml": bytes(20_000_000)})
    assert "is an archive" in refusal(packed({"inner.zip": inner, "a.txt": "x"}), "a.zip")


def test_an_archive_of_very_many_members() -> None:
    members = {f"word/{number}.xml": b"" for number in range(20_000)}
    assert "unpacks to far more" in refusal(packed({"word/document.xml": b"", **members}), "a.docx")


@needs_limits
@pytest.mark.parametrize(
    ("piece", "times", "packings"),
    [
        (bytes(1_000_000), 700, 1),
        (b" " * 1_000_000, 700, 2),
        (b"q 1 0 0 1 0 0 cm " * 100_000, 100, 1),
        (b"BT /F1 9 Tf 9 9 Td (It was so.) Tj ET " * 10_000, 60, 1),
    ],
)
def test_pages_that_unpack_to_far_too_much(piece: bytes, times: int, packings: int) -> None:
    content = deflated(piece, times)
    for _ in range(packings - 1):
        content = zlib.compress(content, 9)
    refusal(with_content(content, *["FlateDecode"] * packings), "a.pdf")


@needs_limits
def test_a_page_of_huge_size_is_not_drawn_huge() -> None:
    text = Text(72, 700, "It was the best of times.", before="1 1 1 rg")
    raw = pdf(Page([text])).replace(b"[0 0 595 842]", b"[0 0 9e8 9e8]")
    assert refusal(raw, "a.pdf") == (
        "a.pdf has no text to read. Use the address or the file of an article."
    )


def test_pages_that_are_their_own_parents() -> None:
    raw = pdf([Text(72, 700, "One.")])
    looped = re.sub(rb"/Kids \[\d", b"/Kids [2", raw)
    assert looped != raw
    assert "is damaged" in refusal(looped, "a.pdf")


BEGINNINGS = [b"%PDF-1.7\n", b"PK\3\4", b"<!DOCTYPE html><p>", b"\xff\xfe", b"{\\rtf", b""]


@settings(max_examples=25)
@given(beginning=st.sampled_from(BEGINNINGS), raw=st.binary(max_size=400), name=st.text(max_size=9))
def test_any_bytes_are_an_article_or_refused(beginning: bytes, raw: bytes, name: str) -> None:
    try:
        article = article_from_upload(beginning + raw, name, options=OPTIONS)
    except ArticleError:
        return
    holds(article)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.[pdeh][dopt]*[!n]")))
def test_any_damage_to_a_file_is_an_article_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(3):
        raw = bytearray((FILES / name).read_bytes())
        for _ in range(chance.randint(1, 30)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        with in_bounded_time():
            try:
                article = article_from_upload(bytes(raw), name, options=OPTIONS)
            except ArticleError:
                continue
        holds(article)


def holds(article: Article) -> None:
    """What is true of every article: paragraphs are its own words, in order, apart from others."""
    ends = [place for part in article.paragraphs for place in (part.start, part.end)]
    assert ends == sorted(ends)
    assert all(article.text[part.start : part.end].strip() for part in article.paragraphs)
    assert all(field.span.end <= article.paragraphs[0].start for field in article.header)
