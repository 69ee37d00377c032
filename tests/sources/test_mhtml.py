import pytest

from index.sources import mhtml
from index.sources.document import Block, Document
from index.sources.errors import NothingToReadError
from index.sources.mhtml import read_mhtml

SAVED = (
    b"From: <Saved by Blink>\r\n"
    b"Snapshot-Content-Location: https://example.com/tale\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
    b"------b\r\nContent-Type: text/css\r\nContent-Location: a.css\r\n\r\np {}\r\n"
    b"------b\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.com/tale\r\n"
    b"\r\n<p>Caf=C3=A9=\r\n closed.\r\n------b--\r\n"
)
Call = tuple[bytes, str | None, str | None]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What the reader of HTML is asked to read."""
    asked: list[Call] = []

    def read(raw: bytes, *, url: str | None, charset: str | None) -> Document:
        asked.append((raw, url, charset))
        return Document((Block("text", "One."),))

    monkeypatch.setattr(mhtml, "read_html", read)
    return asked


def test_the_page_in_the_file_is_read(calls: list[Call]) -> None:
    assert read_mhtml(SAVED).blocks == (Block("text", "One."),)
    assert calls == [("<p>Café closed.".encode(), "https://example.com/tale", "utf-8")]


def test_an_address_that_is_none_is_left_out(calls: list[Call]) -> None:
    read_mhtml(SAVED.replace(b"https://example.com/tale", b"file:///etc/passwd"))
    assert [url for _, url, _ in calls] == [None]


@pytest.mark.parametrize("raw", [b"", SAVED[:150], SAVED.replace(b"text/html;", b"text/rtf;")])
def test_a_file_without_a_page_says_so(calls: list[Call], raw: bytes) -> None:
    with pytest.raises(NothingToReadError):
        read_mhtml(raw)
