import pytest

from index.fetching.errors import RedirectError
from index.fetching.redirects import next_address
from index.fetching.urls import WebAddress

PORTS = frozenset({80, 443})
HERE = WebAddress("https", "news.example", 443, "/a/b?c=d")


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("https://other.example/x", "https://other.example/x"),
        ("http://other.example/x", "http://other.example/x"),
        ("HTTP://OTHER.EXAMPLE", "http://other.example/"),
        ("//other.example/x", "https://other.example/x"),
        ("/x", "https://news.example/x"),
        ("x", "https://news.example/a/x"),
        ("../x", "https://news.example/x"),
        ("../../../x", "https://news.example/x"),
        ("?x=y", "https://news.example/a/b?x=y"),
        ("#x", "https://news.example/a/b?c=d"),
        ("/x#y", "https://news.example/x"),
        ("/x y", "https://news.example/x%20y"),
        ("/ä", "https://news.example/%C3%A4"),
        ("http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
    ],
)
def test_where_a_redirect_leads(location: str, url: str) -> None:
    assert next_address(HERE, {"location": location}, PORTS).url == url


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "data:text/html,<p>hello",
        "javascript:alert(1)",
        "ftp://other.example/",
        "http://me:secret@other.example/",
        "http://other.example:22/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http:\\\\127.0.0.1/",
        "\\\\127.0.0.1\\",
        "/\\127.0.0.1/",
        "http://other.example/\x01",
        "http://[::1/",
        "http://" + "a" * 70_000,
        "?" + "a" * 8_000,
    ],
)
def test_a_redirect_to_what_is_not_fetched_is_refused(location: str) -> None:
    with pytest.raises(RedirectError) as raised:
        next_address(HERE, {"location": location}, PORTS)

    message = str(raised.value)
    assert message.startswith("https://news.example/a/b?c=d leads on to ")
    assert len(message) < 400
    assert message.isprintable()
    assert "secret" not in message


@pytest.mark.parametrize("headers", [{}, {"location": ""}])
def test_a_redirect_to_nowhere_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(RedirectError) as raised:
        next_address(HERE, headers, PORTS)

    assert str(raised.value) == (
        "https://news.example/a/b?c=d leads on to another address and does not name it. "
        "Open it in a browser and use the address at which it ends."
    )
