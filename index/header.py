"""Finding what the first lines of a scraped text say about it: headline, author, date.

A line counts as part of the header only when its form leaves little doubt: a label ("Author: …"),
a byline ("By Jane Doe", "Jane Doe | 29 June, 2017, 09:06"), a date that stands alone, or a headline
(a short line without a full stop, with a blank line or a byline behind it). A date beside the
author wins over one that stands alone: that one may be the day on which the page was viewed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from index.dates import DATE_PREFIX, parse_date
from index.paragraphs import lines
from index.spans import Span, stripped

HeaderKind = Literal["title", "author", "published"]

_LINES_SEARCHED = 8
_MAX_BYLINE_LENGTH = 1_000
_MAX_TITLE_LENGTH = 200
_MAX_TITLE_WORDS = 30
_MAX_AUTHOR_WORDS = 10

_LABEL = re.compile(
    r"(?P<label>title|headline|authors?|written by|by|date|(?:published|posted)(?: on)?|url|source)"
    r"[ ]*:[ ]*(?P<value>\S.*)",
    re.IGNORECASE,
)
_LABEL_KIND: dict[str, HeaderKind] = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "authors": "author",
    "written by": "author",
    "by": "author",
    "date": "published",
    "published": "published",
    "published on": "published",
    "posted": "published",
    "posted on": "published",
}
_BY = re.compile(r"(?:written |posted |story |words )?by ", re.IGNORECASE)
_SEPARATOR = re.compile(r"[ ]*[|•·][ ]*|[ ]+[-–—][ ]+")
_NAME_PARTICLES = {
    "al",
    "and",
    "bin",
    "da",
    "de",
    "den",
    "der",
    "di",
    "el",
    "la",
    "le",
    "van",
    "von",
}
_SENTENCE_END = re.compile(r"""[.。।;:,]["'”’)]*$""")


@dataclass(frozen=True, slots=True)
class HeaderField:
    """Something that a header line says about the article.

    Attributes:
        kind: what it says.
        span: the words that say it.
        line: the whole line that they stand in.
    """

    kind: HeaderKind
    span: Span
    line: Span


@dataclass(frozen=True, slots=True)
class Header:
    """What the header lines say; None where they do not."""

    fields: tuple[HeaderField, ...] = ()
    title: str | None = None
    author: str | None = None
    published: date | None = None
    url: str | None = None


def find_header(text: str) -> tuple[Header, int]:
    """Find the header lines of a normalised text.

    Returns:
        What they say, and the offset at which the body begins (0 without a header). A header
        never takes up the whole text.
    """
    found = _HeaderLines(text)
    candidates = list(islice(lines(text), _LINES_SEARCHED))
    body_start = 0
    for number, line in enumerate(candidates):
        following = candidates[number + 1] if number + 1 < len(candidates) else None
        if following is None or not found.take(line, following):
            break
        body_start = following.start
    return found.header(), body_start


class _HeaderLines:
    """Takes header lines one by one, until one does not look like one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._fields: dict[HeaderKind, HeaderField] = {}
        self._published: date | None = None
        self._lone_date: tuple[date, HeaderField] | None = None
        self._url: str | None = None

    def take(self, line: Span, following: Span) -> bool:
        """Take a line, if it is one of the header; `following` is the next line with text."""
        return (
            self._take_label(line)
            or self._take_lone_date(line)
            or self._take_byline(line)
            or self._take_title(line, following)
        )

    def header(self) -> Header:
        """Return what was found in the lines taken so far."""
        if self._published is None and self._lone_date is not None:
            self._published, self._fields["published"] = self._lone_date
        return Header(
            fields=tuple(sorted(self._fields.values(), key=lambda field: field.span)),
            title=self._words("title"),
            author=self._words("author"),
            published=self._published,
            url=self._url,
        )

    def _words(self, kind: HeaderKind) -> str | None:
        field = self._fields.get(kind)
        return None if field is None else self._text[field.span.start : field.span.end]

    def _add(self, kind: HeaderKind, span: Span, line: Span) -> None:
        self._fields.setdefault(kind, HeaderField(kind, span, line))

    def _take_label(self, line: Span) -> bool:
        match = _LABEL.fullmatch(self._text, line.start, line.end)
        if match is None:
            return False
        value = stripped(self._text, Span(match.start("value"), match.end("value")), " \"'")
        words = self._text[value.start : value.end]
        kind = _LABEL_KIND.get(match["label"].lower())
        if kind == "published":
            published = parse_date(words)
            if published is None:
                return False
            self._published = self._published or published
        if kind is not None:
            self._add(kind, value, line)
            return True
        if words.startswith(("http://", "https://")) and " " not in words:
            self._url = self._url or words
            return True
        return False

    def _take_lone_date(self, line: Span) -> bool:
        words = self._text[line.start : line.end]
        found = parse_date(words)
        if found is None:
            # A date in a form that cannot be read for sure is still no body text.
            prefix = DATE_PREFIX.match(words)
            return prefix is not None and words[prefix.end() : prefix.end() + 1].isdigit()
        field = HeaderField("published", line, line)
        if "author" in self._fields and self._published is None:
            self._published = found
            self._fields["published"] = field
        elif self._lone_date is None:
            self._lone_date = found, field
        return True

    def _take_byline(self, line: Span) -> bool:
        if line.end - line.start > _MAX_BYLINE_LENGTH:
            return False
        by = _BY.match(self._text, line.start, line.end)
        rest = Span(by.end() if by else line.start, line.end)
        chunks = list(_chunks(self._text, rest))
        dates = [(parse_date(self._text[c.start : c.end]), c) for c in chunks]
        names = [c for c in chunks if _is_name(self._text[c.start : c.end])]
        dated = [(found, c) for found, c in dates if found is not None]
        if not names or names[0] != chunks[0] or not (by or dated):
            return False
        if any(_is_statement(self._text[c.start : c.end]) for c in chunks):
            # "STAVERN, 18 July 2024 - The mill has burned down.": an agency's dateline.
            return False
        self._add("author", names[0], line)
        if dated and self._published is None:
            self._published, span = dated[0]
            self._add("published", span, line)
        return True

    def _take_title(self, line: Span, following: Span) -> bool:
        words = self._text[line.start : line.end]
        if (
            "title" in self._fields
            or len(words) > _MAX_TITLE_LENGTH
            or len(words.split()) > _MAX_TITLE_WORDS
            or _SENTENCE_END.search(words)
        ):
            return False
        stands_alone = "\n\n" in self._text[line.end : following.start]
        if not stands_alone and not self._introduces_byline(following):
            return False
        self._add("title", line, line)
        return True

    def _introduces_byline(self, following: Span) -> bool:
        probe = _HeaderLines(self._text)
        return (
            probe._take_label(following)
            or probe._take_lone_date(following)
            or probe._take_byline(following)
        )


def _chunks(text: str, span: Span) -> Iterator[Span]:
    """Yield the pieces of a byline: between separators, and what is before and behind a comma."""
    start = span.start
    for match in _SEPARATOR.finditer(text, span.start, span.end):
        yield from _date_behind_comma(text, Span(start, match.start()))
        start = match.end()
    yield from _date_behind_comma(text, Span(start, span.end))


def _date_behind_comma(text: str, span: Span) -> Iterator[Span]:
    comma = text.find(",", span.start, span.end)
    if comma >= 0 and parse_date(text[span.start : span.end]) is None:
        behind = stripped(text, Span(comma + 1, span.end), " ")
        if parse_date(text[behind.start : behind.end]) is not None:
            yield stripped(text, Span(span.start, comma), " ")
            yield behind
            return
    yield stripped(text, span, " ")


def _is_statement(words: str) -> bool:
    return len(words.split()) > _MAX_AUTHOR_WORDS or (
        len(words.split()) > 2 and words.endswith((".", "!", "?"))
    )


def _is_name(words: str) -> bool:
    parts = [part for part in re.split(r"[ ,&]+", words) if part]
    if not 1 <= len(parts) <= _MAX_AUTHOR_WORDS or words.endswith((".", "!", "?")):
        return False
    return all(
        part.lower() in _NAME_PARTICLES
        or (part[0].isalpha() and not part[0].islower() and not any(c.isdigit() for c in part))
        for part in parts
    )
