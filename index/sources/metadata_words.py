"""Titles and authors that programs put into files, and people did not."""

import re

# Programs put themselves before the name of the file.
_PROGRAM = re.compile(
    r"^(?:Microsoft (?:Office )?(?:Word|PowerPoint)|Word|Print) ?- ?", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"^\S+\.\w{1,5}$|\.(?:docx?|odt|rtf|tex|dvi|pdf|indd|qxd|pages|html?)$", re.I
)
_NO_TITLE = re.compile(
    r"^(?:untitled|document|dokument|unbenannt|sans titre|title|word document|slide|"
    r"powerpoint presentation|full page photo)[ -]?\d*$",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"^(?:(?:(?:microsoft )?(?:office|windows) )?(?:user|benutzer|utilisateur)|admin(?:istrator)?|"
    r"author|owner|root|unknown|anonymous|none|python-docx|calibre.*|scanner|www-data)$",
    re.IGNORECASE,
)


def real_title(title: str | None) -> str | None:
    """Return the title that a file says it has, unless a program made it up."""
    words = _PROGRAM.sub("", " ".join((title or "").split()))
    if not words or _FILE_NAME.search(words) or _NO_TITLE.match(words):
        return None
    return words


def real_author(author: str | None) -> str | None:
    """Return the author that a file says it has, unless a program made it up.

    Several authors, whom programs separate by semicolons, are joined by commas.
    """
    names = [" ".join(name.split()) for name in (author or "").split(";")]
    people = [name for name in names if name and not _NO_AUTHOR.match(name)]
    return ", ".join(people) or None
