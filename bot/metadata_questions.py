"""Questions about the article itself: who wrote it, when it was published, what its headline is.

They are answered from the header lines, as no passage of the body says so. A question is taken only
if it asks about nothing else: every word of it has to be one of the few that such questions are
made of. "Who wrote this?" is taken; "Who wrote the report?" asks the body.
"""

import re

from index.header import HeaderKind


def _words(text: str) -> set[str]:
    return set(text.split())


_ARTICLE = _words("article story piece text page write-up writeup news")
_FILLER = _words(
    """
    a an and any are at by can could date's did do does first for from give had has have hey
    hello hi i i'm i've in is it it's its just list may me my name of ok okay on or please
    pls reading read originally out put say says exact exactly need know so tell that that's
    the this to was we were what what's whats which with would you your get got come came go
    went live online cite citing citation reference bibliography here now full
    """
)
_WHO = {"who", "who's", "whos", "whom", "whose"}
_WHEN = {"when", "when's", "whens"}

# Words that settle what is asked, and words that only do so beside a word for the article.
_STRONG: dict[HeaderKind, set[str]] = {
    "title": _words("headline headlines title titled entitled heading"),
    "author": _words(
        """
    author authors author's byline journalist writer reporter penned authored wrote
    """
    ),
    "published": _words("published publication publishing released posted printed written"),
}
_WEAK: dict[HeaderKind, set[str]] = {
    "title": {"called", "name"},
    "author": {"written", "by"},
    "published": _words("date dated day time year month hour old recent appear appeared"),
}
_MISSPELT = {
    "artical": "article",
    "auther": "author",
    "autor": "author",
    "headling": "headline",
    "publised": "published",
    "publishd": "published",
    "titel": "title",
    "writen": "written",
}
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def metadata_asked(question: str) -> HeaderKind | None:
    """Return what a question asks about the article itself, or None if it asks anything else.

    Args:
        question: in English, in any case.
    """
    found = _WORD.findall(question.lower().replace("’", "'"))
    words = {_MISSPELT.get(word, word) for word in found}
    years = {word for word in words if _YEAR.fullmatch(word)}
    allowed: dict[HeaderKind, set[str]] = {
        "title": _STRONG["title"] | _WEAK["title"],
        "author": _STRONG["author"] | _WEAK["author"] | {"name"} | _WHO,
        "published": _STRONG["published"] | _WEAK["published"] | _WHEN | {"wrote", "how"} | years,
    }
    return next(
        (kind for kind in _kinds(words, years) if words <= _FILLER | _ARTICLE | allowed[kind]), None
    )


def _kinds(words: set[str], years: set[str]) -> list[HeaderKind]:
    """Return what the words may ask for, the likeliest first."""
    kinds: list[HeaderKind] = []
    asks_who, asks_when, of_article = words & _WHO, words & _WHEN, words & _ARTICLE
    if words & _STRONG["title"] or (of_article and "called" in words):
        kinds.append("title")
    written_by = asks_who and ("written" in words or (of_article and "by" in words))
    if not asks_when and not words & {"did", "does"} and (words & _STRONG["author"] or written_by):
        kinds.append("author")
    dated = words & _WEAK["published"] or asks_when or (years and of_article)
    if not asks_who and dated and (words & (_STRONG["published"] | {"wrote"}) or of_article):
        kinds.append("published")
    return kinds
