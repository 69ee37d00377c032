"""Changing a question so that its passage answers it no more.

Five ways, as in the classes that Rajpurkar et al. (2018) found among the unanswerable questions of
SQuAD 2.0: another name, another number, an antonym, a negation, another word of the same kind. Each
keeps the question's words but for one, so that a reader has to check every one of them.
"""

import random
import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from index.embedding import FloatArray

# "U.S." without its last point, which may be the sentence's.
_NAME = re.compile(
    r"\b[A-Z](?:[\w'’-]|\.(?=\w))*(?:\s+(?:(?:of|the|de|and)\s+)*[A-Z](?:[\w'’-]|\.(?=\w))*)*"
)
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_WORD = re.compile(r"[^\W\d_]+")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|did|does|do|has|had|can|could|will|would|should|may|must)\b", re.IGNORECASE
)
_NOT = re.compile(r"\b(?:can't|won't|not|never)\b ?|n't\b", re.IGNORECASE)
_CONTRACTED = {"can't": "can ", "won't": "will "}
_ASKING_LIST = """
    what which who whom whose when where why how in on at of by for from to the a an is are was were
    did does do has had can could will would should may must i
"""
_ASKING = frozenset(_ASKING_LIST.split())
_ANTONYM_LIST = """
    after before; against for; allow forbid; always never; ancient modern; arrive leave; back front;
    beginning end; began ended; begin end; begins ends; best worst; biggest smallest; big small;
    bigger smaller; born died; bought sold; buy sell; cheap expensive; closed opened; close open;
    cold hot; colder warmer; common rare; connected separated; create destroy; created destroyed;
    death birth; decline growth; decrease increase; decreased increased; decreasing increasing;
    defeat victory; defeated victorious; deny accept; different same; difficult easy; dry wet;
    early late; earlier later; earliest latest; east west; eastern western; enemy ally;
    enter leave; entered left; exclude include; excluded included; export import; fail succeed;
    failed succeeded; fall rise; fell rose; fast slow; faster slower; female male; first last;
    former latter; founded dissolved; friend enemy; gain lose;
    gained lost; good bad; greater lesser; guilty innocent; happy unhappy; hate love; heavy light;
    high low; higher lower; highest lowest; hired fired; husband wife; inside outside; join leave;
    joined left; king queen; land sea; large small; larger smaller; largest smallest; legal illegal;
    like dislike; liked disliked; long short; longer shorter;
    longest shortest; lose win; lost won; loser winner; major minor; majority minority;
    maximum minimum; men women; man woman; mother father; narrow wide; near far; new old;
    newer older; newest oldest; north south; northern southern; official unofficial; oppose support;
    opposed supported; over under; peace war; permitted prohibited; poor rich; poorest richest;
    positive negative; private public; protect attack; protected attacked; quiet loud;
    reject accept; rejected accepted; remember forget; rural urban; safe dangerous;
    similar different; strong weak; stronger weaker; strongest weakest; thick thin;
    top bottom; upper lower; useful useless; without with; young old; younger older;
    youngest oldest; build demolish;
    built demolished; appointed dismissed; attacked defended; attack defend; banned allowed;
    caused prevented; cause prevent; causes prevents; disadvantage advantage; easiest hardest;
    easy hard; expand shrink; expanded shrank; important unimportant; invaded fled; recommend avoid;
    kept discarded; keep discard; domestic foreign; internal external; north west; south east;
    son daughter; brother sister; summer winter; day night; morning evening
"""
# What stands so near in a word's embedding is of the same kind; nearer still are its other forms
# and its synonyms ("largest": "biggest" 0.70, "smallest" 0.51).
_NEAREST, _FARTHEST = 0.50, 0.36
_COMMONEST = 2_300  # rows of BERT's vocabulary below this are signs, letters and function words
# Whoever wrote a review is its author, writer and reviewer; what it reviews, item and product.
_ALIKE_LIST = "author writer reviewer customer poster user person product item"
_ALIKE = frozenset(_ALIKE_LIST.split())
_ENDINGS = ("ing", "ed", "ly", "est", "s")


def _antonyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in _ANTONYM_LIST.replace("\n", " ").split(";"):
        first, second = pair.split()
        found.setdefault(first, []).append(second)
        found.setdefault(second, []).append(first)
    return found


_ANTONYMS = _antonyms()


class RelatedWords:
    """Words of the same kind as a word, by the start model's own word embeddings."""

    def __init__(self, vocabulary: dict[str, int], embeddings: FloatArray) -> None:
        """Take a model's words.

        Args:
            vocabulary: the tokenizer's, token → row.
            embeddings: shape `(tokens, dim)`.
        """
        self._vocabulary = vocabulary
        norms = np.linalg.norm(embeddings, axis=1, keepdims=True)
        self._vectors = embeddings / np.maximum(norms, 1e-9)
        self.of = lru_cache(maxsize=None)(self._of)

    @cached_property
    def _words(self) -> dict[int, str]:
        return {
            row: word
            for word, row in self._vocabulary.items()
            if row > _COMMONEST and len(word) > 3 and word.isalpha() and word.isascii()
        }

    @cached_property
    def _is_word(self) -> npt.NDArray[np.bool_]:
        is_word = np.zeros(len(self._vectors), dtype=np.bool_)
        is_word[list(self._words)] = True
        return is_word

    def _of(self, word: str) -> tuple[str, ...]:
        row = self._vocabulary.get(word)
        if row is None or row not in self._words:
            return ()
        cosines = self._vectors @ self._vectors[row]
        near = (cosines < _NEAREST) & (cosines > _FARTHEST) & self._is_word
        words = [self._words[place] for place in np.flatnonzero(near).tolist()]
        return tuple(
            other for other in words if other[:4] != word[:4] and _ending(other) == _ending(word)
        )


def _ending(word: str) -> str:
    return next((ending for ending in _ENDINGS if word.endswith(ending)), "")


class Perturber:
    """Makes unanswerable questions of answerable ones."""

    def __init__(self, related: RelatedWords) -> None:
        """Take the words that may stand for another."""
        self._related = related

    def perturb(self, question: str, passage: str, article: str, rng: random.Random) -> str | None:
        """Return the question with one thing changed, so that the passage does not answer it.

        What is put in is not in the sentence asked about, unless it is a name or a number of
        the passage: those are the traps.

        Args:
            question: that the passage answers.
            passage: what it was written for.
            article: where other names and numbers come from.
            rng: chooses the way and the word.
        """
        ways: list[Callable[[str, str, str, random.Random], str | None]] = [
            self._another_name,
            self._another_name,
            self._another_number,
            self._another_number,
            self._antonym,
            self._antonym,
            self._negation,
            self._another_word,
            self._another_word,
            self._another_word,
        ]
        rng.shuffle(ways)
        for way in ways:
            changed = way(question, passage, article, rng)
            if changed is not None and changed != question:
                return changed
        return None

    def _another_name(
        self, question: str, passage: str, article: str, rng: random.Random
    ) -> str | None:
        names = [m for m in _NAME.finditer(question) if m.group().lower() not in _ASKING]
        names = [m for m in names if m.start() > 0 or " " in m.group()]
        if not names:
            return None
        old = rng.choice(names)
        source = passage if rng.random() < 0.5 else article
        others = {
            m.group()
            for m in _NAME.finditer(source)
            if _in_mid_sentence(source, m.start()) and len(m.group()) > 2
        }
        asked = question.lower()
        choices = sorted(
            name
            for name in others
            if not set(name.lower().split()) & set(asked.split())
            and abs(len(name.split()) - len(old.group().split())) <= 1
        )
        return _replaced(question, old, rng.choice(choices)) if choices else None

    def _another_number(
        self, question: str, passage: str, article: str, rng: random.Random
    ) -> str | None:
        numbers = list(_NUMBER.finditer(question))
        if not numbers:
            return None
        old = rng.choice(numbers)
        is_year = _YEAR.fullmatch(old.group()) is not None
        source = passage if rng.random() < 0.5 else article
        choices = sorted(
            {
                number
                for number in _NUMBER.findall(source)
                if number not in question and (_YEAR.fullmatch(number) is not None) == is_year
            }
        )
        if choices and rng.random() < 0.7:
            return _replaced(question, old, rng.choice(choices))
        digits = old.group().replace(",", "").replace(".", "")
        shifted = int(digits[:9]) + rng.choice((-20, -10, -3, -2, -1, 1, 2, 3, 10, 20))
        return _replaced(question, old, str(abs(shifted)))

    def _antonym(self, question: str, passage: str, _: str, rng: random.Random) -> str | None:
        words = [m for m in _WORD.finditer(question) if m.group().lower() in _ANTONYMS]
        # "For" and "to" stand in most questions and seldom mean the opposite of anything.
        words = [m for m in words if m.group().lower() not in {"for", "with", "over", "like"}]
        words = [m for m in words if question[m.end() : m.end() + 2] != "'t"]  # "won't"
        if not words:
            return None
        old = rng.choice(words)
        return _replaced(question, old, rng.choice(_ANTONYMS[old.group().lower()]))

    def _negation(self, question: str, _: str, __: str, rng: random.Random) -> str | None:
        said = _NOT.search(question)
        if said is not None:
            whole = _CONTRACTED.get(said.group().strip().lower(), "")
            return " ".join(_replaced(question, said, whole).split())
        auxiliaries = list(_AUXILIARY.finditer(question))
        if not auxiliaries:
            return None
        place = auxiliaries[0]
        if rng.random() < 0.5 and place.group().lower() not in {"may", "can", "will"}:
            return _replaced(question, place, f"{place.group()}n't")
        # "did the army take": the negation stands behind the subject, which only a parser knows;
        # "did not the army take" is asked seldom, but its meaning is plain.
        word = rng.choice(("not", "never"))
        return _replaced(question, place, f"{place.group()} {word}")

    def _another_word(self, question: str, passage: str, _: str, rng: random.Random) -> str | None:
        text = passage.lower()
        words = [
            m
            for m in _WORD.finditer(question)
            if m.group().islower() and m.group() not in _ASKING and m.group() not in _ALIKE
        ]
        rng.shuffle(words)
        for old in words:
            choices = [word for word in self._related.of(old.group()) if word not in text]
            if choices:
                return _replaced(question, old, rng.choice(choices))
        return None


def _in_mid_sentence(text: str, start: int) -> bool:
    """Whether a capital there is a name's, not a sentence's."""
    return start >= 2 and text[start - 1] == " " and text[start - 2] not in '.!?:"”'


def _replaced(question: str, old: re.Match[str], new: str) -> str:
    if old.group()[:1].isupper() and new[:1].islower() and old.start() == 0:
        new = new[:1].upper() + new[1:]
    return question[: old.start()] + new + question[old.end() :]


def shared_words(question: str, text: str) -> float:
    """Return the share of a question's content words that a text has, from 0 to 1."""
    wanted = content_words(question)
    return len(wanted & content_words(text)) / max(len(wanted), 1)


@lru_cache(maxsize=16_384)
def content_words(text: str) -> frozenset[str]:
    """Return a text's words that are no question or function words, cut to their first 6 letters.

    A stemmer would do better and take longer.
    """
    return frozenset(
        word[:6] for word in map(str.lower, _WORD.findall(text)) if word not in _ASKING
    )


def holds_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether any of the answers stands in a text, whatever its case."""
    lowered = text.lower()
    return any(answer.lower() in lowered for answer in answers)
