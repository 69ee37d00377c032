"""Which characters the bytes of a page are."""

import codecs
import re
from collections.abc import Iterator

# Browsers look for the declaration in the first 1,024 bytes; pages that put it later mean it too.
_PRESCAN_BYTES = 4096
_META_CHARSET = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]+?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.I | re.DOTALL)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# How much of a page is looked at where nothing says what it is encoded in.
_SAMPLE_BYTES = 65_536
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
    return raw.decode(_likeliest(raw, declared), errors="replace")


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


def _likeliest(raw: bytes, declared: list[str]) -> str:
    """Return the encoding that a page's letters speak for, or else what is declared."""
    from charset_normalizer import from_bytes

    # Only the words: markup is ASCII in every encoding, and drowns them.
    words = _MARKUP.sub(b" ", raw)[:_SAMPLE_BYTES]
    if "utf-8" in declared:
        # Almost UTF-8: cut characters of a page are no reason to read it as something else.
        broken = words.decode("utf-8", errors="replace").count("\ufffd")
        if broken * 100 < len(words):
            return "utf-8"
    best = from_bytes(words).best()
    if best is not None:
        return best.encoding
    return declared[0] if declared else _FALLBACK
