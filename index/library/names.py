"""What articles are called: a name that a person chose, or one made of the title."""

import re
from collections.abc import Collection
from itertools import count
from pathlib import PurePath
from urllib.parse import unquote, urlsplit

from index.article import Article
from index.library.errors import LibraryError
from index.normalise import normalise

_MAX_LENGTH = 80  # in code points
_MAX_MADE_LENGTH = 40
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A name must never pass for a path or an address.
_FORBIDDEN = re.compile(r"[/\\]|^[-~:.]")


def checked_name(name: str) -> str:
    """Return a name in the form in which it is kept.

    Raises:
        LibraryError: if it cannot be one.
    """
    kept = " ".join(normalise(name.encode(errors="replace").decode()).split())
    if not any(map(str.isalnum, kept)):
        raise LibraryError(f"The name “{kept}” has no letter in it. Choose another --name.")
    if len(kept) > _MAX_LENGTH:
        raise LibraryError(
            f"The name “{kept[:_MAX_MADE_LENGTH]}…” has {len(kept)} characters, and the limit is "
            f"{_MAX_LENGTH}. Choose a shorter --name."
        )
    if _FORBIDDEN.search(kept):
        raise LibraryError(
            f"The name “{kept}” could be a path or an option. Choose a --name without slashes "
            "that begins with a letter or a digit."
        )
    return kept


def name_key(name: str) -> str:
    """Return what two names have in common that are the same to a person."""
    return normalise(name.casefold())


def made_name(article: Article, taken: Collection[str]) -> str:
    """Return a name for an article: words of its title, else of its source.

    Args:
        article: to be named.
        taken: keys of the names that others have.
    """
    made = _slug(article.title or "") or _slug(_last_part(article.source)) or "article"
    if name_key(made) not in taken:
        return made
    numbered = (f"{made}-{number}" for number in count(2))
    return next(name for name in numbered if name_key(name) not in taken)


def _slug(text: str) -> str:
    """Return a text's first words in small letters, joined by dashes."""
    slug = ""
    for word in _WORD.findall(normalise(text.encode(errors="ignore").decode()).lower()):
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _MAX_MADE_LENGTH:
            break
        slug = longer
    return slug


def _last_part(source: str) -> str:
    path = urlsplit(source).path if "://" in source else source
    return PurePath(unquote(path)).stem
