"""`Statement`: a sentence as words, in which a quotation is one word.

Quotations are masked before sentences are split, so that `"Go. Now," she said.` is one sentence
with one quotation in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.speakers.quotations import Quotation, ends_statement
from bot.speakers.reporting_verbs import REPORTING_VERBS, Form
from index.spans import Span

_WORD = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|Rev|St)\.(?=\s)"
    r"|(?:[A-Z]\.){2,}"
    r"|[A-Z]\.(?=\s[A-Z])"
    r"|\w(?:\w|[’'.&–-](?=\w)|(?<=\d),(?=\d))*(?:(?<=s)[’'](?=\s))?"
    r"|[^\w\s]"
)
_POSSESSIVE = re.compile("[’']s$|s[’']$")
# A longer sentence is cut: nobody's subject stands so far from his verb, and time stays linear.
_MOST_WORDS = 300
# After "?" and "!" the sentence may go on: '"Why?" Delgado asked.'
_GOES_ON = re.compile(r"\s+(?:[\w’'.,-]+\s+){0,8}?(?P<verb>[a-z]+)\b")
_STRONG_END = re.compile(r"[.?!…]$")


@dataclass(frozen=True, slots=True)
class Word:
    """One word, mark or quotation of a statement.

    Attributes:
        text: as it stands there; nothing for a quotation.
        start: offset in the article.
        end: offset behind it.
        quotation: the quotation that stands there, if it is one.
    """

    text: str
    start: int
    end: int
    quotation: Quotation | None = None

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def bare(self) -> str:
        """The word without the ending of a possessive."""
        return _POSSESSIVE.sub(lambda m: "s" if m.group()[0] == "s" else "", self.text)

    @property
    def is_possessive(self) -> bool:
        """Whether it says whose something is: "Hume's"."""
        return _POSSESSIVE.search(self.text) is not None

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital, or with "al-" and a capital."""
        first = self.text[:1]
        return first.isupper() or (self.text[:3] in {"al-", "el-"} and self.text[3:4].isupper())

    @property
    def is_mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return self.quotation is None and not self.text[:1].isalnum() and self.text != "_"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, or a title.

    Attributes:
        words: in order.
        paragraph: position of its paragraph among those that were split.
    """

    words: tuple[Word, ...]
    paragraph: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.words[0].start, self.words[-1].end)


def masked(text: str, quotations: Sequence[Quotation]) -> str:
    """Return a text of the same length in which each quotation is one word with a capital."""
    pieces: list[str] = []
    last = 0
    for quotation in quotations:
        start, end = quotation.outer.start, quotation.outer.end
        pieces += [text[last:start], _mask(text, quotation)]
        last = end
    return "".join([*pieces, text[last:]])


def statements(
    text: str, sentences: Iterable[Span], quotations: Sequence[Quotation], paragraph: int
) -> Iterator[Statement]:
    """Yield the statements of a paragraph, or of the inside of a quotation.

    Args:
        text: the text in which the quotations are masked.
        sentences: into which it is split.
        quotations: those in the sentences that are masked, in order.
        paragraph: number that the statements get.
    """
    by_start = {quotation.outer.start: quotation for quotation in quotations}
    for sentence in sentences:
        words = tuple(_words(text, sentence, by_start))
        for first in range(0, len(words), _MOST_WORDS):
            yield Statement(words[first : first + _MOST_WORDS], paragraph)


def _words(text: str, span: Span, by_start: dict[int, Quotation]) -> Iterator[Word]:
    at = span.start
    while match := _WORD.search(text, at, span.end):
        start, at = match.span()
        quotation = by_start.get(start)
        if quotation is None:
            yield Word(match.group(), start, at)
        else:
            at = max(quotation.outer.end, at)
            yield Word("", start, quotation.outer.end, quotation)


def _mask(text: str, quotation: Quotation) -> str:
    start, end = quotation.outer.start, quotation.outer.end
    last = text[quotation.inner.end - 1]
    closer = "q"
    if ends_statement(text, quotation):
        closer = "." if _STRONG_END.match(last) and not _goes_on(text, end, last) else ","
    return "Q" + "q" * (end - start - 2) + closer


def _goes_on(text: str, end: int, last: str) -> bool:
    if last == ".":
        return False
    match = _GOES_ON.match(text, end, end + 120)
    verb = REPORTING_VERBS.get(match.group("verb")) if match else None
    return verb is not None and verb.form in {Form.FINITE, Form.PAST}
