import pytest

from index.fetching.content_types import ContentType, parse_content_type, refuse_other_kinds
from index.fetching.errors import ContentError


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, ContentType(None, None)),
        ("", ContentType(None, None)),
        ("text/html", ContentType("text/html", None)),
        ("Text/HTML; Charset=UTF-8", ContentType("text/html", "utf-8")),
        ('text/html;charset="windows-1251"; a=b', ContentType("text/html", "windows-1251")),
        ("text/html; charset='gb2312'", ContentType("text/html", "gb2312")),
        ("text/html; charset = koi8-r", ContentType("text/html", "koi8-r")),
        ("text/html; x-charset=koi8-r", ContentType("text/html", None)),
        ("text/html; charset=", ContentType("text/html", None)),
        ("charset=utf-8", ContentType("charset=utf-8", None)),
        ("text/plain, text/html; charset=utf-8", ContentType("text/html", "utf-8")),
        ("text/html; charset=" + "a" * 100, ContentType("text/html", "a" * 40)),
    ],
)
def test_what_a_content_type_says(header: str | None, expected: ContentType) -> None:
    assert parse_content_type(header) == expected


@pytest.mark.parametrize(
    "media_type",
    [
        None,
        "text/html",
        "text/plain",
        "application/xhtml+xml",
        "application/pdf",
        "application/zip",
        "application/epub+zip",
        "application/octet-stream",
        "application/json",
        "nonsense",
    ],
)
def test_what_may_be_an_article_passes(media_type: str | None) -> None:
    refuse_other_kinds(media_type, "http://news.example/")


@pytest.mark.parametrize(
    ("media_type", "kind"),
    [
        ("image/png", "an image"),
        ("image/svg+xml", "an image"),
        ("audio/mpeg", "a sound recording"),
        ("video/mp4", "a video"),
        ("application/x-mpegurl", "a video"),
        ("font/woff2", "a font"),
        ("model/gltf-binary", "a three-dimensional model"),
        ("application/x-msdownload", "a program"),
        ("application/gzip", "an archive"),
    ],
)
def test_what_is_no_article_is_refused(media_type: str, kind: str) -> None:
    with pytest.raises(ContentError) as raised:
        refuse_other_kinds(media_type, "http://news.example/")

    assert str(raised.value) == (
        f"http://news.example/ is {kind}, and there is no article to read in it. "
        "Use the address of a page or a document."
    )
