import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article, ReadLimits, article_from_bytes
from index.errors import ArticleError
from index.fetching.fetcher import Fetched
from index.fetching.limits import FetchLimits
from index.sources import reading
from index.sources.errors import NothingToReadError, UnopenedError
from index.sources.reading import ReadOptions, article_from_upload, is_address, read_article

TEXT = "A Tale of One City\n\nBy Jane Doe\n\nIt was the best of times."
URL = "https://example.com/tales/one%20city.md"


@pytest.fixture
def fake_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read pages and PDFs as if their bytes were text."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    fakes = "tests.sources.fake_readers"
    monkeypatch.setitem(reading._READERS, "html", f"{fakes}:read_words")
    monkeypatch.setitem(reading._READERS, "pdf", f"{fakes}:find_nothing")
    monkeypatch.setitem(reading._READERS, "epub", f"{fakes}:open_nothing")


def fetched(raw: bytes, url: str = URL, content_type: str | None = None) -> Article:
    return read_article(
        "https://example.com/short", fetch=lambda _url, _limits: Fetched(raw, url, content_type)
    )


def refusal(raw: bytes, name: str = "a.txt") -> str:
    with pytest.raises(ArticleError) as error:
        article_from_upload(raw, name)
    return str(error.value)


def test_a_path_is_read(tmp_path: Path) -> None:
    path = tmp_path / "tale.txt"
    path.write_text(TEXT, encoding="utf-8")
    article = read_article(str(path))
    assert article == article_from_bytes(TEXT.encode(), str(path))
    assert (article.source, article.title) == (str(path), "A Tale of One City")
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_an_upload_is_read() -> None:
    article = article_from_upload(b"# A *Tale*\n\nIt was the best.", "tale.md")
    assert (article.source, article.url, article.text) == (
        "tale.md",
        None,
        "A Tale\n\nIt was the best.",
    )


def test_an_address_is_fetched_within_the_limits() -> None:
    asked: list[tuple[str, FetchLimits]] = []

    def fetch(url: str, limits: FetchLimits) -> Fetched:
        asked.append((url, limits))
        return Fetched("# Le caf\xe9 est ferm\xe9".encode("latin-1"), URL, None, "latin1")

    options = ReadOptions(fetch=FetchLimits(max_redirects=1))
    article = read_article("https://example.com/short", options, fetch=fetch)
    assert asked == [("https://example.com/short", FetchLimits(max_redirects=1))]
    assert article.text == "Le café est fermé"
    assert (article.source, article.url) == ("https://example.com/short", URL)


def test_where_a_text_was_got_counts_for_more_than_what_it_says() -> None:
    text = b"Title: A Tale\n\nURL: https://example.org/tale\n\nIt was the best of times."
    assert article_from_upload(text, "tale.md").url == "https://example.org/tale"
    assert fetched(text).url == URL


def test_a_page_is_read_in_a_process_of_its_own(fake_readers: None) -> None:
    raw = b"<html>It was the best of times."
    article = article_from_upload(raw, "a", content_type="text/html; charset=koi8-r", url=URL)
    assert article.text == "<html>It was the best of times."
    assert (article.url, article.site, article.sha256) == (
        URL,
        "koi8-r",
        hashlib.sha256(raw).hexdigest(),
    )


def test_a_reason_becomes_a_sentence_that_names_the_source(fake_readers: None) -> None:
    with pytest.raises(NothingToReadError) as nothing:
        article_from_upload(b"%PDF-1.7", "scan.pdf")
    assert str(nothing.value) == (
        "scan.pdf is a scan: its pages are pictures, and text in pictures is not read. "
        "Use a version with a text layer."
    )
    with pytest.raises(UnopenedError) as unopened:
        article_from_upload(b"PK\3\4mimetypeapplication/epub+zip", "a.epub")
    assert str(unopened.value) == "a.epub is protected by a password. Save it without one."


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "There is nothing to read in a.txt: an article needs at least 3 words. Name a"),
        (b"One.", "There is only 1 word to read in a.txt: an article needs at least 3 words."),
        (b"\x89PNG\r\n", "a.txt is an image, and text in images is not read. Use a page, a"),
        (b"ID3\3", "a.txt is a sound recording. Use a page, a document or a text."),
        (b"\0\0\0\x20ftypisom", "a.txt is a video. Use a page, a document or a text."),
        (b"PK\3\4", "a.txt is an archive. Unpack it and use one of the files in it."),
        (b"{\\rtf1", "a.txt is an RTF document. Save it as .docx or PDF."),
        (b"<rss>", "a.txt is a list of articles (a feed). Use the address of one of them."),
        (b"a b c\0\0\0", "a.txt is not a text: 3 of its 8 characters are control codes."),
    ],
)
def test_one_clear_sentence_for_what_is_not_read(raw: bytes, message: str) -> None:
    found = refusal(raw)
    assert found.startswith(message)
    assert "\n" not in found


def test_an_upload_may_be_too_large() -> None:
    options = ReadOptions(ReadLimits(max_bytes=1_000_000))
    with pytest.raises(ArticleError, match=r"^a\.txt is 2 MB, and the limit is 1 MB\."):
        article_from_upload(bytes(2_000_000), "a.txt", options=options)


def test_a_name_is_shown_as_one_visible_line() -> None:
    name = "a\n\u202e\x1b[31mb" + "c" * 1000 + ".txt"
    assert refusal(b"", name).startswith(f"There is nothing to read in a [31mb{'c' * 193}: ")
    assert refusal(b"", "\n").startswith("There is nothing to read in the file: ")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://example.com/", True),
        ("HTTP://example.com/", True),
        ("ftp://example.com/", True),
        ("example.com", False),
        ("/a/b.txt", False),
        ("C:\\a.txt", False),
        ("", False),
    ],
)
def test_an_address_is_no_path(source: str, expected: bool) -> None:
    assert is_address(source) is expected


def test_an_address_of_another_kind_is_refused_by_the_fetcher() -> None:
    with pytest.raises(ArticleError, match="ftp"):
        read_article("ftp://example.com/")


@given(raw=st.binary(max_size=200), name=st.text(max_size=20))
def test_any_bytes_are_an_article_or_refused(raw: bytes, name: str) -> None:
    try:
        article = article_from_upload(raw, name)
    except ArticleError:
        return
    assert all(
        article.text[part.start : part.end].strip() and part.number >= 1
        for part in article.paragraphs
    )
