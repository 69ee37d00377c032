"""The headline of a page: what it declares, and where people see it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.sources.html.candidates import Candidate
from index.sources.html.core import Core
from index.sources.html.words import words_of

_SEPARATOR = re.compile(r"\s+[|–—·•«»‹›:-]\s+|:\s+|\s*[|｜·»]\s*|_(?=[^_]*$)")
_HOME = re.compile(r"(?:https?://[^/]+)?/?(?:(?:\.\./)*\.?/?(?:index\.\w+)?)?", re.IGNORECASE)
_MAX_WORDS = 40
# How alike the words of the headline and of a declared title are, from 0 to 1.
_MIN_LIKENESS = 0.55
_HEADING_BONUS = dict.fromkeys(("h1", "h2", "h3"), 0.15)
_NO_TITLES = {"pre", "li", "dt", "dd", "figcaption"}


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline as people see it.

    Attributes:
        number: of the candidate that it stands in.
        text: its words; a line of the candidate, or all of it.
    """

    number: int
    text: str


def find_headline(
    candidates: Sequence[Candidate], core: Core, declared: Iterable[str], site: str | None
) -> Headline | None:
    """Return the page's headline, if people see one.

    Args:
        candidates: all blocks of the page.
        core: where its body stands.
        declared: the titles that it declares for programs.
        site: name of the publication.
    """
    titles = list(_titles(declared, site))
    best, best_likeness = None, _MIN_LIKENESS
    for number, one in enumerate(candidates[: core.first]):
        if one.words > _MAX_WORDS or one.element.tag in _NO_TITLES:
            continue
        if one.is_beside or _leads_home(one):
            continue
        for text in dict.fromkeys((*one.lines, one.text)):
            likeness = max((_likeness(text, title) for title in titles), default=0.0)
            likeness += _HEADING_BONUS.get(one.element.tag, 0.0) if likeness else 0.0
            # Of equals the one nearest to the body: the other is the name of the site.
            if likeness >= best_likeness:
                best, best_likeness = Headline(number, text), likeness
    if best is not None:
        return best
    firsts = [n for n in range(core.first) if candidates[n].element.tag == "h1"]
    return Headline(firsts[-1], candidates[firsts[-1]].text) if firsts else None


def _leads_home(one: Candidate) -> bool:
    """Return whether a block is a link to the front page, as the name of the site is."""
    if one.link_share < 1:
        return False
    targets = [link.get("href") or "" for link in one.element.iter("a")]
    return any(_HOME.fullmatch(target) for target in targets)


def _titles(declared: Iterable[str], site: str | None) -> Iterator[str]:
    """Yield the declared titles without the site's name, and the parts that they may consist of."""
    for title in declared:
        title = without_site(title, site)
        if title:
            yield title
            yield from filter(None, (part.strip() for part in _SEPARATOR.split(title)))
            for match in _SEPARATOR.finditer(title):
                yield from filter(None, (title[: match.start()], title[match.end() :]))


def without_site(title: str, site: str | None) -> str:
    """Return a title without the name of the site at either end of it."""
    title = " ".join(title.split())
    for match in _SEPARATOR.finditer(title) if site else ():
        before, behind = title[: match.start()].strip(), title[match.end() :].strip()
        if before and _is_site(behind, site or ""):
            return before
        if behind and _is_site(before, site or ""):
            return behind
    return title


def _is_site(words: str, site: str) -> bool:
    squeezed = "".join(words_of(words))
    wanted = "".join(words_of(site))
    return bool(squeezed) and squeezed in (wanted, wanted.removesuffix("com"))


def _likeness(text: str, title: str) -> float:
    """Return how alike the words of two texts are (F1 of their multisets), from 0 to 1."""
    ours, theirs = Counter(words_of(text)), Counter(words_of(title))
    return 2 * (ours & theirs).total() / max(1, ours.total() + theirs.total())
