"""Setting off right-to-left words within a line of ours."""

import unicodedata

from bot.telegram_app.text.rich_text import RichText

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_DIRECTIONAL_ISOLATE = "\u2069"
_ISOLATES = dict.fromkeys(range(0x2066, 0x206A), "\u2060")
_RIGHT_TO_LEFT = {"R", "AL"}


def isolated(text: RichText) -> RichText:
    """Return a text that does not turn around the line that it is put into.

    Only a text with right-to-left letters is changed: isolates are put around it, outside its
    styles, and any of its own become word joiners, as one too many would end ours.
    Source: Unicode Standard Annex 9.
    """
    plain = text.plain()
    own = RichText(plain.translate(_ISOLATES), text.spans)
    if not any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in plain):
        return own
    return RichText(_FIRST_STRONG_ISOLATE) + own + _POP_DIRECTIONAL_ISOLATE


def bare(text: str) -> str:
    """Return a plain text without the isolates that `isolated` put around it."""
    inner = text.removeprefix(_FIRST_STRONG_ISOLATE)
    return inner if inner == text else inner.removesuffix(_POP_DIRECTIONAL_ISOLATE)
