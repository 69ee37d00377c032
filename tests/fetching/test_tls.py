import ssl
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest
import trustme

from index.fetching.errors import TooLargeError, TooSlowError, UnreachableError
from index.fetching.exchange import tls_context
from index.fetching.fetcher import Fetched, FetchLimits
from tests.fetching.web import OTHER_PUBLIC, PUBLIC, Server, Web, redirect, response

URL = "https://news.example/"


@cache
def authority() -> trustme.CA:
    return trustme.CA()


@cache
def trust() -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def proof_of(name: str, signer: trustme.CA | None = None) -> ssl.SSLContext:
    """Return what a server proves its name with; the names that it is asked for are kept."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (signer or authority()).issue_cert(name).configure_cert(context)
    return context


def asked_names(context: ssl.SSLContext) -> list[str | None]:
    asked: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: asked.append(name)
    return asked


def test_the_name_is_proved_and_the_address_connected_to(web: Web) -> None:
    context = proof_of("news.example")
    asked = asked_names(context)
    server = web.serve("news.example", response(b"Iraq"), port=443, tls=context)

    assert web.fetcher(tls=trust()).fetch(URL) == Fetched(b"Iraq", URL)
    assert (asked, web.internet.dialed) == (["news.example"], [(PUBLIC, 443)])
    assert b"\r\nHost: news.example\r\n" in server.requests[0]


def test_an_address_of_numbers_can_be_proved(web: Web) -> None:
    web.serve("unused.example", response(b"Iraq"), port=443, tls=proof_of(PUBLIC))

    fetched = web.fetcher(tls=trust()).fetch(f"https://{PUBLIC}/")

    assert fetched == Fetched(b"Iraq", f"https://{PUBLIC}/")


def refusal(web: Web, server: Server) -> str:
    with pytest.raises(UnreachableError) as raised:
        web.fetcher(tls=trust()).fetch(URL)
    assert server.requests == []
    return str(raised.value)


def test_another_name_is_no_proof(web: Web) -> None:
    server = web.serve("news.example", response(b"Iraq"), port=443, tls=proof_of("other.example"))

    assert refusal(web, server) == (
        "The site of https://news.example/ cannot prove that it is the one it is named after "
        "(Hostname mismatch, certificate is not valid for 'news.example'). Check the address."
    )


def test_an_authority_of_its_own_is_no_proof(web: Web) -> None:
    context = proof_of("news.example", trustme.CA())
    server = web.serve("news.example", response(b"Iraq"), port=443, tls=context)

    assert "cannot prove that it is the one it is named after (" in refusal(web, server)


def test_a_site_without_tls(web: Web) -> None:
    server = web.serve("news.example", b"", port=443, greeting=b"SSH-2.0-OpenSSH_9.6\r\n")

    assert refusal(web, server) == (
        "No safe connection to https://news.example/ can be made: the site does not speak TLS as "
        "it should. Check the address."
    )


def test_a_handshake_that_never_ends_is_not_waited_for(web: Web) -> None:
    # Speaks no TLS and waits for the end of a request that never comes.
    web.serve("news.example", response(b"Iraq"), port=443)
    fetcher = web.fetcher(FetchLimits(total_seconds=0.2), tls=trust())

    with pytest.raises(TooSlowError):
        fetcher.fetch(URL)

    fetcher = web.fetcher(FetchLimits(connect_seconds=0.2), tls=trust())
    with pytest.raises(UnreachableError) as raised:
        fetcher.fetch(URL)
    assert str(raised.value) == (
        "The site of https://news.example/ does not answer. Check the address, or try again later."
    )


def test_from_https_to_http_is_followed_as_in_browsers(web: Web) -> None:
    web.serve(
        "news.example", redirect("http://other.example/"), port=443, tls=proof_of("news.example")
    )
    web.serve("other.example", response(b"Iraq"), address=OTHER_PUBLIC)

    fetched = web.fetcher(tls=trust()).fetch(URL)

    assert fetched == Fetched(b"Iraq", "http://other.example/")


def test_bytes_inside_tls_are_counted(web: Web) -> None:
    web.serve(
        "news.example",
        response(b"x" * 1_000_000, length=False),
        port=443,
        tls=proof_of("news.example"),
    )

    with pytest.raises(TooLargeError, match="is more than the 0.1 MB that are read"):
        web.fetcher(FetchLimits(max_bytes=100_000), tls=trust()).fetch(URL)

    assert web.internet.bytes_read <= 3 * 65_536


def test_each_thread_has_its_own_context() -> None:
    with ThreadPoolExecutor(1) as other:
        contexts = [tls_context(), tls_context(), other.submit(tls_context).result()]

    assert [context is contexts[0] for context in contexts] == [True, True, False]


def test_the_usual_authorities_are_trusted_and_names_checked() -> None:
    context = tls_context()

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.cert_store_stats()["x509_ca"] > 50
