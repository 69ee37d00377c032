import pytest

from index.sources.html.canonical import canonical_url, site_host

OPENED = "https://www.news.example/2024/ferry?utm=1"


@pytest.mark.parametrize(
    ("candidate", "expected"),
    [
        ("https://www.news.example/2024/ferry", "https://www.news.example/2024/ferry"),
        ("https://news.example/2024/ferry#top", "https://news.example/2024/ferry"),
        ("https://amp.news.example/2024/ferry", "https://amp.news.example/2024/ferry"),
        ("/2024/ferry", "https://www.news.example/2024/ferry"),
        ("https://evil.example/2024/ferry", OPENED),
        ("https://news.example.evil.org/2024/ferry", OPENED),
        ("https://www.news.example/", OPENED),
        ("https://user:pass@www.news.example/x", OPENED),
        ("javascript:alert(1)", OPENED),
        ("https://www.news.example:port/x", OPENED),
        ("http://[::1", OPENED),
    ],
)
def test_only_an_address_of_the_same_site_counts(candidate: str, expected: str) -> None:
    assert canonical_url([candidate], OPENED) == expected


def test_a_cache_shows_pages_of_others() -> None:
    opened = "https://news-example.cdn.ampproject.org/c/s/news.example/ferry"
    assert canonical_url(["https://news.example/ferry"], opened) == "https://news.example/ferry"


def test_a_saved_file_says_itself_where_it_is_from() -> None:
    assert canonical_url(["x.html", "https://a.example/x"], None) == "https://a.example/x"
    assert canonical_url([], None) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.news.example/x", "news.example"),
        ("https://m.news.example/x", "news.example"),
        ("https://www.example", "www.example"),
        ("ftp://news.example", None),
        (None, None),
    ],
)
def test_the_host_of_a_site(url: str | None, expected: str | None) -> None:
    assert site_host(url) == expected
