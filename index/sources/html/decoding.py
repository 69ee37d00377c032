"""Which characters the bytes of a page are."""

import codecs
import re
from collections.abc import Iterator

from index.errors import ArticleError
from index.sources.encoding import decode

# Browsers look for the declaration in the first 1,024 bytes; pages that put it later mean it too.
_PRESCAN_BYTES = 4096
_META_CHARSET = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A page in UTF-8 has at least so many characters for each that is broken.
_CHARACTERS_PER_FAULT = 100
_FALLBACK = "windows-1252"


def decode_html(raw: bytes, charset: str | None = None) -> str:
    """Return the characters of a page.

    A byte order mark decides; then bytes that are UTF-8 are read as UTF-8, whatever is declared,
    because no other encoding looks like it by chance; then the first of these that fits: the
    declared encoding of the transport, of the page, and the likeliest by the page's letters.

    Args:
        raw: the bytes as they came.
        charset: what the transport said (the charset of Content-Type).

    Returns:
        The text; bytes that fit nowhere are U+FFFD.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    if not raw.isascii():
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass
    declared = list(_declared(raw, charset))
    for codec in declared:
        try:
            return raw.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return _guessed(raw, declared)


def _declared(raw: bytes, charset: str | None) -> Iterator[str]:
    """Yield Python's names for what is declared, by the labels of the WHATWG Encoding Standard."""
    from webencodings import lookup

    head = raw[:_PRESCAN_BYTES]
    found = (_META_CHARSET.search(head), _XML_ENCODING.search(head))
    labels = [charset or "", *(match[1].decode("ascii") for match in found if match)]
    for number, label in enumerate(labels):
        known = lookup(label.strip(" \"'"))
        if known is None or known.name == "x-user-defined":
            continue
        # A page that could be read as ASCII to find this is not UTF-16.
        yield "utf-8" if number and known.name.startswith("utf-16") else known.codec_info.name


def _guessed(raw: bytes, declared: list[str]) -> str:
    """Return a page as its letters, or else its declaration, say."""
    if "utf-8" in declared:
        # A few cut characters are no reason to read a page as something else.
        text = raw.decode("utf-8", errors="replace")
        if text.count("\ufffd") * _CHARACTERS_PER_FAULT < len(text):
            return text
    try:
        return decode(raw, "The page")
    except ArticleError:
        return raw.decode(declared[0] if declared else _FALLBACK, errors="replace")
