"""Rich texts that break things, and what is compared of them."""

from hypothesis import strategies as st

from bot.telegram_app.text.rich_text import RichText, Style
from tests.nasty_text import nasty_texts

MORE = (
    *("👨‍👩‍👧‍👦", "👩🏽‍❤️‍💋‍👨🏿", "🏳️‍🌈", "🇮🇷🇮🇱🇮🇶", "😀" * 30, "1️⃣", "𝄢"),
    *("a" + "\u0301" * 50, "Z\u0351\u036b\u0343\u033f\u030a", "\u0600 ", " \u0301", "क्षि", "각"),
    *("\u2067שלום\u2069 world", "\u202eevil", "مرحبا. كيف الحال؟ ", "\u2069", "\u2068"),
    *("\ud83d", "\ude00", "\x00", "\r\n", "\u2028", "w" * 300, "Sentence one. Sentence two? "),
    *("<b>", "&amp;", "*_`[", "\n\n", "\n", " ", "https://example.com/?a=b&c", "@name", "/start"),
)
texts = nasty_texts(*MORE)
_LINK = "https://example.com/"


def _styled(part: RichText, style: Style) -> RichText:
    return part.styled(style, _LINK if style is Style.TEXT_LINK else None)


def _nested(parts: st.SearchStrategy[RichText]) -> st.SearchStrategy[RichText]:
    joined = st.lists(parts, max_size=4).map(lambda some: RichText().join(some))
    return st.builds(_styled, joined, st.sampled_from(Style))


rich_texts = st.lists(
    st.recursive(nasty_texts(*MORE).map(RichText), _nested, max_leaves=8), max_size=4
).map(lambda parts: RichText().join(parts))


def styles(text: RichText) -> list[frozenset[Style]]:
    """Return the styles of each code point."""
    return [
        frozenset(span.style for span in text.spans if span.start <= offset < span.end)
        for offset in range(len(text.plain()))
    ]


def utf16_slice(text: str, start: int, length: int) -> str:
    """Return a slice as Telegram counts it: in UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * (start + length)].decode("utf-16-le")
