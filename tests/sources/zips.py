"""Zip archives for the tests: ordinary ones, and ones built to harm."""

import io
import struct
import zipfile
from collections.abc import Mapping


def packed(
    members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED, level: int = 9
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression, compresslevel=level) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_declared_size(archive: bytes, size: int) -> bytes:
    """Have the directory's first entry lie about how large its file is."""
    place = archive.index(b"PK\1\2") + 24
    return archive[:place] + struct.pack("<I", size) + archive[place + 4 :]


def with_flag(archive: bytes, flag: int) -> bytes:
    """Set a flag in the directory's first entry."""
    place = archive.index(b"PK\1\2") + 8
    return archive[:place] + struct.pack("<H", flag) + archive[place + 2 :]
