import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.kinds import Kind, sniff_kind

PAGE = b"<!DOCTYPE html><html><head><title>A</title></head><body>One came.</body></html>"


def packed(*names: str, mimetype: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n%...", "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4", "pdf"),
        (b"HTTP/1.1 200 OK\n\n%PDF-1.4\n...\nstartxref\n0\n%%EOF", "pdf"),
        (packed("[Content_Types].xml", "word/document.xml"), "docx"),
        (packed("META-INF/container.xml", mimetype="application/epub+zip"), "epub"),
        (packed("META-INF/container.xml", "OEBPS/a.xhtml"), "epub"),
        (packed("content.xml", mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        (packed("xl/workbook.xml"), "spreadsheet"),
        (packed("ppt/presentation.xml"), "slides"),
        (packed("a.txt"), "archive"),
        (packed(), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0", "doc"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "office_old"),
        (b"{\\rtf1\\ansi One came.}", "rtf"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
        (b"\xff\xd8\xff\xe0..JFIF", "image"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image"),
        (b"\0\0\0\x20ftypheic", "image"),
        (b"BM\x36\0\x0c\0\0\0\0\0\x36\0\0\0", "image"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "image"),
        (b"ID3\3\0", "audio"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio"),
        (b"\0\0\0\x20ftypM4A ", "audio"),
        (b"\0\0\0\x20ftypisom", "video"),
        (b"\x1aE\xdf\xa3", "video"),
        (b"\x1f\x8b\x08", "archive"),
        (b"Rar!\x1a\x07\x01", "archive"),
        (b"a.txt" + bytes(252) + b"ustar\x0000", "archive"),
        (b"MZ\x90\0\3\0", "program"),
        (b"\x7fELF\2", "program"),
        (b"SQLite format 3\0", "database"),
        (b"x" * 60 + b"BOOKMOBI", "kindle"),
        (PAGE, "html"),
        (b"\xef\xbb\xbf \n<!-- saved -->\n<HTML lang=en>", "html"),
        ("<html><body>One.".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "a">', "html"),
        (b"<p>One came.", "html"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n",
            "mhtml",
        ),
        (b"From: Jane\nTo: John\n\nContent-Type: multipart/related", "text"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "feed"),
        (b'<?xml version="1.0"?><?xml-stylesheet href="a"?><feed xmlns="a">', "feed"),
        (b"", "text"),
        (b"One came.", "text"),
        (b"MZ came.", "text"),
        (b"BMW is a company.", "text"),
        (b"FORMER mayors met.", "text"),
        (b"The first line of a PDF is %PDF-1.4 or so.", "text"),
        (b"<3 is a heart", "text"),
    ],
)
def test_the_bytes_say_what_they_are(raw: bytes, kind: Kind) -> None:
    assert sniff_kind(raw) == kind


@pytest.mark.parametrize(
    ("raw", "name", "media_type", "kind"),
    [
        (b"One came.", "a.md", None, "markdown"),
        (b"One came.", "A.MARKDOWN", None, "markdown"),
        (b"One came.", "a.md", "text/plain", "markdown"),
        (b"One came.", "a.md", "text/html", "html"),
        (b"One came.", "a.txt", "text/markdown", "markdown"),
        (b"One came.", "a.txt", None, "text"),
        (b"One came.", "a.html", None, "html"),
        (b"One came.", "a.html", "application/octet-stream", "html"),
        (b"One came.", "a", "text/html", "html"),
        (b"<p>One came.", "a.md", None, "markdown"),
        (b"<p>One came.", "a.txt", None, "text"),
        (b"<p>One came.", "a", "text/plain", "text"),
        (PAGE, "a.txt", "text/plain", "html"),
        (b"%PDF-1.7", "a.txt", "text/html", "pdf"),
        (b"\x89PNG\r\n", "a.pdf", "application/pdf", "image"),
        (b"One came.", "a.pdf", "application/pdf", "text"),
        (b"One came.", "report.of.md/raw", None, "text"),
    ],
)
def test_name_and_content_type_say_what_the_bytes_leave_open(
    raw: bytes, name: str, media_type: str | None, kind: Kind
) -> None:
    assert sniff_kind(raw, name, media_type) == kind


@pytest.mark.parametrize(
    "piece", [b"a: b\n c\n", b"a:\n", b"<!---->", b"<?xml?>", b"<!-- ", b" <", b"<?"]
)
def test_no_beginning_takes_long(piece: bytes) -> None:
    started = time.monotonic()
    assert sniff_kind(piece * 2_000 + b"x") == "text"
    assert time.monotonic() - started < 5


@given(raw=st.binary(max_size=300), name=st.text(max_size=10))
def test_any_bytes_are_of_some_kind(raw: bytes, name: str) -> None:
    assert sniff_kind(raw, name)
