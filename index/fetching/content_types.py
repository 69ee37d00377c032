"""What a site says it sends: refused early where it clearly is no article."""

import re
from dataclasses import dataclass

from index.fetching.errors import ContentError

_KINDS = {
    "image": "an image",
    "audio": "a sound recording",
    "video": "a video",
    "font": "a font",
    "model": "a three-dimensional model",
}
_VIDEO_LISTS = {"application/vnd.apple.mpegurl", "application/x-mpegurl", "application/dash+xml"}
_PROGRAMS = {
    "application/java-archive",
    "application/vnd.android.package-archive",
    "application/vnd.debian.binary-package",
    "application/vnd.microsoft.portable-executable",
    "application/wasm",
    "application/x-apple-diskimage",
    "application/x-debian-package",
    "application/x-dosexec",
    "application/x-elf",
    "application/x-executable",
    "application/x-iso9660-image",
    "application/x-mach-binary",
    "application/x-ms-installer",
    "application/x-msdos-program",
    "application/x-msdownload",
    "application/x-msi",
    "application/x-redhat-package-manager",
    "application/x-rpm",
    "application/x-sharedlib",
}
# Not zip: documents are sent under that name.
_ARCHIVES = {
    "application/gzip",
    "application/vnd.rar",
    "application/x-7z-compressed",
    "application/x-bzip2",
    "application/x-gzip",
    "application/x-rar-compressed",
    "application/x-tar",
    "application/x-xz",
    "application/zstd",
}
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([A-Za-z0-9._:+-]{1,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ContentType:
    """What a Content-Type header says; None for what it does not say.

    Attributes:
        media_type: such as "text/html", in lower case.
        charset: name of the encoding in lower case, known or not.
    """

    media_type: str | None
    charset: str | None


def parse_content_type(header: str | None) -> ContentType:
    """Take a Content-Type header apart; of several, the last counts, as in browsers."""
    media_type = (header or "").rpartition(",")[2].partition(";")[0].strip().lower()
    charset = _CHARSET.search(header or "")
    return ContentType(media_type or None, charset[1].lower() if charset else None)


def refuse_other_kinds(media_type: str | None, shown_url: str) -> None:
    """Let pass what may be an article; its bytes are looked at later.

    Raises:
        ContentError: if this kind of file never is one.
    """
    kind = _kind(media_type or "")
    if kind is not None:
        raise ContentError(
            f"{shown_url} is {kind}, and there is no article to read in it. "
            "Use the address of a page or a document."
        )


def _kind(media_type: str) -> str | None:
    if media_type in _PROGRAMS:
        return "a program"
    if media_type in _ARCHIVES:
        return "an archive"
    if media_type in _VIDEO_LISTS:
        return _KINDS["video"]
    return _KINDS.get(media_type.partition("/")[0])
