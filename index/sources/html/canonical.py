"""The address that a publisher wants its page to be known by."""

from collections.abc import Iterable
from urllib.parse import SplitResult, urldefrag, urljoin, urlsplit

_WEB = {"http", "https"}
# Hosts that show other publishers' pages; theirs is not the address of any.
_CACHES = ("ampproject.org", "ampproject.net", "archive.org", "archive.today", "archive.ph")
_MAX_LENGTH = 2000


def canonical_url(candidates: Iterable[str], url: str | None) -> str | None:
    """Return the first address that a page may claim for itself, or else where it was opened.

    A page may name another address of its own site. What it says of other sites is not believed,
    because links to its sentences would lead there; only copies in the caches of others may name
    theirs.

    Args:
        candidates: what the page says, likeliest first; relative addresses too.
        url: where it was opened; None for a saved file.
    """
    for candidate in candidates:
        address = _absolute(candidate, url)
        if _is_plausible(address, url):
            return address
    return url


def site_host(url: str | None) -> str | None:
    """Return the host of an address without `www.` and the like."""
    parts = _split(url or "")
    return None if parts is None else _bare_host(parts)


def _absolute(candidate: str, url: str | None) -> str:
    try:
        return urldefrag(urljoin(url or "", candidate)).url
    except ValueError:  # no address
        return ""


def _is_plausible(address: str, url: str | None) -> bool:
    parts = _split(address)
    if parts is None or len(address) > _MAX_LENGTH:
        return False
    opened = _split(url or "")
    if opened is None:
        return True
    if _is_front_page(parts) and not _is_front_page(opened):
        return False
    ours, theirs = _bare_host(opened), _bare_host(parts)
    return _is_cache(ours) or ours == theirs or _is_below(ours, theirs) or _is_below(theirs, ours)


def _split(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        _ = parts.port  # only now is a port that is no number found out
    except ValueError:
        return None
    return parts if parts.scheme in _WEB and parts.hostname and not parts.username else None


def _bare_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower().rstrip(".")
    for prefix in ("www.", "m.", "mobile.", "amp."):
        if host.startswith(prefix) and host.count(".") > 1:
            return host.removeprefix(prefix)
    return host


def _is_front_page(parts: SplitResult) -> bool:
    return parts.path in ("", "/") and not parts.query


def _is_below(host: str, above: str) -> bool:
    return above.count(".") > 0 and host.endswith(f".{above}")


def _is_cache(host: str) -> bool:
    return any(host == cache or _is_below(host, cache) for cache in _CACHES)
