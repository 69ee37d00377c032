"""From the bytes of a text to its characters, whatever encoding it was saved in."""

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from index.errors import ArticleError
from index.language import likeliest_reading

# UTF-32 before UTF-16, whose mark its own begins with.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
# The encodings that texts are saved in, as the WHATWG Encoding Standard lists them, the common ones
# first. Among all that Python knows, a short text is too often taken for an exotic one.
_CANDIDATES = (
    *("cp1252", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp866", "iso8859_5", "cp932", "euc_jp"),
    *("gb18030", "big5hkscs", "cp949", "cp1253", "cp1255", "cp1256", "cp1254"),
    *("cp1257", "cp874", "mac_roman"),
)
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman")
# Enough to tell an encoding by; more would take seconds.
_SAMPLE_BYTES = 100_000
_TELLING_LINE = re.compile(rb"[^\n]*[\x80-\xff][^\n]*\n?")
# A line end of two bytes that some program wrote into a text of UTF-16, where it needs four.
_BROKEN_LINE_END = re.compile("\u0a0d")
# How ISO-2022-JP turns to Japanese characters.
_SEVEN_BIT = re.compile(rb"\x1b\$[@B]")
_MAX_CONTROL_SHARE = 0.1


def decode(raw: bytes, source: str, charset: str | None = None) -> str:
    """Return the text that these bytes are.

    A byte order mark decides, then UTF-8 where it fits, then the encoding that is declared, then
    what charset-normalizer thinks.

    Args:
        raw: an encoded text.
        source: what the bytes were read from; named in messages.
        charset: name of the encoding as the source declares it, known or not.

    Raises:
        ArticleError: if the bytes are no text.
    """
    for encoding in _encodings(raw, charset):
        try:
            text = raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
        return _refuse_control_codes(_BROKEN_LINE_END.sub("\n", text), source)
    raise ArticleError(
        f"{source} is not a text in any encoding that is known. "
        "If it is a text, save it as UTF-8; other kinds of file cannot be read."
    )


def _encodings(raw: bytes, charset: str | None) -> Iterator[str]:
    """Yield the encodings to try, the likeliest first; a mark leaves no choice."""
    marked = next((encoding for mark, encoding in _MARKS if raw.startswith(mark)), None)
    if marked is not None:
        yield marked
        return
    declared = _python_codec(charset)
    if _SEVEN_BIT.search(raw):
        # Valid UTF-8 too.
        yield "iso2022_jp"
    if not _looks_like_utf16(raw):
        yield "utf-8"
    if declared is not None:
        yield declared
    guessed = _guess(raw)
    if guessed is not None:
        yield guessed


def _python_codec(charset: str | None) -> str | None:
    """Return Python's name for what web pages call a charset: their latin1 is windows-1252."""
    import webencodings

    found = webencodings.lookup(charset) if charset else None
    return None if found is None else str(found.codec_info.name)


def _looks_like_utf16(raw: bytes) -> bool:
    """Whether every other byte of the beginning is zero, as in UTF-16 without a mark."""
    head = raw[: _SAMPLE_BYTES // 100]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return len(head) >= 8 and max(even, odd) > 0.4 * len(head[::2]) and min(even, odd) == 0


def _guess(raw: bytes) -> str | None:
    from charset_normalizer import from_bytes

    if _looks_like_utf16(raw):
        return "utf-16-be" if raw[0] == 0 else "utf-16-le"
    lines = (match.group() for match in _TELLING_LINE.finditer(raw))
    sample = b"".join(islice(lines, 1_000))[:_SAMPLE_BYTES] or raw[:_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=list(_CANDIDATES)).best()
    if best is None:
        return None
    return _latin_encoding(sample) if best.encoding in _LATIN else best.encoding


def _latin_encoding(sample: bytes) -> str:
    """Return which of the encodings of the Latin script it is: charset-normalizer mixes them up."""
    readings: dict[str, str] = {}
    for encoding in _LATIN:
        with suppress(UnicodeDecodeError):
            readings[encoding] = sample.decode(encoding)
    return list(readings)[likeliest_reading(list(readings.values()))]


def _refuse_control_codes(text: str, source: str) -> str:
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in "\t\n\r\f")
    if controls > _MAX_CONTROL_SHARE * len(text):
        raise ArticleError(
            f"{source} is not a text: {controls} of its {len(text)} characters are control codes. "
            "Name a .txt or .md file."
        )
    return text
