"""Splitting a paragraph into sentences, in the article's own offsets.

The splitter is `sentencex` (Wikimedia; Rust, MIT, offline): `tests/bench/sentence_splitters.md`
says why. It gives code point offsets and errs on one side: it joins too much. So some rules below
add cuts that it leaves out, the others take back or move the few wrong ones.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from sentencex import get_sentence_boundaries

from index.spans import Span

# sentencex never cuts inside a quotation, so that a speech of ten sentences would be one citation.
# What lies between two marks is therefore split once more: first between double marks, then between
# single ones, which count at the edge of a word only (elsewhere they are apostrophes).
_QUOTES = (re.compile(r"[\"“”„‟«»]"), re.compile(r"(?<!\w)['‘‚]|['’](?!\w)"))
# A mark between a full stop and a space closes, and a note there ("[citation needed]", ":116–121")
# belongs to the sentence before it; a mark between a space and a word opens.
_CLOSERS = re.compile(r"(?:[\"”’'»)\]]|\[[^\[\]]{1,40}\]|:\d+(?:[–-]\d+)?)+(?=\s|$)")
_OPENER = re.compile(r"\s[\"“‘'«](?=\w)")
# An ellipsis in one character, in front of a capital: "He waited… Then".
_ELLIPSIS = re.compile(r"…[\"”’')\]]*(?=\s*[\"“‘(\[]?[A-Z])")
# A whole sentence in brackets: "(Reporting by A. Smith.) The army said".
_BRACKETED = re.compile(r"\([^()]{1,1000}[.!?…][\"”’']?\)(?=\s+[\"“‘]?[A-Z])")
# What ends no sentence, and in front of what. "At 6 p.m. Friday" is how news agencies write a time;
# few sentences start with a bare weekday. An enumeration within a line, "either (a) one, (b) two",
# is one sentence.
_NO_END = (
    (re.compile(r"\b(?:[Ee]\.g|[Ii]\.e|[Cc]f|[Vv]iz|[Aa]pprox|Amb|Spc|Ste|Wm)\.$"), re.compile("")),
    (re.compile(r"\b(?:[Vv]ols?|[Cc]h|[Ee]qs?|[Ee]st|[Pp]aras?)\.$"), re.compile(r"\s*\d")),
    (re.compile(r"\b[ap]\.m\.$"), re.compile(r"\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")),
    (re.compile(r"[\w,;]$"), re.compile(r"[^\S\n]*\(?\w{1,3}[.)]\s")),
    (re.compile(r"\.$"), re.compile(r"[a-z-]")),
)
# A full stop without a space ends a sentence ("video feed.Soldiers"), but not in an address
# ("https://Example.Com") nor in the name of a file or product ("ASP.NET"). "profits rose.Net
# income fell" is no such name: a word in lower case, then one capital.
_ADDRESS = re.compile(r"://|\w@\w|\bwww\.|\w\.\w+/")
_SUFFIX = "com|org|net|edu|gov|info|io|co|js|ts|py|txt|pdf|html?|xml|json|csv|exe|md"
_NAME = re.compile(rf"\b(?:[A-Z]\w*\.(?:{_SUFFIX.title()})|\w+\.(?:{_SUFFIX.upper()}))\b")
_LIST_MARKER = re.compile(r"\(?(?:\d{1,3}[.)]|[A-Za-z]\))")
_WORD = re.compile(r"\w")
_WINDOW = 100  # code points that a rule looks back and ahead: bounds the work for one cut


def split_sentences(text: str, span: Span | None = None, language: str = "en") -> list[Span]:
    """Split one paragraph into its sentences.

    Every character of the paragraph that is not white space lies in exactly one sentence. A closing
    quotation mark belongs to the sentence before it; a quotation of several sentences is cut. Takes
    about linear time, whatever the text.

    Args:
        text: the article's text, without lone surrogates.
        span: the paragraph in `text`; the whole text if None.
        language: ISO 639-1 code; chooses sentencex's abbreviations and sentence marks. An unknown
            code is treated like English.

    Returns:
        The sentences in order, in offsets of `text`: not overlapping, not empty, without white
        space at either end. An empty list if there is nothing but white space.

    Raises:
        UnicodeEncodeError: if the paragraph has a lone surrogate.
    """
    start, end = (0, len(text)) if span is None else (span.start, span.end)
    paragraph = text[start:end]
    cuts = sorted({cut for cut in _cuts(paragraph, language) if _is_cut(paragraph, cut)})
    pieces = _strip(paragraph, zip([0, *cuts], [*cuts, len(paragraph)], strict=True))
    return [Span(start + first, start + last) for first, last in _glue(paragraph, pieces)]


def _cuts(paragraph: str, language: str) -> Iterator[int]:
    """Yield the offsets behind which a sentence may end, in any order and some of them twice."""
    for first, last in _boundaries(paragraph, language):
        yield _beside_mark(paragraph, last)
        for cut in _cuts_in_quotations(paragraph[first:last], language, _QUOTES):
            yield _beside_mark(paragraph, first + cut)
        if bracketed := _BRACKETED.match(paragraph, first, last):
            yield bracketed.end()
    for ellipsis in _ELLIPSIS.finditer(paragraph):
        yield ellipsis.end()


def _boundaries(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences that sentencex sees, without the white space around them."""
    found = get_sentence_boundaries(language, text)
    yield from _strip(text, ((each["start_index"], each["end_index"]) for each in found))


def _beside_mark(paragraph: str, cut: int) -> int:
    """Move a cut that stands on the wrong side of a quotation mark or a note."""
    if closers := _CLOSERS.match(paragraph, cut):
        return closers.end()
    return cut - 2 if cut > 1 and _OPENER.match(paragraph, cut - 2) else cut


def _cuts_in_quotations(
    sentence: str, language: str, marks: Sequence[re.Pattern[str]]
) -> Iterator[int]:
    """Yield the cuts strictly between two quotation marks (or the sentence's ends)."""
    if not marks:
        return
    found = [mark.span() for mark in marks[0].finditer(sentence)]
    starts, ends = [0, *(end for _, end in found)], [*(start for start, _ in found), len(sentence)]
    for first, last in zip(starts, ends, strict=True):
        part = sentence[first:last]
        inner = list(_boundaries(part, language)) if found else [(0, len(part))]
        yield from (first + end for _, end in inner[:-1])
        for start, end in inner:
            for cut in _cuts_in_quotations(part[start:end], language, marks[1:]):
                yield first + start + cut


def _is_cut(paragraph: str, cut: int) -> bool:
    """Whether a sentence really ends at `cut`, which stands right behind a character."""
    before, after = paragraph[max(0, cut - _WINDOW) : cut], paragraph[cut : cut + _WINDOW]
    if any(end.search(before[-10:]) and start.match(after) for end, start in _NO_END):
        return False
    if not before.endswith(".") or not after or after[0].isspace():
        return True
    left, right = before.split()[-1], after.split()[0]
    names = _NAME.finditer(left + right)
    return not (_ADDRESS.search(left) or any(m.start() < len(left) < m.end() for m in names))


def _strip(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans without the white space at their ends, and without the empty ones."""
    for start, end in spans:
        if bare := text[start:end].strip():
            first = text.index(bare[0], start)
            yield first, first + len(bare)


def _glue(paragraph: str, pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Glue a piece without a word to the one before, and a list marker to the item behind it."""
    glued: list[tuple[int, int]] = []
    seen_word = glue_next = False
    for first, last in pieces:
        has_word = _WORD.search(paragraph, first, last) is not None
        if glued and (glue_next or not has_word):
            glued[-1] = (glued[-1][0], last)
        else:
            glued.append((first, last))
        seen_word = seen_word or has_word
        glue_next = not seen_word or _LIST_MARKER.fullmatch(paragraph, first, last) is not None
    return glued
