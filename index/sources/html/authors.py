"""Names of authors, cleaned of what else stands in a byline."""

import re
from collections.abc import Iterable, Iterator

from index.sources.html.parsing import Element

_BY_WORDS = (
    r"by|von|par|por|de|di|door|av|af|przez|автор|text|texte|texto|testo|tekst|autor|autora|autorin"
    r"|auteur|autore|author|authors|words|της|του|των"
)
_BY = re.compile(
    r"^(?:(?:words|text|story|photos?|posted|written|reported|published|reporting|recipe|article"
    rf"|and|filed)\s+)*(?:{_BY_WORDS})\s*[:：]?\s+(?=\S)",
    re.IGNORECASE,
)
# Words that begin a byline wherever they stand at the beginning of a part of a line.
_BYLINE = re.compile(
    r"^(?:(?:words|text|story|posted|written|reported|published|reporting|recipe|article|and|filed)"
    r"\s+)*(?:by|von|par|por|door|przez|της|του)\s+(?=[^\W\d_])"
    r"|^(?:text|texte|texto|testo|autor|autora|autorin|auteur|autore|author|authors|автор|作者|文|"
    r"撰文|記者|记者|著者|執筆|लेखक|الكاتب|بقلم|כתב|מאת|글|기자|ผู้เขียน|yazar|autori|forfatter|"
    r"författare|kirjoittaja|tekst)\s*[:：/／]\s*"
    r"|^(?:記者|记者|文|作者)[\s　]+|^بقلم\s+|^מאת\s+",
    re.IGNORECASE,
)
_SENDER = re.compile(r"([^@|:<]{3,60}?)\s+(?:<?[\w.+-]+@[\w.-]+\.\w+>?|[\w.+-]+ at [\w.-]+\.\w+)")
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:by-?line|p-author|author|authors|author-?name|byline-?name|writer|post-author)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（【<][^)\]）】>]*[)\]）】>]")
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|—|–|\s-\s|／|、|，|\u3000)\s*")
_WHEN_OR_WHERE = re.compile(r"\s+(?:(?:at|on|um|am|à|le)\s+\d|in\s+[A-Z]).*")
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|en|og|och|и|και|ve)\s+|\s*&\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editors?|reporter|correspondent|writer|journalist|columnist|contributor|staff|desk"
    r"|bureau|chief|director|producer|analyst|fellow|professor|manager|lead|engineer|critic"
    r"|photographer|redakteur\w*|korrespondent\w*|redaktion|journaliste|rédact\w+"
    r"|correspondant\w*|corresponsal|redactor\w*|periodista|giornalista|redattore|verslaggever"
    r"|корреспондент|редактор|журналист|обозреватель)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,4}[./-]\d|\b(?:1[5-9]|20)\d\d\b|\d{1,2}:\d\d")
_NOBODY = {
    *("admin", "administrator", "author", "anonymous", "guest", "editor", "staff", "root", "by"),
}
_MAX_LENGTH = 60
_MAX_WORDS = 5
_MAX_AUTHORS = 12


def clean_authors(said: Iterable[str], nobody: Iterable[str | None] = ()) -> str | None:
    """Return the names in what is said of authors, joined by ", "; None if there are none.

    "By Jane Doe, Science Editor" gives "Jane Doe"; job titles, addresses and dates go.

    Args:
        said: bylines or names.
        nobody: names that are not those of people, such as the publication's.
    """
    unwanted = {name.casefold() for name in nobody if name} | _NOBODY
    names: dict[str, str] = {}
    for text in said:
        for name in _names(text):
            if name.casefold() not in unwanted:
                names.setdefault(name.casefold(), name)
    return ", ".join(list(names.values())[:_MAX_AUTHORS]) or None


def bylines(lines: Iterable[str]) -> Iterator[str]:
    """Yield who is named by lines that begin as bylines do: "By Jane Doe", "Text: Jane Doe".

    A name with an address behind it, as in archives of mailing lists, is one too.
    """
    for line in lines:
        sender = _SENDER.fullmatch(line)
        if sender is not None:
            yield sender[1]
        for part in _SEPARATOR.split(line):
            match = _BYLINE.match(part)
            if match is not None:
                yield part[match.end() :]


def shown_authors(elements: Iterable[Element]) -> list[str]:
    """Return the texts of the elements that say who wrote an article; the surest kind only.

    Args:
        elements: of the article's head, or of all the article, in document order.
    """
    elements = list(elements)
    for test in (_is_marked, _is_named):
        found = [element for element in elements if test(element)]
        outer = set(found)
        said = [
            " ".join(element.text_content().split())
            for element in found
            if not outer.intersection(element.iterancestors())
        ]
        if any(said):
            return said
    return []


def _is_marked(element: Element) -> bool:
    """Return whether microdata, a link's relation or a microformat says that this is an author."""
    return (
        "author" in (element.get("itemprop") or "").split()
        or "author" in (element.get("rel") or "").split()
        or "p-author" in (element.get("class") or "").split()
    )


def _is_named(element: Element) -> bool:
    return _NAMED.search(element.get("class") or "") is not None


def _names(text: str) -> Iterator[str]:
    if text.strip().lower().startswith(("http://", "https://", "www.")):
        return
    text = _BRACKETS.sub("", _URL.sub("", text))
    for part in _SEPARATOR.split(" ".join(text.split())):
        part = _WHEN_OR_WHERE.sub("", _BY.sub("", _BYLINE.sub("", part)))
        for number, piece in enumerate(re.split(r"\s*,\s*", part)):
            for one in _AND.split(piece):
                if _DATE.search(one) or (number and _ROLE.search(one)):
                    continue
                name = _BY.sub("", one).strip(" .,:;'\"“”*†‡0123456789")
                if _is_name(name):
                    yield name


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _MAX_LENGTH
        and len(text.split()) <= _MAX_WORDS
        and any(character.isalpha() for character in text)
    )
