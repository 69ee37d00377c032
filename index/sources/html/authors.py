"""Names of authors, cleaned of what else stands in a byline."""

import re
from collections.abc import Iterable, Iterator, Sequence

from index.sources.html.moments import parse_words
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
    r"(?:^|[\s_-])(?:by-?line|p-author|author|authors|author-?name|byline-?name|writer|post-author"
    r"|auteurs?|autor(?:es|in|en)?|autore|verfasser|redacteur|forfatter|contrib(?:utors?)?)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|(?<!\w)@\w+")
_BRACKETS = re.compile(r"\s*[(\[（【<][^)\]）】>]*[)\]）】>]")
_SEPARATOR = re.compile(r"\s*(?:;|\||•|·|—|–|\s-\s|／|、|，|\u3000)\s*")
_WHEN_OR_WHERE = re.compile(
    r"\s+(?:(?:at|on|um|am|à|le)\s+\d|(?-i:in\s+[A-Z])|for\s+\S|published\b|posted\b|updated\b"
    r"|publié|mis à jour|veröffentlicht|publicado|pubblicato|опубликовано|asked\b|said\b).*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|en|og|och|и|και|ve)\s+|\s*&\s*", re.IGNORECASE)
_ROLE = re.compile(
    r"\b(?:editors?|reporter|correspondent|writer|journalist|columnist|contributor|staff|desk"
    r"|bureau|chief|director|producer|analyst|fellow|professor|manager|lead|engineer|critic"
    r"|photographer|redakteur\w*|korrespondent\w*|redaktion|journaliste|rédact\w+"
    r"|correspondant\w*|corresponsal|redactor\w*|periodista|giornalista|redattore|verslaggever"
    r"|корреспондент|редактор|журналист|обозреватель)\b",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:contributors?|team|staff|editors|newsroom|desk|community|authors|developers|redaktion"
    r"|redacción|rédaction|redazione|redactie|foundation|wikipedia|press release)\b",
    re.IGNORECASE,
)
_NAME_CLASS = re.compile(r"(?:^|[\s_-])(?:fn|name|personname)(?:$|\s)", re.IGNORECASE)
_NAME_PART = re.compile(r"[^\W\d_](?:\.|[^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?)")
_PARTICLES = {"de", "van", "von", "der", "den", "di", "da", "del", "la", "le", "el", "bin", "al"}
# Words of what else stands beside dates with capital letters.
_NO_NAMES = {
    *("news", "world", "read", "share", "save", "min", "story", "blog", "home", "posted"),
    *("opinion", "weather", "podcast", "events", "press", "release", "today", "new", "york"),
    *("updated", "published", "politics", "business", "sport", "sports", "culture", "edition"),
    *("follow", "comments", "comment", "photo", "video", "guest", "post", "sign", "last", "first"),
    *("the", "of", "in", "and", "a", "issue", "no", "vol", "print", "email", "gallery", "live"),
    *("science", "health", "travel", "local", "breaking", "review", "interview", "editorial"),
}
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
            name
            for element in found
            if not outer.intersection(element.iterancestors())
            for name in _names_in(element)
        ]
        if any(said):
            return said
    return []


def names_beside_dates(lines: Sequence[str], language: str | None) -> Iterator[str]:
    """Yield what looks like a person's name right before a date, in its line or the one before."""
    for number, line in enumerate(lines):
        parts = _SEPARATOR.split(line)
        if all(parse_words(part, language) is None for part in parts):
            continue
        before = lines[number - 1] if number else ""
        yield from filter(_is_person, (*parts, before))


def _names_in(element: Element) -> list[str]:
    """Return the names that are marked as such in a byline, or else the byline."""
    marked = [
        one
        for one in element.iterdescendants("*")
        if _NAME_CLASS.search(one.get("class") or "")
        or "name" in (one.get("itemprop") or "").split()
        or "author" in (one.get("rel") or "").split()
    ]
    inner = set(marked)
    outermost = [one for one in marked if not inner.intersection(one.iterancestors())]
    texts = (" ".join(" ".join(one.itertext()).split()) for one in outermost or [element])
    return [text for text in texts if text]


def _is_person(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
        and all(word.isalpha() or _NAME_PART.fullmatch(word) for word in words)
        and not any(word.lower() in _NO_NAMES for word in words)
    )


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
                    yield name.title() if name.isupper() and len(name) > 4 else name


def _is_name(text: str) -> bool:
    return (
        1 < len(text) <= _MAX_LENGTH
        and len(text.split()) <= _MAX_WORDS
        and any(character.isalpha() for character in text)
        and _GROUP.search(text) is None
    )
