"""Normalising a text once, before any offset is taken in it."""

import re
import unicodedata

_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters, and code points that are drawn as nothing (Unicode's
# Default_Ignorable_Code_Point): soft hyphens, zero-width spaces, byte order marks, bidirectional
# overrides, tags. A reader cannot see them, so a quote must not depend on them. Variation selectors
# stay, because they choose how an emoji is drawn; the joiners and the tags are dealt with below.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0080-\U000e0fff]+"
)
# ZERO WIDTH (NON-)JOINER shapes Persian and Indic words and joins emoji; after ASCII, or where
# nothing follows, it is only debris.
_STRAY_JOINER = re.compile(
    "(?<![^\x00-\x7f])[\u200c\u200d]+|(?<![\u200c\u200d])[\u200c\u200d]++(?=\\s|$)"
)
# Tag characters make up regional flags behind a black flag; elsewhere they only hide text.
_FLAG_OR_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007f]+)|[\U000e0000-\U000e007f]+")
# From the run's first space only: else a long run inside a line takes quadratic time.
_TRAILING_SPACE = re.compile("(?<! ) ++(?=\n|$)")
_BLANK_LINES = re.compile("\n{3,}")


def normalise(text: str) -> str:
    r"""Return the text as it is kept for good: visible, NFC, `\n` for every line break.

    Normalising twice changes nothing (a property test says so). Blank lines at both ends go, and
    more than one blank line becomes one. The normal form is NFC (Unicode Standard Annex 15), which
    keeps what a person sees; NFKC would turn "½" into "1⁄2" and break verbatim quotes.

    Args:
        text: any text without lone surrogates.

    Returns:
        The normalised text, possibly empty.
    """
    # Before the rules too, as it turns some characters into ASCII (KELVIN SIGN into K).
    text = unicodedata.normalize("NFC", text)
    text = _LINE_BREAK.sub("\n", text)
    text = _SPACE.sub(" ", text)
    text = _INVISIBLE.sub("", text)
    text = _FLAG_OR_TAGS.sub(lambda match: match.group(1) or "", text)
    text = _STRAY_JOINER.sub("", text)
    text = unicodedata.normalize("NFC", text)
    text = _TRAILING_SPACE.sub("", text)
    return _BLANK_LINES.sub("\n\n", text).strip("\n ")
