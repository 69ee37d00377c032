"""The words of a question: small closed lists of English, and cutting a question into them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.spans import Span

_WORD = re.compile(r"[£$€]?\w(?:\w|['’.,&:/-](?=\w))*%?(?:(?<=s)['’](?=\s))?|[^\w\s]")
_CONTRACTED = re.compile(
    r"\b(who|what|where|when|why|how|he|she|it|that|there)['’](?:s|re)\b", re.IGNORECASE
)
# "What's he called", but "What's happened": the second is rare enough to be "what is happened".
_SHORT = {"'s": "is", "'re": "are"}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


WH = _words("who whom whose what which when where why how")
BE = _words("is are was were am isn't aren't wasn't weren't")
DO = _words("do does did don't doesn't didn't")
HAVE = _words("has have had hasn't haven't hadn't")
MODAL = _words(
    "can could will would shall should may might must can't couldn't won't wouldn't shouldn't"
)
AUXILIARIES = BE | DO | HAVE | MODAL
BEEN = _words("be been being")
PREPOSITIONS = _words(
    """
    about above across after against along among around as at before behind below beneath beside
    besides between beyond by despite down during except for from in inside instead into like
    near of off on onto out outside over past per since than through throughout till to toward
    towards under until up upon via with within without
    """
)
DETERMINERS = _words("a an the this that these those any some no every each all both another")
POSSESSIVES = _words("my your his her its our their")
PERSONAL = _words("i you he she it we they me him her us them")
# What a pronoun can stand for: one man, one woman, one thing, several of either.
HE = _words("he him his")
SHE = _words("she her hers")
IT = _words("it its")
THEY = _words("they them their theirs")
DEMONSTRATIVES = _words("that this those these")
CONJUNCTIONS = _words("and or but so because if while although though that whether than as nor yet")
ADVERBS = _words(
    """
    again ago ahead all already also altogether always anyway away back else even ever exactly far
    first here home just last late later long more most much never next not now off often once only
    please quite really so still then there too today together twice usually well yet
    """
)
ANYBODY = _words("anybody anyone somebody someone anything something")
SUBORDINATORS = _words("when if while before after until since once because where unless whenever")
MONTHS = _words(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    spring summer autumn winter today tomorrow yesterday
    """
)
FUNCTION_WORDS = (
    WH | AUXILIARIES | BEEN | PREPOSITIONS | DETERMINERS | POSSESSIVES | PERSONAL | CONJUNCTIONS
    | ADVERBS | ANYBODY | HE | SHE | IT | THEY
    | _words("there many few less enough same own himself herself itself themselves")
)  # fmt: skip
_IRREGULAR_PARTICIPLES = _words(
    """
    become begun bought broken brought built called caught chosen come cut done driven eaten
    fallen felt fought found frozen given gone grown held hit hurt kept killed known laid led
    left lent lost made meant met paid put read run said seen sent set shot shown shut sold
    spent spread stood stolen struck sunk sworn taken taught told thought thrown torn understood
    won worn written
    """
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark of a question.

    Attributes:
        text: as it was typed.
        start: offset of its first code point in the question.
    """

    text: str
    start: int

    @property
    def end(self) -> int:
        """Offset behind its last code point."""
        return self.start + len(self.text)

    @property
    def lower(self) -> str:
        """The word in lower case, with a straight apostrophe."""
        return self.text.lower().replace("’", "'")

    @property
    def bare(self) -> str:
        """The word in lower case without the ending of a possessive."""
        return self.lower.removesuffix("'s").removesuffix("'")

    @property
    def is_mark(self) -> bool:
        """Whether it is a mark of punctuation."""
        return not any(character.isalnum() for character in self.text)

    @property
    def is_possessive(self) -> bool:
        """Whether it says whose something is: "Hume's"."""
        return self.lower.endswith(("'s", "s'"))

    @property
    def is_function_word(self) -> bool:
        """Whether it belongs to a closed class, so that it names nothing."""
        return self.lower in FUNCTION_WORDS

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()

    @property
    def is_number(self) -> bool:
        """Whether it has a digit, or is the name of a month, a day or a season."""
        return any(character.isdigit() for character in self.text) or self.lower in MONTHS


def words_of(text: str) -> list[Word]:
    """Cut a question into words and marks."""
    return [Word(match.group(), match.start()) for match in _WORD.finditer(text)]


def spelt_out(text: str) -> str:
    """Return a question with "what's" as "what is", so that each word is one."""
    return _CONTRACTED.sub(lambda m: f"{m.group(1)} {_SHORT[_ending(m.group())]}", text)


def _ending(word: str) -> str:
    return "'re" if word.lower().endswith("re") else "'s"


def is_participle(word: str) -> bool:
    """Whether a word in lower case looks like a past participle or a present one."""
    return word in _IRREGULAR_PARTICIPLES or (len(word) > 4 and word.endswith(("ed", "ing")))


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like the plural of a noun."""
    return word in {"people", "children", "men", "women", "police", "staff", "feet"} or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s"))
    )


_QUOTED = re.compile(r"[\"“”„«»][^\"“”„«»]+[\"“”»]")


def quoted_spans(text: str) -> list[Span]:
    """Return what stands between quotation marks, marks included: others' words, to be left."""
    return [Span(match.start(), match.end()) for match in _QUOTED.finditer(text)]


def joined(words: Sequence[Word], text: str) -> str:
    """Return a text from the first of some of its words to the last; empty for none."""
    return text[words[0].start : words[-1].end] if words else ""


def replaced(text: str, edits: Sequence[tuple[Span, str]]) -> str:
    """Return a text with some spans of it replaced; they must not overlap."""
    for span, words in sorted(edits, key=lambda edit: edit[0], reverse=True):
        text = text[: span.start] + words + text[span.end :]
    return tidy(text)


def tidy(text: str) -> str:
    """Return a text with single spaces and none in front of a mark that ends something."""
    return re.sub(r"\s+([?.,!;:])", r"\1", " ".join(text.split()))
