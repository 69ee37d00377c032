"""`fetch`: a page or a file from the web, or one clear sentence on why not."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.fetching.addresses import AddressPolicy, public_only, public_or_private
from index.fetching.bodies import ACCEPTED_ENCODINGS, parse_encoding, read_body, unpacked
from index.fetching.budget import Budget
from index.fetching.content_types import parse_content_type, refuse_other_kinds
from index.fetching.errors import FetchError, RedirectError
from index.fetching.limits import FetchLimits
from index.fetching.redirects import REDIRECTS, next_address
from index.fetching.resolving import Resolver, SystemResolver, admitted_addresses
from index.fetching.statuses import check_status
from index.fetching.urls import WebAddress, parse_url, shown

if TYPE_CHECKING:
    import ssl

    import httpcore

    from index.fetching.exchange import Response

__all__ = ["FetchError", "FetchLimits", "Fetched", "Fetcher", "Known", "fetch", "fetch_if_changed"]

# Bytes of the body that have come, packed or not, and how many are said to come.
Progress = Callable[[int, int | None], None]

_ACCEPT = (
    "text/html,application/xhtml+xml,application/pdf;q=0.9,text/markdown;q=0.9,"
    "text/plain;q=0.9,*/*;q=0.5"
)
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was at an address.

    Attributes:
        raw: the body, unpacked.
        url: where it was in the end, after redirects, without a fragment.
        content_type: media type that the site gave it, such as "text/html", in lower case.
        charset: encoding that the site gave it, in lower case, known or not.
        etag: the site's mark of this version.
        last_modified: when the site says that it changed, in the site's own form.
    """

    raw: bytes
    url: str
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def known(self) -> "Known":
        """What to ask with, the next time."""
        return Known(self.url, self.etag, self.last_modified)


@dataclass(frozen=True, slots=True)
class Known:
    """The version that was fetched last time.

    Attributes:
        url: where it was in the end; only this address is asked whether it changed.
        etag: as in `Fetched`.
        last_modified: as in `Fetched`.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches within limits; what it stands on can be replaced.

    Attributes:
        limits: what a fetch may cost and where it may go.
        resolver: looks names up.
        admits: which IP addresses are connected to; None for what the limits say.
        dialer: opens a connection to an IP address; None for the system's.
        tls: whom to trust; None for the usual authorities.
        clock: seconds that never go back.
    """

    limits: FetchLimits = FetchLimits()
    resolver: Resolver = SystemResolver()
    admits: AddressPolicy | None = None
    dialer: "httpcore.NetworkBackend | None" = None
    tls: "ssl.SSLContext | None" = None
    clock: Callable[[], float] = time.monotonic

    def fetch(
        self, url: str, *, progress: Progress | None = None, known: Known | None = None
    ) -> Fetched | None:
        """Return what is at an address, or None if that is what is known already.

        Args:
            url: with http:// or https://.
            progress: is told of the bytes as they come, in this thread.
            known: what was fetched last time; None to fetch in any case.

        Raises:
            FetchError: if it cannot be had, or not within the limits.
        """
        budget = Budget(self.limits, shown(url), self.clock)
        address = parse_url(url, self.limits.allowed_ports)
        visited = {address}
        for _ in range(self.limits.max_redirects + 1):
            found = self._visit(address, budget, progress, known)
            if not isinstance(found, WebAddress):
                return found
            if found in visited:
                raise RedirectError(
                    f"{shown(url)} leads round in a circle, as pages do that insist on cookies. "
                    "Save the page in a browser and read the saved file."
                )
            visited.add(address := found)
        raise RedirectError(
            f"{shown(url)} leads on more than {self.limits.max_redirects} times. "
            "Open it in a browser and use the address at which it ends."
        )

    def _visit(
        self, address: WebAddress, budget: Budget, progress: Progress | None, known: Known | None
    ) -> Fetched | WebAddress | None:
        """Return what is there, or where that leads on to, or None if it is known."""
        # Here, so that a command that fetches nothing does not wait for it.
        from httpcore import SyncBackend

        from index.fetching.connecting import PinnedBackend
        from index.fetching.exchange import exchange, tls_context

        admits = self.admits or (public_or_private if self.limits.allow_private else public_only)
        addresses = admitted_addresses(address, self.resolver, admits, budget)
        backend = PinnedBackend(addresses, self.dialer or SyncBackend(), budget)
        conditions = _conditions(known, address)
        headers = {
            "User-Agent": self.limits.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPTED_ENCODINGS,
            **conditions,
        }
        with exchange(address, headers, backend, self.tls or tls_context(), budget) as response:
            if response.status in REDIRECTS:
                return next_address(address, response.headers, self.limits.allowed_ports)
            if response.status == _NOT_MODIFIED and conditions:
                return None
            return _received(address, response, budget, progress)


def fetch(
    url: str,
    limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
    *,
    progress: Progress | None = None,
) -> Fetched:
    """Return what is at an address, as `Fetcher.fetch` does.

    Raises:
        FetchError: if it cannot be had, or not within the limits.
    """
    fetched = Fetcher(limits).fetch(url, progress=progress)
    assert fetched is not None, "nothing was known"
    return fetched


def fetch_if_changed(
    url: str,
    known: Known,
    limits: FetchLimits = FetchLimits(),  # noqa: B008 - frozen
    *,
    progress: Progress | None = None,
) -> Fetched | None:
    """Return what is at an address, or None if the site says that it is what is known.

    Raises:
        FetchError: if it cannot be had, or not within the limits.
    """
    return Fetcher(limits).fetch(url, progress=progress, known=known)


def _received(
    address: WebAddress, response: "Response", budget: Budget, progress: Progress | None
) -> Fetched:
    """Read a response to its end, unless what it says of itself already is too much."""
    name, headers = str(address), response.headers
    check_status(response.status, name)
    content_type = parse_content_type(headers.get("content-type"))
    refuse_other_kinds(content_type.media_type, name)
    encoding = parse_encoding(headers.get("content-encoding"), name)
    budget.announce(response.length)
    chunks = _counted(response, budget, progress)
    return Fetched(
        raw=read_body(unpacked(chunks, encoding, name), budget),
        url=address.url,
        content_type=content_type.media_type,
        charset=content_type.charset,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
    )


def _counted(response: "Response", budget: Budget, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for chunk in response.chunks:
        budget.receive_body(len(chunk))
        done += len(chunk)
        if progress is not None:
            progress(done, response.length)
        yield chunk


def _conditions(known: Known | None, address: WebAddress) -> dict[str, str]:
    """Return the headers that ask an address whether it changed; a mark of another says nothing."""
    if known is None or known.url != address.url:
        return {}
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    # What a header cannot hold is no mark that a site gave.
    return {name: mark for name, mark in marks.items() if mark and _fits_header(mark)}


def _fits_header(value: str) -> bool:
    return value.isascii() and value.isprintable()
