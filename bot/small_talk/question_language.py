"""Whether a question is in a language that does not work, told only where that is sure.

Programs that guess languages need a paragraph; of "Mosul?" or "quid pro quo?" they know nothing.
So a question is foreign only if it has the commonest words of another language and next to no
English ones. Names say nothing, nor do words that the article has.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from bot.small_talk.function_words import ENGLISH, NEUTRAL, SPACED, UNSPACED
from index.english_words import english_words

# What the embedding model and the reader know.
MODEL_LANGUAGE = "en"

_QUOTED = re.compile("[\"“„«‘].*?[\"”“»’](?!\\w)|'[^']+'(?!\\w)")
_WORD = re.compile(r"[^\W\d_]+(?:\u0301[^\W\d_]*)*")
_UNSPACED_CHARACTER = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_LATIN = re.compile("[a-z\u00df-\u024f\u1e00-\u1eff]")
_FEWEST_CHARACTERS = 5
_FEWEST_STRANGE = 4
# The list of English words has foreign ones that are quoted in English books, if rarely.
_COMMON = 20_000_000


def working_languages(article_language: str | None) -> tuple[str, ...]:
    """Return the languages in which an article may be asked: English, and its own."""
    own = article_language or MODEL_LANGUAGE
    return (MODEL_LANGUAGE,) if own == MODEL_LANGUAGE else (MODEL_LANGUAGE, own)


def is_foreign(question: str, article_words: Collection[str], languages: Collection[str]) -> bool:
    """Return whether a question is surely in none of the languages that work.

    Args:
        question: normalised.
        article_words: the article's words in lower case; whoever asks with them is understood.
        languages: that work, as `working_languages` gives them.
    """
    bare = _QUOTED.sub(" ", question)
    if len(_UNSPACED_CHARACTER.findall(bare)) >= _FEWEST_CHARACTERS:
        return not {"zh", "ja", "th"} & set(languages) and any(word in bare for word in UNSPACED)
    words = _Words.of(bare, article_words)
    if words.has_sure_english:
        return False
    hits = {language: len(words.plain & known) for language, known in _function_words().items()}
    if any(hits.get(language, 0) for language in languages if language != MODEL_LANGUAGE):
        return False
    best = max(hits, key=lambda language: hits[language])
    english = words.english - _function_words()[best]
    strange = words.strange - _function_words()[best]
    if not words.is_latin:
        return hits[best] > 0 or len(strange) >= _FEWEST_STRANGE
    if english:
        return hits[best] >= 2 and hits[best] > 2 * len(english)
    return hits[best] >= 1 and len(strange) + hits[best] >= 2


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a question that may tell its language.

    Attributes:
        plain: those that are no names and that the article does not have, in lower case.
        english: those of them that are common in English.
        strange: those of them that are not English at all.
        has_sure_english: whether it has a word that no other language has.
        is_latin: whether any of them is in Latin letters.
    """

    plain: frozenset[str]
    english: frozenset[str]
    strange: frozenset[str]
    has_sure_english: bool
    is_latin: bool

    @classmethod
    def of(cls, text: str, article_words: Collection[str]) -> "_Words":
        found = _WORD.findall(text)
        lower = {word.casefold() for word in found}
        plain = frozenset(
            word.casefold()
            for place, word in enumerate(found)
            if (place == 0 or word[0] == word[0].lower()) and word.casefold() not in article_words
        )
        known = english_words()
        first = found[0].casefold() if found else ""
        return cls(
            plain=plain,
            english=frozenset(word for word in plain - NEUTRAL if known.get(word, 0) >= _COMMON),
            # The first one may be a name.
            strange=frozenset(word for word in plain if word not in known and word != first),
            has_sure_english=not lower.isdisjoint(ENGLISH),
            is_latin=any(_LATIN.match(word) for word in plain),
        )


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in SPACED.items()}
