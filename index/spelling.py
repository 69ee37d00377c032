"""`Spelling`: typing errors in a question, corrected by the words of the article that is asked."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from index.english_words import english_words
from index.lexical import content_stems
from index.near_words import is_usual, near_words, one_step_from
from index.spans import Span

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# In front of the first word of a sentence, whose capital says nothing.
_BEGINNING = re.compile(r"(?:[.!?:\n][\"'“”‘’)]? ?|[\"“‘]|^)\Z", re.MULTILINE)
_APOSTROPHE = re.compile("['’]")
# What a stem may end in to be a word: "receiv" is "receive" or "received".
_ENDINGS = ("", "e", "s", "es", "ed", "d", "ing", "er", "ers", "y", "ies", "ied")

# How many letters a word needs so that one is changed, or two are in some way wrong; shorter words
# are near too many others. Of a name, more of it has to be right.
_CHANGED_FROM, _CHANGED_IN_NAME_FROM = 5, 6
_ONE_FROM, _TWO_FROM = 4, 7
_LONGEST = 40
# Of more unknown words the question is hardly in English.
_MOST_UNKNOWN = 8
# Counts in the list of English words: of the thousand commonest, and of words in common use.
_VERY_COMMON = 100_000_000
_COMMON = 1_000_000
_ENGLISH_FROM = 6


@dataclass(frozen=True, slots=True)
class Correction:
    """A word that was mistyped.

    Attributes:
        span: where it is in the question.
        meant: the word that stands for it.
    """

    span: Span
    meant: str


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """A word that is near a mistyped one; smaller is better.

    Attributes:
        wrong: letters left out, added, changed or swapped, as a number of steps.
        is_unusual: whether it is more than two neighbours swapped or a letter doubled.
        rank: of its source: the article's own word before another form of it, and common words.
        word: in lower case.
        stem: under which its other forms are found.
    """

    wrong: int
    is_unusual: bool
    rank: int
    word: str
    stem: str

    @property
    def likelihood(self) -> tuple[int, bool, int]:
        """Equal for words between which nothing decides."""
        return self.wrong, self.is_unusual, self.rank


class Spelling:
    """Knows the words of an article, and English. May be used from several threads at once.

    A word is corrected only if neither the article nor English has it, and if exactly one word is
    near enough: one of the article, another form of one ("receive", where it says "received"), or
    a common English word. Names are only corrected to the article's words.
    """

    def __init__(self, text: str, *, language: str | None = "en") -> None:
        """Take an article's text; it is looked through when the first unknown word comes.

        Args:
            text: normalised.
            language: of the article, None where it is unknown. Only English is corrected.
        """
        self._text = text
        self._is_english = language in ("en", None)

    def corrected(self, question: str) -> str:
        """Return a question without typing errors, and the question itself where there are none.

        Args:
            question: normalised.
        """
        result, done = "", 0
        for correction in self.corrections(question):
            result += question[done : correction.span.start] + correction.meant
            done = correction.span.end
        return result + question[done:]

    def corrections(self, question: str) -> tuple[Correction, ...]:
        """Return what `corrected` changes, in order."""
        if not self._is_english:
            return ()
        shouted = question.isupper()
        unknown = [
            match
            for match in _WORD.finditer(question)
            if not self._is_known(match.group()) and (shouted or not match.group().isupper())
        ]
        if len(unknown) > _MOST_UNKNOWN:
            return ()
        found: list[Correction] = []
        for match in unknown:
            typed = match.group()
            is_name = typed[0].isupper() and match.start() > 0 and not shouted
            meant = self._meant(typed, is_name=is_name) if len(typed) <= _LONGEST else None
            if meant is not None:
                found.append(Correction(Span(match.start(), match.end()), meant))
        return tuple(found)

    def _is_known(self, typed: str) -> bool:
        word = typed.lower().replace("’", "'")
        base = word.partition("'")[0]
        british = (english_words().get(form, 0) for form in _spelt_in_britain(base))
        return (
            any(form in self._forms or form in english_words() for form in (word, base))
            or any(count >= _COMMON for count in british)
            or word in _UNMARKED_CONTRACTIONS
            # One Moslawi of several Moslawis.
            or any(other in self._forms for other in (f"{base}s", base.removesuffix("s")))
        )

    def _meant(self, typed: str, *, is_name: bool) -> str | None:
        base, ending = _parted(typed)
        near = sorted(self._near(base.lower(), is_name=is_name))
        if not near:
            return None
        best = [one for one in near if one.likelihood == near[0].likelihood]
        if len({one.stem for one in best}) > 1:
            return None
        # Of several forms of one word the one that ends alike, or the commonest.
        word = max(best, key=lambda one: _likeness(base, one.word)).word
        return _in_case(self._forms.get(word, word), base) + ending

    def _near(self, word: str, *, is_name: bool) -> Iterator[_Near]:
        for rank, candidates in enumerate(self._candidates(word, is_name=is_name)):
            for candidate, wrong in near_words(word, candidates):
                if _fits(word, candidate, wrong, is_name=is_name):
                    stem = next(iter(content_stems(candidate)), candidate)
                    yield _Near(wrong, not is_usual(word, candidate), rank, candidate, stem)

    def _candidates(self, word: str, *, is_name: bool) -> Iterator[Collection[str]]:
        if len(word) < _ONE_FROM:
            yield () if is_name else _ASKING
            return
        yield list(self._forms)
        if is_name:
            return
        yield self._related
        english = {one for one in one_step_from(word) if one in english_words()}
        yield {one for one in english if english_words()[one] >= _VERY_COMMON}
        if len(word) >= _ENGLISH_FROM:
            yield {one for one in english if english_words()[one] >= _COMMON}

    @cached_property
    def _forms(self) -> dict[str, str]:
        """The article's words in lower case, each with the form in which it stands there."""
        forms: dict[str, str] = {}
        for match in _WORD.finditer(self._text):
            form = _parted(match.group())[0]
            is_first = _BEGINNING.search(self._text, max(match.start() - 3, 0), match.start())
            if not is_first or form.lower() not in forms:
                forms[form.lower()] = form.lower() if is_first and not form.isupper() else form
        for form in [form for form in forms.values() if form.istitle()]:
            # Whose it is, with the apostrophe forgotten: "Grandes".
            forms.setdefault(f"{form.lower()}s", f"{form}'s")
        return forms

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(content_stems(self._text))

    @cached_property
    def _related(self) -> frozenset[str]:
        """English words that are other forms of the article's."""
        forms = (stem + ending for stem in self._stems for ending in _ENDINGS)
        return frozenset(form for form in forms if form in english_words())


# "dont" is no typing error that anybody wants to be told of.
_CONTRACTED = (
    "aren can couldn didn doesn don hadn hasn haven isn mustn shouldn wasn weren won wouldn"
)
_UNMARKED_CONTRACTIONS = frozenset(f"{word}t" for word in _CONTRACTED.split()) | {
    *("hes", "shes", "whos", "whats", "wheres", "whens", "hows", "theyre", "youre", "theyve", "ive")
}

_AMERICAN = (
    (re.compile(r"or(?=s?$|ed$|ing$|ab|it)"), "our"),
    (re.compile(r"er(?=s?$)"), "re"),
    (re.compile(r"(?<=[aeiou])l(?=ed$|ing$|er)"), "ll"),
)
# Words of less than four letters are corrected to one of these, or not at all.
_ASKING_LIST = "the and how who what when why was were will with have has did does from many they"
_ASKING = _ASKING_LIST.split()
_ASKING_SET = frozenset(_ASKING)


def _parted(word: str) -> tuple[str, str]:
    """Return a word and what is behind its apostrophe, with the apostrophe."""
    match = _APOSTROPHE.search(word)
    return (word[: match.start()], word[match.start() :]) if match else (word, "")


def _in_case(word: str, typed: str) -> str:
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word


def _likeness(typed: str, word: str) -> tuple[bool, int]:
    return typed[-1].lower() == word[-1], english_words().get(word, 0)


def _spelt_in_britain(word: str) -> tuple[str, ...]:
    """Return how an American word may be spelt in the list, whose spelling is mostly British."""
    return tuple(
        pattern.sub(british, word) for pattern, british in _AMERICAN if pattern.search(word)
    )


def _fits(typed: str, word: str, wrong: int, *, is_name: bool) -> bool:
    """Whether so many errors are likely in a word of this length."""
    shorter = min(len(typed), len(word))
    if is_name and (typed.startswith(word) or word.startswith(typed)):
        return False  # "Carpathia" is no error for "Carpathian"
    if word in _ASKING_SET and len(typed) < _ONE_FROM:
        return wrong == 1 and typed[0] == word[0]
    if wrong > 1:
        return shorter >= _TWO_FROM and typed[0] == word[0]
    if sorted(typed) == sorted(word):  # two neighbours are swapped
        return shorter >= _ONE_FROM
    if len(typed) == len(word):
        return shorter >= (_CHANGED_IN_NAME_FROM if is_name else _CHANGED_FROM)
    return max(len(typed), len(word)) >= _ONE_FROM + 1
