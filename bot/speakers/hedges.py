"""Words that make a statement less than certain, which a short answer must not lose."""

import re

from index.spans import Span

_HEDGE = re.compile(
    r"""\b(?:
      reportedly|allegedly|apparently|supposedly|purportedly|presumably|seemingly|ostensibly
    | possibly|probably|perhaps|maybe|likely|unlikely|potentially
    | unconfirmed|unverified|alleged|suspected|rumou?red|so-called|preliminary
    | (?:an\ )?estimated
    | once\ (?:hoped|planned|expected|feared|thought|believed)
    | (?:(?:is|are|was|were|has\ been|have\ been|had\ been)\ )
      (?:widely\ |generally\ |long\ )?
      (?:said|thought|believed|reported|rumou?red|expected|feared|understood|assumed|considered
      |estimated|alleged|supposed)\ to
    | (?:it\ )?(?:is|was)\ (?:thought|believed|reported|rumou?red|feared|understood|assumed)\ that
    | (?:may|might|could)(?:\ not|\ well)?(?:\ have|\ be)?
    | (?:seems?|seemed|appears?|appeared)\ to
    | (?:about|around|approximately|roughly|nearly|almost|some|up\ to|at\ least|at\ most
      |more\ than|less\ than|fewer\ than|over|close\ to)(?=\ [$£€]?\d)
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_MONTH = re.compile(r"\bMay\b")


def find_hedges(text: str, sentence: Span) -> tuple[Span, ...]:
    """Return the hedges in a sentence, in order.

    Numbers that are only about right count: "nearly 3,000".

    Args:
        text: the article's text, its white space normalised.
        sentence: where to look.
    """
    found = (match.span() for match in _HEDGE.finditer(text, sentence.start, sentence.end))
    return tuple(Span(*span) for span in found if not _MONTH.fullmatch(text, *span))
