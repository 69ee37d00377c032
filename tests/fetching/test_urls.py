import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.fetching.errors import AddressError
from index.fetching.urls import MAX_URL_LENGTH, WebAddress, parse_url, shown

PORTS = frozenset({80, 443})


def parse(url: str) -> WebAddress:
    return parse_url(url, PORTS)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://news.example", WebAddress("http", "news.example", 80, "/")),
        ("https://news.example/a", WebAddress("https", "news.example", 443, "/a")),
        (" HTTPS://News.EXAMPLE:443/A \n", WebAddress("https", "news.example", 443, "/A")),
        ("https://news.example:80/", WebAddress("https", "news.example", 80, "/")),
        ("http://news.example:/", WebAddress("http", "news.example", 80, "/")),
        ("http://news.example./a", WebAddress("http", "news.example", 80, "/a")),
        ("http://news.example?a=b", WebAddress("http", "news.example", 80, "/?a=b")),
        ("http://news.example/a?b=c?d#e?f", WebAddress("http", "news.example", 80, "/a?b=c?d")),
        ("http://news.example#@evil.example/", WebAddress("http", "news.example", 80, "/")),
        ("http://news.example/@a:b@c", WebAddress("http", "news.example", 80, "/@a:b@c")),
        ("http://news.example/ä?ö", WebAddress("http", "news.example", 80, "/%C3%A4?%C3%B6")),
        ("http://news.example/%C3%A4", WebAddress("http", "news.example", 80, "/%C3%A4")),
        (
            'http://news.example/"<>`{}^',
            WebAddress("http", "news.example", 80, "/%22%3C%3E%60%7B%7D%5E"),
        ),
        ("http://bücher.example/", WebAddress("http", "xn--bcher-kva.example", 80, "/")),
        ("http://BÜCHER。example/", WebAddress("http", "xn--bcher-kva.example", 80, "/")),
        ("http://xn--bcher-kva.example/", WebAddress("http", "xn--bcher-kva.example", 80, "/")),
        ("http://a_b.news.example/", WebAddress("http", "a_b.news.example", 80, "/")),
        ("http://a--b.news.example/", WebAddress("http", "a--b.news.example", 80, "/")),
        ("http://1.2.3.4/", WebAddress("http", "1.2.3.4", 80, "/")),
        ("http://127.0.0.1./", WebAddress("http", "127.0.0.1", 80, "/")),
        ("http://①②⑦.⓪.⓪.①/", WebAddress("http", "127.0.0.1", 80, "/")),
        ("http://１２７。０。０。１/", WebAddress("http", "127.0.0.1", 80, "/")),
        ("http://[::FFFF:127.0.0.1]/", WebAddress("http", "::ffff:7f00:1", 80, "/")),
        ("http://[2001:DB8:0:0::1]:80/", WebAddress("http", "2001:db8::1", 80, "/")),
        ("http://4chan.example/", WebAddress("http", "4chan.example", 80, "/")),
        ("http://localhost/", WebAddress("http", "localhost", 80, "/")),
    ],
)
def test_an_address_is_taken_apart(url: str, expected: WebAddress) -> None:
    assert parse(url) == expected


@pytest.mark.parametrize(
    ("address", "url"),
    [
        (WebAddress("http", "news.example", 80, "/a"), "http://news.example/a"),
        (WebAddress("https", "news.example", 80, "/"), "https://news.example:80/"),
        (WebAddress("https", "::1", 443, "/"), "https://[::1]/"),
        (WebAddress("https", "::1", 8443, "/"), "https://[::1]:8443/"),
    ],
)
def test_an_address_is_put_together(address: WebAddress, url: str) -> None:
    assert address.url == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "//news.example/a",
        "/etc/passwd",
        "http:",
        "http:/news.example/",
        "http:news.example",
        "file:///etc/passwd",
        "gopher://news.example:70/1",
        "ftp://news.example/",
        "data:text/html,<p>hello",
        "javascript:alert(1)",
        "view-source:http://news.example/",
        "jar:http://news.example/!/a",
        "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
        "http://",
        "http:///a",
        "http://.",
        "http://..",
        "http://.news.example/",
        "http://news..example/",
        "http://news.example../",
        "http://-news.example/",
        "http://news-.example/",
        "http://user@news.example/",
        "http://user:password@news.example/",
        "http://@news.example/",
        "http://news.example@127.0.0.1/",
        "http://news.example:80@127.0.0.1/",
        "http://news.example:8080/",
        "http://news.example:22/",
        "http://news.example:0/",
        "http://news.example:65536/",
        "http://news.example:99999/",
        "http://news.example:800000000000/",
        "http://news.example:-80/",
        "http://news.example:+80/",
        "http://news.example:８０/",
        "http://news.example:80:80/",
        "http://news.example:a/",
        "http://news.example\\@127.0.0.1/",
        "http:\\\\127.0.0.1\\",
        "http://news.example/a b",
        "http://news.exa mple/",
        "http://news.example/\ta",
        "http://news.example\n.evil.example/",
        "http://news.example/\r\nHost: evil.example",
        "http://news.example/\x00",
        "http://news.example\x00.evil.example/",
        "http://news.example/\ud800",
        "http://news.example\u3000.evil.example/",
        "http://%31%32%37.0.0.1/",
        "http://news%2eexample/",
        "http://news.example%00/",
        "http://news.example%2f@evil.example/",
        "http://news.example／evil.example/",
        "http://news.example？evil.example/",
        "http://news.example＃evil.example/",
        "http://news.example＠evil.example/",
        "http://news.example：80/",
        "http://℀.example/",
        "http://news<.example/",
        "http://news'.example/",
        "http://[::1",
        "http://::1]/",
        "http://::1/",
        "http://[::1]evil.example/",
        "http://[::1].evil.example/",
        "http://evil.example[::1]/",
        "http://[::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://[127.0.0.1]/",
        "http://[v1.a]/",
        "http://[]/",
        "http://[::1]]/",
        "http://[[::1]]/",
        "http://[:::1]/",
        "http://2130706433/",
        "http://0177.1/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0X7F000001/",
        "http://017700000001/",
        "http://127.1/",
        "http://127.0.1/",
        "http://127.0.0.01/",
        "http://127.0.0.0x1/",
        "http://127.0.0.1.1/",
        "http://127.0.0.256/",
        "http://1/",
        "http://0/",
        "http://0x/",
        "http://news.example.1/",
        "http://news.example.0x7f/",
        "http://" + "a" * 64 + ".example/",
        "http://" + "a." * 127 + "example/",
        "http://" + "ä" * 300 + ".example/",
        "http://" + "ä" * 63 + ".example/",
        "http://news.example/" + "a" * MAX_URL_LENGTH,
    ],
)
def test_what_is_no_address_or_means_two_things_is_refused(url: str) -> None:
    with pytest.raises(AddressError) as raised:
        parse(url)

    message = str(raised.value)
    assert message.isprintable()
    assert len(message) < 300
    assert "password" not in message.replace("a user name or a password", "")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        (
            "news.example/a",
            "news.example/a is not a whole web address. Write it with https:// in front.",
        ),
        (
            "file:///etc/passwd",
            "file:///etc/passwd is an address of the kind file:, and only http:// and https:// are "
            "read. Use the address of a web page.",
        ),
        (
            "http://me:secret@news.example/",
            "http://news.example/ was given with a user name or a password, which is never sent. "
            "Leave out what stands before the @.",
        ),
        (
            "http://news.example:8080/",
            "http://news.example:8080/ names port 8080, which is not connected to. Use the page's "
            "usual address, or add the port to FETCH_ALLOWED_PORTS.",
        ),
        (
            "http://0x7f.1/",
            "http://0x7f.1/ names the site by a number in an unusual form, which is not read. "
            "Use the site's name.",
        ),
    ],
)
def test_a_refusal_names_the_address_and_the_next_step(url: str, message: str) -> None:
    with pytest.raises(AddressError) as raised:
        parse(url)

    assert str(raised.value) == message


def test_further_ports_can_be_allowed() -> None:
    assert parse_url("http://news.example:8080/", frozenset({8080})).port == 8080
    with pytest.raises(AddressError, match="names port 80, "):
        parse_url("http://news.example/", frozenset({443}))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://news.example/a", "http://news.example/a"),
        (" http://news.example/ ", "http://news.example/"),
        ("http://me:secret@news.example/@b", "http://news.example/@b"),
        ("http://a@b@news.example/", "http://news.example/"),
        ("http://news.example/\u202e\x1b[2J", "http://news.example/\ufffd\ufffd[2J"),
        ("http://news.example/" + "a" * 100, "http://news.example/" + "a" * 79 + "…"),
    ],
)
def test_how_an_address_is_shown(url: str, expected: str) -> None:
    assert shown(url) == expected


PIECES = st.sampled_from(
    ["http", "https", "://", "news.example", "127.0.0.1", "[::1]", "@", ":", "80", "/", "\\", "?"]
    + ["#", "%", "%00", ".", "0x7f", "ä", "。", "\n", " ", "＠", "[", "]", "xn--", "a" * 64]
)
URLS = st.one_of(
    st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(lambda p: "http://" + "".join(p))
)


@given(URLS)
@example("http://xn--/")
@example("http://[::1%")
def test_any_text_is_taken_apart_or_refused(url: str) -> None:
    try:
        address = parse(url)
    except AddressError as error:
        assert str(error).isprintable()
        return
    assert parse(address.url) == address
    assert address.url.isascii()
    assert address.url.isprintable()
    assert " " not in address.url
    assert "@" not in address.authority


@given(st.text(min_size=1, max_size=400))
def test_what_is_shown_is_short_and_printable(url: str) -> None:
    assert len(shown(url)) <= 100
    assert shown(url).isprintable()
