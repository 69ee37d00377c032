"""Opening a zip archive from anywhere: only in memory, and only within limits."""

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass

from index.sources.errors import UnopenedError

# What the formats that are read here pack with.
_COMPRESSIONS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 0x1
# What zipfile raises for archives that are not what they seem.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, OverflowError),
    *(RuntimeError, ValueError),
)
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """What an archive may unpack to.

    Attributes:
        max_members: most files in it.
        max_bytes: most bytes of all its files together.
        max_ratio: how many times larger than packed a file of more than `small_bytes` may be.
        small_bytes: files up to this size may be packed as tight as they are.
    """

    max_members: int = 10_000
    max_bytes: int = 200_000_000
    max_ratio: float = 200
    small_bytes: int = 1_000_000


class Archive:
    """A zip archive in memory whose members are read one by one."""

    def __init__(
        self,
        raw: bytes,
        limits: ArchiveLimits = ArchiveLimits(),  # noqa: B008 - frozen
    ) -> None:
        """Open an archive; nothing is unpacked yet.

        Args:
            raw: the archive.
            limits: what it may unpack to, by what its directory says; no more is ever unpacked.

        Raises:
            UnopenedError: if it is damaged, protected, or does not keep to the limits.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except _DAMAGE as error:
            raise UnopenedError("damaged") from error
        members = self._zip.infolist()
        _check(members, limits)
        self._members = {member.filename: member for member in members}

    @property
    def names(self) -> list[str]:
        """Names of the members, in the directory's order."""
        return list(self._members)

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            KeyError: if there is none of this name.
            UnopenedError: if it is damaged.
        """
        member = self._members[name]
        try:
            with self._zip.open(member) as file:
                # The size is what was checked; a member that lies about it is cut there.
                return file.read(member.file_size)
        except _DAMAGE as error:
            raise UnopenedError("damaged") from error


def _check(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    if len(members) > limits.max_members:
        raise UnopenedError("bomb")
    if sum(member.file_size for member in members) > limits.max_bytes:
        raise UnopenedError("bomb")
    for member in members:
        packed = max(member.compress_size, 1)
        if member.file_size > max(limits.small_bytes, packed * limits.max_ratio):
            raise UnopenedError("bomb")
        if member.flag_bits & _ENCRYPTED:
            raise UnopenedError("password")
        if member.compress_type not in _COMPRESSIONS:
            raise UnopenedError("damaged")
        if _LEADS_OUT.search(member.orig_filename):
            raise UnopenedError("names")
    if len({member.filename for member in members}) < len(members):
        # Of two members of one name, one program reads this and another that.
        raise UnopenedError("names")
