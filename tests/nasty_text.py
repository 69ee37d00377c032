"""Texts that break things: for the property tests of every module that takes offsets."""

from hypothesis import strategies as st

_INVISIBLE = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\u2060", "\ufeff"]
_BREAKS = ["\n", "\n\n", "\r\n", "\r", "\r\n\r\n", "\n \n", "\v", "\f", "\x1c", "\u2028", "\u2029"]
_SPACES = [" ", "    ", "\t", "\xa0", "\u2003", "\u202f", "\u3000", "\u1680", "\u180e"]
_MARKS = [
    "e\u0301",
    "\u0301",
    "\u0323\u0307",
    "a" + "\u0301" * 30,
    "\u0345",
    "\u05b0",
    "\u0915\u094d",
]
_SINGLETONS = ["\u212a", "\u037e", "\u1fef", "\u2126", "\ufb01", "\u00bd", "\u0344", "\uac00\u11a8"]
_JOINED = [
    "\u200c",
    "\u200d",
    "👩‍👩‍👧",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "❤️",
    "👍🏽",
]
_FLAGS = ["🏴", "🏴\U000e0067\U000e0062\U000e007f", "\U000e0001", "\U000e0067", "\U000e0100", "🇮🇶"]
_RIGHT_TO_LEFT = ["\u200f", "\u202e", "\u2066", "\u061c", "שלום", "مرحبا بالعالم.", "؟"]
_WORDS = [
    "Iraq",
    "He said",
    "U.S.",
    "3.5",
    "今天很好。",
    "ภาษาไทย",
    "w" * 60,
    "\U0001d173",
    "\u3164",
]
_PUNCTUATION = [
    ". ",
    ".",
    "...",
    "…",
    "?!",
    '"',
    "“",
    "”",
    "'",
    "(",
    ")",
    "[1]",
    ", ",
    "; ",
    ":",
    "-",
]

_PIECES = st.sampled_from(
    [
        *(*_INVISIBLE, *_BREAKS, *_SPACES, *_MARKS, *_SINGLETONS),
        *(*_JOINED, *_FLAGS, *_RIGHT_TO_LEFT, *_WORDS, *_PUNCTUATION),
    ]
)
_ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def nasty_texts(*more: str) -> st.SearchStrategy[str]:
    """Return texts of any kind, with these pieces among the others."""
    pieces = _PIECES | _ANY_TEXT
    if more:
        pieces = pieces | st.sampled_from(more)
    return st.lists(pieces, max_size=40).map("".join)


HEADER_PIECES = (
    *("By ", "Author: ", "Title: ", "Published: ", "URL: ", "https://example.com/a", "Jane Doe"),
    *(" | ", "29 June, 2017, 09:06", "2017-06-29T09:06:00+9959", "6/7/2017", "updated ", "\n\n"),
    *("May 1, 2020 5pm", "-", " - ", " 2020", "12:99", "Z", "+9999"),
)
MARKDOWN_PIECES = (
    *("---\n", "title: A b c\n", "# ", "## ", "- ", "1. ", "> ", "```\n", "    ", "| a | b |\n"),
    *("|---|---|\n", "**", "_", "`", "[a](b)", "![x y](z)", "<b>", "<!-- ", " -->", "&amp;"),
    *("&#xD800;", "&#0;", "\\", "  \n", "===\n", "[", "](", "<http://[>", "\n\n"),
)
