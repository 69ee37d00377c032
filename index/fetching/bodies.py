"""Reading a body while it comes, unpacked a block at a time, so that no bomb can go off."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Literal

from index.fetching.budget import Budget
from index.fetching.errors import ContentError, UnreachableError

# What is asked for. Brotli and zstd are not: the standard library unpacks neither.
ACCEPTED_ENCODINGS = "gzip, deflate"
Encoding = Literal["identity", "gzip", "deflate"]
# Most bytes that are unpacked at once.
BLOCK_BYTES = 65_536

_GZIP = 16 + zlib.MAX_WBITS
_NAMES: dict[str, Encoding] = {"gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


def parse_encoding(header: str | None, shown_url: str) -> Encoding:
    """Return how a body is packed.

    Args:
        header: Content-Encoding, if there is one.
        shown_url: the address, for messages.

    Raises:
        ContentError: if it is packed in a way that was not asked for, or more than once.
    """
    names = [name.strip().lower() for name in (header or "").split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if not names:
        return "identity"
    if len(names) > 1:
        raise ContentError(
            f"{shown_url} is packed {len(names)} times over, which no honest site does; "
            "it is not unpacked. Save the page in a browser and read the saved file."
        )
    if names[0] not in _NAMES:
        raise ContentError(
            f"{shown_url} is packed with {names[0][:20]!r}, which was not asked for and is not "
            "unpacked. Save the page in a browser and read the saved file."
        )
    return _NAMES[names[0]]


def unpacked(chunks: Iterable[bytes], encoding: Encoding, shown_url: str) -> Iterator[bytes]:
    """Yield a body in blocks of at most `BLOCK_BYTES`, or as it came where it is not packed.

    Raises:
        ContentError: if what was sent is not packed as the site says.
        UnreachableError: if it ends too early.
    """
    if encoding == "identity":
        yield from chunks
        return
    try:
        yield from _inflated(chunks, encoding, shown_url)
    except zlib.error as error:
        raise ContentError(
            f"{shown_url} cannot be unpacked: what the site sent is damaged. Try again later."
        ) from error


def read_body(blocks: Iterable[bytes], budget: Budget) -> bytes:
    """Return a body, whole.

    Raises:
        TooLargeError: as soon as it is above the limit.
        TooSlowError: if the time is up.
    """
    body = bytearray()
    for block in blocks:
        budget.hold(len(body) + len(block))
        body += block
    return bytes(body)


def _inflated(chunks: Iterable[bytes], encoding: Encoding, shown_url: str) -> Iterator[bytes]:
    inflater = None
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        if inflater is None:
            # Which of its two forms "deflate" has shows in the first two bytes.
            if len(waiting) < 2:
                continue
            inflater = zlib.decompressobj(_window(encoding, waiting))
        yield from _blocks(inflater, waiting)
        waiting = b""
        if inflater.eof:
            # What stands behind the end is no part of the body, as in browsers.
            return
    if inflater is not None or waiting:
        raise UnreachableError(
            f"The connection to {shown_url} broke before the whole page had come. "
            "Try again; if it stays so, the site is at fault."
        )


def _window(encoding: Encoding, start: bytes) -> int:
    if encoding == "gzip":
        return _GZIP
    # RFC 9110 wants a zlib header; sites that leave it out are read by every browser.
    has_header = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _blocks(inflater: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """Yield what comes out, a block at a time: zlib alone would give it all at once."""
    while not inflater.eof:
        block = inflater.decompress(packed, BLOCK_BYTES)
        packed = inflater.unconsumed_tail
        if block:
            yield block
        if not packed and len(block) < BLOCK_BYTES:
            return
