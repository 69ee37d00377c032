"""`WebAddress`: an http(s) URL in the only form that is checked, connected to and asked for.

There is one parser, and everything after it uses its parts: what is checked is what is fetched.
"""

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Literal
from urllib.parse import quote

from index.fetching.addresses import IPAddress
from index.fetching.errors import AddressError

# What servers take: Apache's limit for the line with the address is 8,190 bytes.
MAX_URL_LENGTH = 8_000
_MAX_SHOWN = 100
_MAX_HOST_LENGTH = 253
_DEFAULT_PORTS = {"http": 80, "https": 443}

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE)
_PLACE = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\[\]:]+))(?::([0-9]{0,5}))?")
# Browsers drop some of these and read a backslash as a slash: parsers disagree about them.
_AMBIGUOUS = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\\]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
# "The last label is a number" of the WHATWG URL standard: then the host is an IPv4 address.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_CREDENTIALS = re.compile(r"(?<=//)[^/?#]*@")
_UNESCAPED = "%/:@!$&'()*+,;=-._~[]|"


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http(s) URL, taken apart.

    Attributes:
        scheme: "http" or "https".
        host: a name in lower-case ASCII without a final dot, or an IP address without brackets.
        port: to connect to.
        target: path and query in ASCII; what the site is asked for. The fragment is gone.
    """

    scheme: Literal["http", "https"]
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as the Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def ip_address(self) -> IPAddress | None:
        """The host as an IP address, or None if it is a name."""
        if ":" in self.host:
            return IPv6Address(self.host)
        return IPv4Address(self.host) if _NUMBER.fullmatch(_last_label(self.host)) else None

    def __str__(self) -> str:
        """Return the address as a message shows it."""
        return shown(self.url)


def shown(url: str) -> str:
    """Return an address as a message names it: without a password, printable, shortened."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in url.strip())
    printable = _CREDENTIALS.sub("", printable[:MAX_URL_LENGTH])
    return printable if len(printable) <= _MAX_SHOWN else printable[: _MAX_SHOWN - 1] + "…"


def parse_url(url: str, allowed_ports: frozenset[int]) -> WebAddress:
    """Take an address apart.

    Args:
        url: as a person or a page wrote it; white space around it is dropped.
        allowed_ports: ports that may be connected to.

    Raises:
        AddressError: if it is not of a form that is fetched, or names a port that is not allowed.
    """
    url = url.strip()
    if len(url) > MAX_URL_LENGTH:
        raise AddressError(
            f"{shown(url)} is {len(url)} characters long, and the limit is {MAX_URL_LENGTH}. "
            "Use the page's short address."
        )
    if _AMBIGUOUS.search(url):
        raise AddressError(
            f"{shown(url)} has a space, a backslash or a control character in it. "
            "Copy the address once more."
        )
    scheme, place, path, query = _split(url)
    port = _port(place[1], scheme, url)
    if port not in allowed_ports:
        raise AddressError(
            f"{shown(url)} names port {port}, which is not connected to. "
            "Use the page's usual address, or add the port to FETCH_ALLOWED_PORTS."
        )
    target = quote(path or "/", safe=_UNESCAPED) + quote(query, safe=_UNESCAPED + "?")
    return WebAddress(scheme, place[0], port, target)


def _split(url: str) -> tuple[Literal["http", "https"], tuple[str, str | None], str, str]:
    match = _URL.fullmatch(url)
    if match is None:
        raise _no_web_address(url)
    scheme, authority, path, query = match.group(1, 2, 3, 4)
    if "@" in authority:
        raise AddressError(
            f"{shown(url)} was given with a user name or a password, which is never sent. "
            "Leave out what stands before the @."
        )
    place = _PLACE.fullmatch(authority)
    if place is None:
        raise _no_host(url)
    ipv6, name, port = place.groups()
    host = _ipv6(ipv6, url) if ipv6 is not None else _host(name, url)
    return "http" if scheme.lower() == "http" else "https", (host, port), path, query or ""


def _no_web_address(url: str) -> AddressError:
    scheme = _SCHEME.match(url)
    if scheme is not None and scheme[1].lower() not in _DEFAULT_PORTS and "." not in scheme[1]:
        return AddressError(
            f"{shown(url)} is an address of the kind {scheme[1][:20]}:, and only http:// and "
            "https:// are read. Use the address of a web page."
        )
    return AddressError(
        f"{shown(url)} is not a whole web address. Write it with https:// in front."
    )


def _no_host(url: str) -> AddressError:
    return AddressError(f"{shown(url)} names no site that can be looked up. Check its address.")


def _port(digits: str | None, scheme: str, url: str) -> int:
    port = int(digits) if digits else _DEFAULT_PORTS[scheme]
    if not 0 < port < 2**16:
        raise AddressError(f"{shown(url)} names port {port}; there is none. Check the address.")
    return port


def _ipv6(text: str, url: str) -> str:
    try:
        return str(IPv6Address(text))
    except AddressValueError as error:
        raise _no_host(url) from error


def _host(name: str, url: str) -> str:
    host = _ascii(name, url).removesuffix(".")
    labels = host.split(".")
    if len(host) > _MAX_HOST_LENGTH or not all(map(_LABEL.fullmatch, labels)):
        raise _no_host(url)
    if _NUMBER.fullmatch(labels[-1]):
        try:
            return str(IPv4Address(host))
        except AddressValueError as error:
            raise AddressError(
                f"{shown(url)} names the site by a number in an unusual form, which is not read. "
                "Use the site's name."
            ) from error
    return host


def _ascii(name: str, url: str) -> str:
    if name.isascii():
        return name.lower()
    import idna

    try:
        if len(name) > _MAX_HOST_LENGTH:
            raise _no_host(url)
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise _no_host(url) from error


def _last_label(host: str) -> str:
    return host.rpartition(".")[2]
