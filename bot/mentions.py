"""Which words of a question an article has, and which it never mentions: why it does not answer."""

import re
from collections.abc import Iterator
from functools import cached_property

from bot.reader.question_words import QuestionWord, question_words
from index.article import Article
from index.joined import JoinedArticle
from index.lexical import content_stems

_TOLD = 3  # of each kind, at most
# Words that say how something is asked for; that an article lacks them says nothing.
_ASKING_LIST = """
    amount answer article call called count date day different exact exactly example explain first
    full happen happened hello hey hi job kind know last list long many mean meant mention mentioned
    much name named names number okay one ones part please pls question reason said say says someone
    something sort stand stands state stated tell text thank thanks thing things time today type way
    week year yes
"""
_ASKING = frozenset(_ASKING_LIST.split())
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_SPELT = {str(value): word for value, word in enumerate(_NUMBER_WORDS.split(), 1)}


class Mentions:
    """What an article mentions."""

    def __init__(self, article: Article) -> None:
        """Take an article; it is looked through when that is first needed."""
        self._article = article

    def reason(self, question: str) -> str | None:
        """Return a sentence that names the question's words which occur nowhere in the article.

        A word counts as mentioned if any form of it is; words that say how something is asked for
        are not looked at.

        Args:
            question: normalised.

        Returns:
            None if nothing is missing.
        """
        words = question_words(question)
        missing = [w for w in words if w.text.lower() not in _ASKING and not self._has(w.stem)]
        if not missing:
            return None
        never = _listed(list(_phrases(question, missing))[:_TOLD], "or")
        names = [w for w in words if w.is_exact and self._has(w.stem)]
        found = [name for name in _phrases(question, names) if self._has_verbatim(name)][:_TOLD]
        if isinstance(self._article, JoinedArticle):
            mention, never_mention = "They mention", "They never mention"
        else:
            mention, never_mention = "It mentions", "It never mentions"
        if found:
            return f"{mention} {_listed(found, 'and')}, but never {never}."
        return f"{never_mention} {never}."

    def _has(self, stem: str) -> bool:
        return not self._stems.isdisjoint([stem, *content_stems(_SPELT.get(stem, ""))])

    def _has_verbatim(self, phrase: str) -> bool:
        return re.search(rf"\b{re.escape(phrase)}\b", self._article.text) is not None

    @cached_property
    def _stems(self) -> frozenset[str | None]:
        return frozenset(content_stems(self._article.text))


def _phrases(question: str, words: list[QuestionWord]) -> Iterator[str]:
    """Join names that follow each other; yield other words as they are."""
    start = end = -1
    was_name = False
    for word in words:
        if was_name and word.is_exact and question[end : word.start] == " ":
            end = word.end
            continue
        if start >= 0:
            yield question[start:end]
        start, end, was_name = word.start, word.end, word.is_exact
    if start >= 0:
        yield question[start:end]


def _listed(phrases: list[str], conjunction: str) -> str:
    quoted = [f"“{phrase}”" for phrase in phrases]
    if len(quoted) == 1:
        return quoted[0]
    return f"{', '.join(quoted[:-1])} {conjunction} {quoted[-1]}"
