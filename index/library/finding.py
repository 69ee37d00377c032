"""Finding one of an owner's articles by what a person may call it."""

from collections.abc import Iterable, Iterator

from index.library.address import absolute_source, address_of
from index.library.names import name_key
from index.library.shares import Share

_SHORTEST_ID = 4


def matching(found: Iterable[Share], reference: str) -> Iterator[Share]:
    """Yield the shares that a reference may mean, the surest first."""
    found = tuple(found)
    key, id_ = name_key(reference.strip()), reference.strip().lower()
    yield from (share for share in found if name_key(share.entry.name) == key)
    begun = [share for share in found if share.entry.id.startswith(id_)]
    if len(begun) == 1 and len(id_) >= _SHORTEST_ID:
        yield begun[0]
    source = absolute_source(reference)
    yield from at_address(found, source)
    address = address_of(source)
    urls = ((share, share.entry.url) for share in found if address)
    yield from (share for share, url in urls if url and address_of(url) == address)


def at_address(found: Iterable[Share], source: str) -> Iterator[Share]:
    """Yield the shares of what was read from an absolute path or an address."""
    address = address_of(source)
    return (share for share in found if address is not None and share.address == address)


def same_article(found: Iterable[Share], sha256: str, source: str) -> frozenset[Share]:
    """Return the shares of this content, and of what was read from the same address before."""
    found = tuple(found)
    same = (share for share in found if share.content == sha256)
    return frozenset([*same, *at_address(found, source)])
