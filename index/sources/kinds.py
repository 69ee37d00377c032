"""What kind of file some bytes are: told by the bytes first, then by name and content type."""

import re
from pathlib import PurePosixPath
from typing import Literal

ReadableKind = Literal["text", "markdown", "html", "mhtml", "pdf", "docx", "epub"]
OtherKind = Literal[
    "archive", "audio", "database", "djvu", "doc", "feed", "font", "image", "kindle", "odt",
    "office_old", "postscript", "program", "rtf", "slides", "spreadsheet", "video",
]  # fmt: skip
Kind = ReadableKind | OtherKind

_HEAD = 4096
# What a file begins with.
_SIGNATURES: dict[Kind, tuple[bytes, ...]] = {
    "rtf": (b"{\\rtf",),
    "postscript": (b"%!PS",),
    "djvu": (b"AT&TFORM",),
    "database": (b"SQLite format 3\0",),
    "image": (
        *(b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0"),
        *(b"\0\0\1\0", b"\xff\x0a", b"\0\0\0\x0cjP  ", b"\0\0\0\x0cJXL "),
    ),
    "audio": (
        *(b"ID3\2", b"ID3\3", b"ID3\4", b"OggS\0", b"fLaC\0", b"MThd\0", b"#!AMR", b"FORM\0"),
        *(b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9"),
    ),
    "video": (b"\x1aE\xdf\xa3", b"FLV\1", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\0\0\1\xba"),
    "archive": (
        *(b"\x1f\x8b", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\7"),
        *(b"\x28\xb5\x2f\xfd", b"MSCF\0"),
    ),
    "program": (
        *(b"\x7fELF", b"\0asm", b"dex\n", b"\xca\xfe\xba\xbe"),
        *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xcf\xfa\xed\xfe"),
    ),
    "font": (b"wOFF", b"wOF2", b"OTTO\0", b"ttcf\0", b"\0\1\0\0\0"),
}
# Brands of ISO media files; those that are not named here are videos.
_MEDIA_BRANDS: dict[bytes, Kind] = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"), "image"),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "audio"),
}
_RIFF: dict[bytes, Kind] = {b"WEBP": "image", b"WAVE": "audio", b"AVI ": "video"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names in the directory of a zip archive that say what it is; names stand there as they are.
_ZIP_MEMBERS: tuple[tuple[bytes, Kind], ...] = (
    (b"application/epub+zip", "epub"),
    (b"word/document.xml", "docx"),
    (b"xl/workbook.", "spreadsheet"),
    (b"ppt/presentation.xml", "slides"),
    (b"application/vnd.oasis.opendocument.text", "odt"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"application/vnd.oasis.opendocument.presentation", "slides"),
    (b"META-INF/container.xml", "epub"),
)

# Atomic: else a row of comments could be parted in exponentially many ways.
_PROLOGUE = r"\s*+(?>(?:<\?xml[^>]*>|<!--.{0,2000}?-->)\s*+)*+"
_HTML = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html|head|body)\b", re.I | re.DOTALL)
_FEED = re.compile(r"\s*+(?:<[?!][^>]*>\s*+)*+<(?:rss|feed|rdf:RDF)\b")
_SVG = re.compile(r"\s*+(?:<[?!][^>]*>\s*+)*+<svg\b")
_MHTML = re.compile(
    r"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*+)*?content-type:\s*multipart/related\b",
    re.IGNORECASE,
)
# What a fragment of HTML may begin with, as browsers tell it; Markdown may begin so too.
_FRAGMENT = re.compile(
    _PROLOGUE + r"<(?:a|article|b|br|center|div|font|h[1-6]|iframe|main|meta|p|script|section|"
    r"style|table|title|ul)(?:\s[^<>]*)?/?>",
    re.I | re.DOTALL,
)
_SUFFIXES: dict[str, ReadableKind] = {
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), "html"),
    **dict.fromkeys((".txt", ".text"), "text"),
}
_MEDIA_TYPES: dict[str, ReadableKind] = {
    **dict.fromkeys(("text/markdown", "text/x-markdown"), "markdown"),
    **dict.fromkeys(("text/html", "application/xhtml+xml"), "html"),
    "text/plain": "text",
}


def sniff_kind(raw: bytes, name: str = "", media_type: str | None = None) -> Kind:
    """Return what kind of file these bytes are.

    Anything that is none of the known kinds is taken for a text; that it is not one shows when it
    is decoded.

    Args:
        raw: the whole file.
        name: of the file, or the path of its address.
        media_type: such as "text/html", as whoever sent it says.
    """
    return _binary_kind(raw) or _text_kind(raw, name, media_type)


def _binary_kind(raw: bytes) -> Kind | None:
    head = raw[:_HEAD]
    if _is_pdf(raw):
        return "pdf"
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return next((kind for member, kind in _ZIP_MEMBERS if member in raw), "archive")
    if head.startswith(_OLE):
        return "doc" if "WordDocument".encode("utf-16-le") in raw else "office_old"
    if head[4:8] == b"ftyp":
        return _MEDIA_BRANDS.get(head[8:12], "video")
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[60:68] == b"BOOKMOBI":
        return "kindle"
    if head[257:262] == b"ustar" or re.match(rb"BZh[1-9]1AY&SY", head):
        return "archive"
    # Two letters that a text may begin with too.
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        return "program"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image"
    return next((kind for kind, known in _SIGNATURES.items() if head.startswith(known)), None)


def _is_pdf(raw: bytes) -> bool:
    """Whether the bytes are a PDF: before its first line there may be others, but not in a text."""
    begins = raw[:1024].lstrip(b"\xef\xbb\xbf\0\t\n\f\r ").startswith(b"%PDF-")
    return begins or (b"%PDF-" in raw[:1024] and b"startxref" in raw[-2048:])


def _text_kind(raw: bytes, name: str, media_type: str | None) -> Kind:
    head = _decoded_head(raw)
    if _HTML.match(head):
        return "html"
    if _MHTML.match(head.replace("\r\n", "\n")):
        return "mhtml"
    if _FEED.match(head):
        return "feed"
    if _SVG.match(head):
        return "image"
    named = _SUFFIXES.get(PurePosixPath(name.lower()).suffix)
    said = _MEDIA_TYPES.get(media_type or "")
    # A server that has no type for Markdown says that it is plain text, or a stream of bytes.
    if named == "markdown" and said != "html":
        return "markdown"
    if said in ("html", "markdown"):
        return said
    return named or said or ("html" if _FRAGMENT.match(head) else "text")


def _decoded_head(raw: bytes) -> str:
    head = raw[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    return head.decode("latin-1").removeprefix("\xef\xbb\xbf")
