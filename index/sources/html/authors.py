"""Names of authors, cleaned of what else stands in a byline."""

import re
from collections.abc import Iterable, Iterator

from index.sources.html.parsing import Element

_BY = re.compile(
    r"^(?:(?:words|text|story|photos?|article|posted|written|reported|published|reporting)\s+)?"
    r"(?:by|von|par|por|de la main de|di|door|av|af|przez|автор|от|作者|文|記者|记者|"
    r"text|texte|texto|testo|autor|autora|auteur|author|authors?)\s*[:：]?\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:by|author|autor|auteur|автор|作者|文|記者|记者|著者|執筆)\s*[:：]\s*", re.I
)
_BYLINE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:by-?line|p-author|author|authors|author-?name|byline-?name|writer|post-author)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（【<][^)\]）】>]*[)\]）】>]")
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|—|–|\s-\s|/|、|，)\s*")
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|e|en|og|och|и|&)\s+|\s*&\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editor|reporter|correspondent|writer|journalist|columnist|contributor|staff|desk|bureau"
    r"|chief|director|producer|analyst|fellow|professor|manager|head of|team lead|engineer|critic"
    r"|photographer|redakteur\w*|korrespondent\w*|autorin|redaktion|journaliste|rédact\w+"
    r"|correspondant\w*|corresponsal|redactor\w*|periodista|giornalista|redattore|verslaggever"
    r"|корреспондент|редактор|журналист|обозреватель)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[./-]\d|\b(?:1[5-9]|20)\d\d\b|\d{1,2}:\d\d")
_NOBODY = {"admin", "administrator", "author", "anonymous", "guest", "editor", "staff", "root"}
_MAX_LENGTH = 80
_MAX_WORDS = 6
_MAX_AUTHORS = 12


def clean_authors(said: Iterable[str], *, site: str | None = None) -> str | None:
    """Return the names in what is said of authors, joined by ", "; None if there are none.

    "By Jane Doe, Science Editor" gives "Jane Doe"; job titles, addresses and dates go.

    Args:
        said: bylines or names.
        site: name of the publication, which is no author beside persons.
    """
    names: dict[str, str] = {}
    for text in said:
        for name in _names(text):
            names.setdefault(name.casefold(), name)
    if site is not None and len(names) > 1:
        names.pop(site.casefold(), None)
    return ", ".join(list(names.values())[:_MAX_AUTHORS]) or None


def shown_authors(region: Iterable[Element]) -> Iterator[str]:
    """Yield the texts of the first kind of element that shows who wrote an article.

    Args:
        region: the elements of the article and of its head, in document order.
    """
    elements = list(region)
    for test in (_is_marked, _is_named):
        found = [element for element in elements if test(element)]
        said = [" ".join(element.text_content().split()) for element in found]
        if any(said):
            inner = {id(one) for element in found for one in element.iterdescendants()}
            yield from (t for e, t in zip(found, said, strict=True) if id(e) not in inner)
            return


def _is_marked(element: Element) -> bool:
    """Return whether microdata, a link's relation or a microformat says that this is an author."""
    return (
        "author" in (element.get("itemprop") or "").split()
        or "author" in (element.get("rel") or "").split()
        or "p-author" in (element.get("class") or "").split()
    )


def _is_named(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _BYLINE_NAMES.search(names) is not None


def _names(text: str) -> Iterable[str]:
    if text.strip().lower().startswith(("http://", "https://", "www.")):
        return
    text = _BRACKETS.sub("", _URL.sub("", " ".join(text.split())))
    text = _LABEL.sub("", _BY.sub("", text))
    for part in _SEPARATOR.split(text):
        for number, name in enumerate(re.split(r"\s*,\s*", part)):
            for one in _AND.split(name):
                cleaned = _BY.sub("", one).strip(" .,:;'\"“”")
                if _is_name(cleaned) and not (number and _ROLE.search(cleaned)):
                    yield cleaned


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _MAX_LENGTH
        and len(text.split()) <= _MAX_WORDS
        and text.casefold() not in _NOBODY
        and any(character.isalpha() for character in text)
        and _DATE.search(text) is None
    )
