"""Reading dates as pages write them: in attributes for programs, and in words for people."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from unicodedata import decimal

# Before, nothing was published on the web; a page that says so means something else.
_YEARS = range(1980, 2101)
_MAX_LENGTH = 500
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?([-/.]|[年년]\s?)(\d{1,2})\s?(?:\2|[月월]\s?)(\d{1,2})(?!\d)"
)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d)(?!\d)")
_IN_WORDS = re.compile(
    r"(?<!\d)\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?,?\s+(?:(?:de|of)\s+|d[’'])?[^\W\d_][^\s\d,.]{2,}\.?,?\s+"
    r"(?:del?\s+)?(?:19|20)\d\d(?!\d)"
    r"|[^\W\d_][^\s\d,.]{2,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)"
)
# The form of C's `ctime`, with or without a time zone.
_CTIME = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d):\d\d (?:[A-Z]{2,5} )?((?:19|20)\d\d)"
)
_LATIN = [
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "sv", "da", "nb", "fi", "tr", "cs", "hu"),
    *("ro", "hr", "id", "vi"),
]
# The first and the last letter of a script, and languages that are written in it.
_SCRIPTS = (
    ("\u0370", "\u03ff", ["el"]),
    ("\u0400", "\u04ff", ["ru", "uk", "bg", "sr"]),
    ("\u0590", "\u05ff", ["he"]),
    ("\u0600", "\u06ff", ["ar", "fa", "ur"]),
    ("\u0900", "\u097f", ["hi"]),
    ("\u0980", "\u09ff", ["bn"]),
    ("\u0e00", "\u0e7f", ["th"]),
)
_TIME = re.compile(
    r"[^\d\n]{0,12}?(?<![\d:])([01]?\d|2[0-3])[:h]([0-5]\d)(?::[0-5]\d)?(?:\s?([ap])\.?m\b)?", re.I
)


def parse_stamp(text: str) -> date | None:
    """Return what an attribute for programs says: ISO 8601, the form of an e-mail, or words.

    Returns:
        A `datetime` where the time is given; None for anything else, and for impossible years.
    """
    text = text.strip()
    if len(text) > _MAX_LENGTH:
        return None
    found: date | None = None
    with suppress(ValueError):
        moment = datetime.fromisoformat(text)
        found = moment if len(text) > len("2020-01-01") else moment.date()
    if found is None:
        with suppress(ValueError, TypeError, IndexError, OverflowError):
            found = parsedate_to_datetime(text)
    if found is None:
        return parse_words(text, None)
    return found if found.year in _YEARS else None


def parse_words(text: str, language: str | None) -> date | None:
    """Return the first whole date that is written in a text for people.

    Args:
        text: for example "Published 3 March 2024, 10:15" or "Publié le 3 mars 2024".
        language: primary subtag of the text's language; None if that is not known.

    Returns:
        A `datetime` where a time stands right behind the date; None if there is no date, or if
        day and month could be taken for each other.
    """
    text = _with_ascii_digits(_CTIME.sub(r"\2 \1 \4 \3", text[:_MAX_LENGTH]))
    found = [
        *_dates(_YEAR_FIRST, text, lambda match: _day(match[1], match[3], match[4])),
        *_dates(_YEAR_LAST, text, lambda match: _year_last(match, language)),
        *_dates(_IN_WORDS, text, lambda match: _in_words(match[0], language)),
    ]
    if not found:
        return None
    match, day = min(found, key=lambda one: one[0].start())
    return _with_time(day, text, match.end())


def _dates(
    pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], date | None]
) -> Iterator[tuple[re.Match[str], date]]:
    for match in pattern.finditer(text):
        day = read(match)
        if day is not None and day.year in _YEARS:
            yield match, day
            return


def _day(year: str, month: str, day: str) -> date | None:
    with suppress(ValueError):
        return date(int(year), int(month), int(day))
    return None


def _year_last(match: re.Match[str], language: str | None) -> date | None:
    first, mark, second, year = match.groups()
    day_first = _day(year, second, first)
    month_first = _day(year, first, second)
    if mark == "." or (language or "en") != "en" or month_first is None:
        return day_first
    return month_first if day_first is None or day_first == month_first else None


def _in_words(text: str, language: str | None) -> date | None:
    from dateparser import parse

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    languages = [language] if language is not None else _languages(text)
    try:
        found = parse(text, languages=languages, settings=settings)
    except ValueError:  # a language that dateparser does not know
        found = parse(text, languages=_languages(text), settings=settings)
    return None if found is None else found.date()


def _languages(text: str) -> list[str]:
    """Return the languages that names of months may be in, the commonest first, by their script."""
    for first, last, languages in _SCRIPTS:
        if any(first <= character <= last for character in text):
            return languages
    return _LATIN


def _with_ascii_digits(text: str) -> str:
    """Return a text in which ٢٠٢٤ and २०२४ are 2024; the length stays."""
    if text.isascii():
        return text
    return "".join(str(decimal(c)) if c.isdecimal() else c for c in text)


def _with_time(day: date, text: str, end: int) -> date:
    match = _TIME.match(text, end)
    if match is None:
        return day
    hour = int(match[1]) % 12 if match[3] else int(match[1])
    hour += 12 if (match[3] or "").lower() == "p" else 0
    return datetime.combine(day, time(hour, int(match[2])))
