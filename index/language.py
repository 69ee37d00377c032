"""The language that a text is in."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

_PRIMARY_SUBTAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]|\s*$)")
# The beginning of a text says as much of its language as all of it.
_SAMPLE_LENGTH = 10_000
# On shorter or stranger texts than that, the library's guesses are often wrong.
_MIN_CONFIDENCE = 0.8

# Together they make up about a fifth of any English prose and next to nothing of other languages.
_ENGLISH_WORD = re.compile(r"\b(?:the|of|and|to|that|was|for|with|it|as|by|on)\b", re.IGNORECASE)
_ENGLISH_ALONE = re.compile(r"\b(?:the|and|of)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MIN_ENGLISH_SHARE = 0.14
_MIN_ENGLISH_ALONE_SHARE = 0.05
_MIN_WORDS = 20

# A word with a letter beyond ASCII, signs inside of it included.
_TELLING_WORD = re.compile(r"[^\W\d_]\S*[^\x00-\x7f]\S*[^\W\d_]|[^\W\d_]\S*[^\x00-\x7f]")
_MAX_TELLING_WORDS = 60
_CLEARLY = 0.02


def detect_language(text: str) -> str | None:
    """Return the language of a text, or None where it is too short or too mixed to tell.

    English prose is told by its commonest words. Only for anything else the library is loaded,
    which takes half a second and 80 MB; it is not kept.

    Args:
        text: normalised.

    Returns:
        ISO 639 code, of two letters where there is one, else of three.
    """
    sample = text[:_SAMPLE_LENGTH]
    if _is_english(sample):
        return "en"
    if not _WORD.search(sample):
        return None
    language, confidence = load_identifier().classify(sample)
    return str(language) if confidence >= _MIN_CONFIDENCE else None


def likeliest_reading(readings: Sequence[str]) -> int:
    """Return which of several readings of the same bytes is the most like a language.

    What tells them apart are the words with letters beyond ASCII: how sure it is that they are of
    the language of the whole, and how many signs stand inside of them that are no letters.

    Args:
        readings: texts, the likeliest first where nothing tells them apart; not empty.
    """
    identifier = load_identifier()
    scores: list[float] = []
    for reading in readings:
        words = _TELLING_WORD.findall(reading)[:_MAX_TELLING_WORDS]
        telling = " ".join(words)
        language, _ = identifier.classify(reading[:_SAMPLE_LENGTH])
        likelihood = dict(identifier.rank(telling)).get(language, 0.0)
        strange = sum(any(map(_is_strange, word)) for word in words)
        scores.append(likelihood - strange / max(len(words), 1))
    best = max(range(len(scores)), key=scores.__getitem__)
    return best if scores[best] > scores[0] + _CLEARLY else 0


def _is_strange(character: str) -> bool:
    """Whether this stands inside of no word: symbols, control codes, raised numbers."""
    return unicodedata.category(character) in ("Cc", "Cn", "Sk", "Sm", "So", "No", "Sc")


def load_identifier() -> "LanguageIdentifier":
    """Return what tells languages."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def primary_subtag(tag: str | None) -> str | None:
    """Return the language of a tag such as "en-GB" (BCP 47): "en"; None where it names none."""
    match = _PRIMARY_SUBTAG.match(tag or "")
    return match.group(1).lower() if match else None


def _is_english(text: str) -> bool:
    words = len(_WORD.findall(text))
    return (
        words >= _MIN_WORDS
        and len(_ENGLISH_WORD.findall(text)) >= _MIN_ENGLISH_SHARE * words
        and len(_ENGLISH_ALONE.findall(text)) >= _MIN_ENGLISH_ALONE_SHARE * words
    )
