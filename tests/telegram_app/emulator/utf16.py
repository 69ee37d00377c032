"""Offsets as Telegram counts them, apart from the bot's own code, so that neither hides a fault."""

_BYTES = 2


def units(text: str) -> int:
    """Return the length in UTF-16 units."""
    return len(text.encode("utf-16-le")) // _BYTES


def piece(text: str, offset: int, length: int) -> str:
    """Return a piece of a text, by UTF-16 units; half a character is shown as U+FFFD."""
    encoded = text.encode("utf-16-le")
    return encoded[offset * _BYTES : (offset + length) * _BYTES].decode("utf-16-le", "replace")


def is_bound(text: str, offset: int) -> bool:
    """Whether an offset is within the text and parts no surrogate pair."""
    encoded = text.encode("utf-16-le")
    if not 0 <= offset <= len(encoded) // _BYTES:
        return False
    unit = encoded[offset * _BYTES : (offset + 1) * _BYTES]
    return len(unit) < _BYTES or not 0xDC00 <= int.from_bytes(unit, "little") <= 0xDFFF
